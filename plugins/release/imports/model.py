"""A release as a changelog tells it, whatever the changelog's format."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from ..model import Type


class ForeignEntry(Struct, frozen=True):
    """A change: its type, and its text as Markdown lines without indentation of their own."""

    type: Type
    lines: tuple[str, ...]


class ForeignRelease(Struct, frozen=True):
    """A release with its changes."""

    version: str
    date: date | None
    line: int
    """Of its heading in the file; 0 for a format without lines."""
    entries: tuple[ForeignEntry, ...] = ()
    prose: tuple[str, ...] = ()
    """Its other text, as lines."""
    withdrawn: bool = False


class Changelog(Struct, frozen=True):
    """What was read of a file."""

    format: str
    """The format's name, for the report."""
    releases: tuple[ForeignRelease, ...]
    """In the file's order."""
    passed: tuple[str, ...] = ()
    """What was passed over, and why, a sentence each."""
