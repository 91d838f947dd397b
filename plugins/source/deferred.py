"""Objects of which a part is made when somebody first looks at it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any


class Deferred:
    """A base of dataclasses with slots, of which some may be empty until one of them is read.

    A Struct would not do: it compares its fields without asking for those that are missing.
    """

    __slots__ = ("_fill",)

    if not TYPE_CHECKING:  # to a type checker, every slot is full

        def __getattr__(self, name: str) -> Any:  # called for empty slots alone
            """The value of the slot, once it is filled."""
            if name == "_fill":
                raise AttributeError(name)
            self._fill()
            return object.__getattribute__(self, name)


def defer(slots: Sequence[tuple[Deferred, str]], values: Callable[[], Iterable[object]]) -> None:
    """Empty these slots; the first of them that is read has all filled with the values."""

    def fill() -> None:
        for (owner, name), value in zip(slots, values(), strict=True):
            object.__setattr__(owner, name, value)
            object.__setattr__(owner, "_fill", _full)

    for owner, name in slots:
        object.__delattr__(owner, name)
        object.__setattr__(owner, "_fill", fill)


def _full() -> None:
    """There is nothing to fill."""
