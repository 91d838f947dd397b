"""The file of a part: JSON, an array an entry, a line each."""

from __future__ import annotations

from msgspec.json import encode

from .model import Entry


def render_part(entries: tuple[Entry, ...]) -> bytes:
    """The entries in their order."""
    return b"[\n" + b",\n".join(map(encode, entries)) + b"\n]\n"
