"""What was made of some inputs is there again for equal ones, in a process that builds again.

The values are the same objects then, so that whatever is known of them by identity holds too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Shared:
    """Inputs of many values, of which one object stands for all that are equal."""

    __slots__ = ("fingerprint", "inputs")

    def __init__(self, inputs: object) -> None:
        self.inputs = inputs
        self.fingerprint = ""
        """Of the inputs, once somebody has asked for it; see `Digests` of codec.py."""


class Made(Shared, Generic[T]):
    """A value that is made when somebody first asks for it, and all that it is made from.

    Where the inputs are what they were, nobody has to ask.
    """

    __slots__ = ("_made",)

    def __init__(self, inputs: object, make: Callable[[], T]) -> None:
        """The inputs have to be data, and to hold everything that `make` looks at."""
        super().__init__(inputs)
        self._made: tuple[T] | Callable[[], T] = make

    @property
    def value(self) -> T:
        """The value."""
        if not isinstance(self._made, tuple):
            self._made = (self._made(),)
        return self._made[0]


class Latest(Generic[T]):
    """One value, while its inputs stay as they are."""

    def __init__(self) -> None:
        self._known: tuple[object, T] | None = None

    def of(self, inputs: object, make: Callable[[], T]) -> T:
        """The value if the inputs are equal to what they were, else a new one."""
        if self._known is None or self._known[0] != inputs:
            self._known = inputs, make()
        return self._known[1]

    @property
    def value(self) -> T | None:
        """The value, if there has been one yet."""
        return self._known[1] if self._known else None

    def keep(self, inputs: object, value: T) -> None:
        """Have this value from now on."""
        self._known = inputs, value


class Kept(Generic[T]):
    """The values of the last build and of this one, by name; older ones are let go of."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[object, T]] = {}
        self._now: dict[str, tuple[object, T]] = {}
        self._shared: Latest[Shared] = Latest()

    def turn(self) -> None:
        """Begin another build."""
        self._last, self._now = self._now, {}

    def shared(self, inputs: object) -> Shared:
        """The inputs that all values of this build have: the last build's object if it is equal.

        To compare it with itself, for every value, then costs nothing.
        """
        return self._shared.of(inputs, lambda: Shared(inputs))

    def of(self, name: str, inputs: object, make: Callable[[], T]) -> T:
        """The value of that name if its inputs are equal to what they were, else a new one.

        The inputs have to hold everything that `make` looks at.
        """
        known = self._last.get(name)
        if known is None or known[0] != inputs:
            known = inputs, make()
        self._now[name] = known
        return known[1]
