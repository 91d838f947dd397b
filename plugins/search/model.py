"""What is found by searching, and the files that hold it."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct


class Entry(Struct, frozen=True, array_like=True):
    """Something to be found, as the page's script gets it: an array of these fields, in order."""

    url: str
    """From the site's base path on."""
    title: str
    kind: str
    """What it is, in words: `Guide`, `Talk (cancelled)`, `Essay (draft)`."""
    when: str = ""
    """A day, the first and last day, or a day and time on the event's clock: `2026-10-24`,
    `2026-10-24/2026-10-25`, `2026-10-24T11:00`. Texts of it sort as the times do."""
    language: str = ""
    """Its tag, where that is not the site's own."""
    part_of: str = ""
    """The title of the event that it is part of."""
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    text: str = ""
    """What it is about, in a sentence or two."""
    headings: tuple[tuple[str, ...], ...] = ()
    """The text of each of its headings, and its id where that is not the text in small letters
    joined by hyphens: the ids would be a fifth of all."""


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The newest first, those of one time by address."""
    by_address = sorted(entries, key=lambda entry: entry.url)
    return tuple(sorted(by_address, key=lambda entry: entry.when, reverse=True))


class Part(Struct, frozen=True):
    """One of the files: of some posts, of all pages, of an event."""

    path: str
    """Below the output."""
    entries: tuple[Entry, ...]


class Search(Struct, frozen=True):
    """All that is found."""

    parts: tuple[Part, ...]
