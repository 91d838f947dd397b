"""A feed is read back before it goes live: by a parser, and for its size."""

from __future__ import annotations

import json
from xml.parsers import expat

from ..source.problem import Place, Problem, Severity, quoted
from .model import Feed, FeedEntry

MOST_BYTES = 512 * 1024
"""Readers give up on much larger feeds, or fetch them less often."""


def check_xml(feed: Feed, data: bytes) -> list[Problem]:
    """What is wrong with the bytes of an Atom or RSS feed."""
    try:
        expat.ParserCreate().Parse(data, True)
    except expat.ExpatError as error:
        return [_unreadable(feed, str(error))]
    return _too_large(feed, data)


def check_json(feed: Feed, data: bytes) -> list[Problem]:
    """What is wrong with the bytes of a JSON feed."""
    try:
        json.loads(data)
    except ValueError as error:
        return [_unreadable(feed, str(error))]
    return _too_large(feed, data)


def _unreadable(feed: Feed, reason: str) -> Problem:
    return Problem(Place(f"the feed {feed.address}"), reason, "a feed that can be read back")


def _too_large(feed: Feed, data: bytes) -> list[Problem]:
    """A warning for a feed that readers may refuse; told once for all feeds that share its text."""
    if len(data) <= MOST_BYTES:
        return []
    largest = max(feed.entries, key=_size)
    return [
        Problem(
            Place(largest.source),
            found=f"{_size(largest) // 1024} kB of text, the most in a feed that is too large"
            f" (on {feed.address})",
            expected=f"feeds of at most {MOST_BYTES // 1024} kB: some readers refuse larger ones",
            hint=f"make {quoted(largest.title)} shorter, or two posts of it",
            severity=Severity.WARNING,
        )
    ]


def _size(entry: FeedEntry) -> int:
    return len(entry.content.html.encode())
