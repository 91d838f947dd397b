"""Rules that the types of front matter and settings carry; `checked.py` has pydantic apply them.

They stand in annotations: `Slug = Annotated[str, Before(_slug)]`. Nothing here imports pydantic, so
that a build which takes over every document and every setting does without it.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct


class Before(Struct, frozen=True):
    """Reads what an author wrote before its type is checked."""

    read: Callable[..., object]
    schema: tuple[tuple[str, str], ...] = ()
    """The JSON Schema of what is written, where the type does not tell."""


TEXT = (("type", "string"),)
"""The schema of what is written as a text."""


class After(Struct, frozen=True):
    """Checks a value that has its type already."""

    check: Callable[..., object]


class WrongValueError(ValueError):
    """A fault of one value: what was found, what was expected, and a hint."""

    def __init__(self, expected: str, *, found: str = "", hint: str = "") -> None:
        super().__init__(expected)
        self.expected, self.found, self.hint = expected, found, hint


def fault(expected: str, *, found: str = "", hint: str = "") -> WrongValueError:
    """Return an error that carries its own words: what was expected, and a hint."""
    return WrongValueError(expected, found=found, hint=hint)
