"""A release in a changelog, independent of the changelog's format."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from ..model import Type


class ForeignEntry(Struct, frozen=True):
    """A change: its type, and its text as Markdown lines without the item's indentation."""

    type: Type
    lines: tuple[str, ...]


class ForeignRelease(Struct, frozen=True):
    """A release with its changes."""

    version: str
    date: date | None
    line: int
    """The line of its heading in the file; 0 for a format without lines."""
    entries: tuple[ForeignEntry, ...] = ()
    prose: tuple[str, ...] = ()
    """Its other text, as lines."""
    withdrawn: bool = False


class Changelog(Struct, frozen=True):
    """The releases of one file."""

    format: str
    """The format's name, for the report."""
    releases: tuple[ForeignRelease, ...]
    """In the file's order."""
    passed: tuple[str, ...] = ()
    """Sentences about what was skipped, and why."""
