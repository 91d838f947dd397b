"""Writes the file of a part: JSON with one entry, an array, on each line."""

from __future__ import annotations

from msgspec.json import encode

from .model import Entry


def render_part(entries: tuple[Entry, ...]) -> bytes:
    """Return the entries as JSON, in their order."""
    return b"[\n" + b",\n".join(map(encode, entries)) + b"\n]\n"
