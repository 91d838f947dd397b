"""The division of a feed's entries into the document to subscribe to and archives (RFC 5005).

A feed is cut into parts, of one year each and of at most ten entries, counted from the year's
first. The newest parts, as many as make twenty entries, are the document to subscribe to: 20 to 29
entries, or all there are. Each part before them is an archive. A new post only ever joins the
newest part, so an archive never changes: readers may fetch it once and never again, as the standard
allows. No entry is in two documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from msgspec import Struct

from .model import FeedEntry

FEWEST_ENTRIES = 20
"""The fewest entries of a document to subscribe to, if there are as many."""

MOST_OF_A_PART = 10


class Part(Struct, frozen=True):
    """Some entries of one year that stay together."""

    name: str
    """`2011`, and `2011-2` for the second of a year."""
    entries: tuple[FeedEntry, ...]
    """Newest first."""


def divide(entries: Sequence[FeedEntry]) -> tuple[tuple[FeedEntry, ...], tuple[Part, ...]]:
    """Return the entries to subscribe to, newest first, and the archives, oldest first."""
    parts = _parts(entries)
    current: tuple[FeedEntry, ...] = ()
    while parts and len(current) < FEWEST_ENTRIES:
        current += parts.pop().entries
    return current, tuple(parts)


def _parts(entries: Sequence[FeedEntry]) -> list[Part]:
    """Return the entries, which come newest first, in parts, oldest first."""
    parts = []
    for year, group in groupby(reversed(entries), key=lambda entry: entry.published.year):
        of_year = tuple(group)
        for number, start in enumerate(range(0, len(of_year), MOST_OF_A_PART), 1):
            name = str(year) if number == 1 else f"{year}-{number}"
            parts.append(Part(name, of_year[start : start + MOST_OF_A_PART][::-1]))
    return parts
