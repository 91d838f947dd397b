"""Rules in the types of front matter and settings; `checked.py` passes them to pydantic.

A rule is part of an annotation: `Slug = Annotated[str, Before(_slug)]`. Nothing here imports
pydantic, so that a build whose documents and settings are all cached does without it.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct


class Before(Struct, frozen=True):
    """A function that reads what an author wrote, before its type is checked."""

    read: Callable[..., object]
    schema: tuple[tuple[str, str], ...] = ()
    """The JSON Schema of what authors write, where the type does not determine it."""


TEXT = (("type", "string"),)
"""The JSON Schema of a value that is written as a text."""


class After(Struct, frozen=True):
    """A function that checks a value which already has its type."""

    check: Callable[..., object]


class WrongValueError(ValueError):
    """A fault of one value: what was found, what was expected, and a hint."""

    def __init__(self, expected: str, *, found: str = "", hint: str = "") -> None:
        super().__init__(expected)
        self.expected, self.found, self.hint = expected, found, hint


def fault(expected: str, *, found: str = "", hint: str = "") -> WrongValueError:
    """Return an error with the words of its message: expected, found, and a hint."""
    return WrongValueError(expected, found=found, hint=hint)
