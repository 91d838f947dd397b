"""Feeds and their entries, whatever the format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..core.site import Site
from ..core.view import FeedView

ATOM = "application/atom+xml"
RSS = "application/rss+xml"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One post as subscribers get it."""

    id: str
    """Never changes, whatever happens to title, date or address (RFC 4287, section 4.2.6)."""
    url: str
    title: str
    summary: str
    """Plain text."""
    html: str
    """The whole text; every address in it is absolute."""
    published: datetime
    updated: datetime
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class FeedAddress:
    """Where a feed stands and what it is."""

    title: str
    """What it holds; empty for the whole site."""
    type: str
    path: str
    """Below the output."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed with its entries, newest first."""

    address: FeedAddress
    title: str
    subtitle: str
    url: str
    """Its own, absolute."""
    home: str
    """Of the page that it belongs to, absolute."""
    language: str
    entries: tuple[FeedEntry, ...]
    rights: str = ""

    @property
    def updated(self) -> datetime | None:
        """The newest entry's moment, never the clock's."""
        return max((entry.updated for entry in self.entries), default=None)


SITE_FEEDS = (
    FeedAddress("", ATOM, "feeds/all.atom.xml"),
    FeedAddress("", RSS, "feeds/all.rss.xml"),
)


def feed_view(site: Site, feed: FeedAddress) -> FeedView:
    """How a page announces a feed."""
    form = "Atom" if feed.type == ATOM else "RSS"
    subject = f"{site.settings.name}: {feed.title}" if feed.title else site.settings.name
    return FeedView(f"{subject} ({form})", feed.type, site.url(feed.path))
