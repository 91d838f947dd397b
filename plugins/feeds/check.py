"""Checks of a feed before it goes live: that a parser can read it, and its size."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from xml.etree import ElementTree
from xml.parsers import expat

from ..source.problem import Place, Problem, Severity, quoted
from .model import Feed, FeedEntry

MOST_BYTES = 512 * 1024
"""The size in bytes above which readers refuse feeds, or fetch them less often."""


CONTENT = frozenset(
    ["{http://www.w3.org/2005/Atom}content", "{http://purl.org/rss/1.0/modules/content/}encoded"]
)
"""The elements that hold the text of an entry, in Atom and in RSS."""


def check_xml(feed: Feed, entries: Sequence[FeedEntry], data: bytes) -> list[Problem]:
    """Return the problems of the bytes of an Atom or RSS feed."""
    try:
        expat.ParserCreate().Parse(data, True)
    except expat.ExpatError as error:
        return [_unreadable(feed, str(error))]
    return _too_large(feed, entries, data, _texts_of_xml)


def check_json(feed: Feed, entries: Sequence[FeedEntry], data: bytes) -> list[Problem]:
    """Return the problems of the bytes of a JSON feed."""
    try:
        json.loads(data)
    except ValueError as error:
        return [_unreadable(feed, str(error))]
    return _too_large(feed, entries, data, _texts_of_json)


def _unreadable(feed: Feed, reason: str) -> Problem:
    return Problem(Place(f"the feed {feed.address}"), reason, "a feed that can be read back")


def _too_large(
    feed: Feed, entries: Sequence[FeedEntry], data: bytes, texts_of: Callable[[bytes], list[str]]
) -> list[Problem]:
    """Return a warning if readers may refuse the feed, placed at its largest entry.

    Feeds that share that entry give the same warning, which is then reported once.
    """
    if len(data) <= MOST_BYTES:
        return []
    sizes = [len(text.encode()) for text in texts_of(data)]
    size, largest = max(zip(sizes, entries, strict=True), key=lambda pair: pair[0])
    return [
        Problem(
            Place(largest.source),
            found=f"{size // 1024} kB of text, the most in a feed that is too large"
            f" (on {feed.address})",
            expected=f"feeds of at most {MOST_BYTES // 1024} kB: some readers refuse larger ones",
            hint=f"make {quoted(largest.title)} shorter, or two posts of it",
            severity=Severity.WARNING,
        )
    ]


def _texts_of_xml(data: bytes) -> list[str]:
    """Return the text of each entry, in order."""
    elements = ElementTree.fromstring(data).iter()
    return [element.text or "" for element in elements if element.tag in CONTENT]


def _texts_of_json(data: bytes) -> list[str]:
    return [item["content_html"] for item in json.loads(data)["items"]]
