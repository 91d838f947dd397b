"""What was made of some inputs is there again for equal ones, in a process that builds again.

The values are the same objects then, so that whatever is known of them by identity holds too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
S = TypeVar("S")


class Latest(Generic[T]):
    """One value, while its inputs stay as they are."""

    def __init__(self) -> None:
        self._known: tuple[object, T] | None = None

    def of(self, inputs: object, make: Callable[[], T]) -> T:
        """The value if the inputs are equal to what they were, else a new one."""
        if self._known is None or self._known[0] != inputs:
            self.keep(inputs, make())
        assert self._known
        return self._known[1]

    def keep(self, inputs: object, value: T) -> None:
        """Have this value from now on."""
        self._known = inputs, value


class Kept(Generic[T]):
    """The values of the last build and of this one, by name; older ones are let go of."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[object, T]] = {}
        self._now: dict[str, tuple[object, T]] = {}
        self._shared: object = None

    def turn(self) -> None:
        """Begin another build."""
        self._last, self._now = self._now, {}

    def shared(self, inputs: S) -> S:
        """The inputs that all values of this build have; the last build's object if that is equal.

        To compare it with itself, for every value, then costs nothing.
        """
        if inputs != self._shared:
            self._shared = inputs
        same: S = self._shared
        return same

    def of(self, name: str, inputs: object, make: Callable[[], T]) -> T:
        """The value of that name if its inputs are equal to what they were, else a new one.

        The inputs have to hold everything that `make` looks at.
        """
        known = self._last.get(name)
        if known is None or known[0] != inputs:
            known = inputs, make()
        self._now[name] = known
        return known[1]
