"""The formats and addresses of feeds, and the feeds that every page announces."""

from __future__ import annotations

from typing import NamedTuple

from ..site.site import page_url
from ..site.view import FeedView
from ..source.settings import SiteSettings

SUBSCRIBE = "subscribe/index.html"
"""The page that lists all feeds and calendars."""


class Format(NamedTuple):
    """A format of feeds: its name, its media type, and the ending of its files."""

    name: str
    type: str
    ending: str


ATOM = Format("Atom", "application/atom+xml", ".atom.xml")
RSS = Format("RSS", "application/rss+xml", ".rss.xml")
JSON_FEED = Format("JSON Feed", "application/feed+json", ".json")
FORMATS = (ATOM, RSS, JSON_FEED)


def feed_stem(sort: str, slug: str = "") -> str:
    """Return the path of a feed's documents below the output, without an ending.

    The sort comes first, so that a tag and an author never share a path. A slug holds no slash, so
    that the archives in the folder of that path belong to this feed alone.
    """
    return f"feeds/{sort}/{slug}" if slug else f"feeds/{sort}"


def site_feeds(settings: SiteSettings) -> tuple[FeedView, ...]:
    """Return the site's own feed in each format."""
    name, stem = settings.name, feed_stem("all")
    return tuple(
        FeedView(
            name if format is ATOM else f"{name} ({format.name})",
            format.type,
            page_url(settings, stem + format.ending),
        )
        for format in FORMATS
    )


def atom_view(settings: SiteSettings, stem: str, title: str) -> FeedView:
    """Return the Atom feed of a subject, as pages announce it."""
    url = page_url(settings, stem + ATOM.ending)
    return FeedView(f"{settings.name}: {title}", ATOM.type, url)
