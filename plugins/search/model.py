"""Search entries, and the files that hold them."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct


class Entry(Struct, frozen=True, array_like=True):
    """Something to be found. The page's script gets an array of these fields, in this order."""

    url: str
    """The address, beginning with the site's base path."""
    title: str
    kind: str
    """Its kind in words: `Guide`, `Talk (cancelled)`, `Essay (draft)`."""
    when: str = ""
    """A day, the first and last day, or a day and time in the event's zone.

    Written as `2026-10-24`, `2026-10-24/2026-10-25` or `2026-10-24T11:00`; these texts sort as the
    times do.
    """
    language: str = ""
    """Its language's tag, if that is not the site's own."""
    part_of: str = ""
    """The title of the event that it is part of."""
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    text: str = ""
    """Its subject in a sentence or two."""
    headings: tuple[tuple[str, ...], ...] = ()
    """The text of each of its headings, and the id if that is not `usual_id` of the text.

    All ids would be a fifth of the data.
    """


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries, newest first; those of the same time by address."""
    by_address = sorted(entries, key=lambda entry: entry.url)
    return tuple(sorted(by_address, key=lambda entry: entry.when, reverse=True))


class Part(Struct, frozen=True):
    """One of the files: some posts, all pages, or an event."""

    path: str
    """Its path below the output."""
    entries: tuple[Entry, ...]


class Search(Struct, frozen=True):
    """Everything that can be found."""

    parts: tuple[Part, ...]
