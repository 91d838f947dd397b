"""Feeds that pages announce: one feature makes them and offers them to all others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from .site import Site
from .view import FeedView


class KnownFeeds(Struct, frozen=True):
    """The feeds of a site, as offered by the feature that makes feeds.

    That feature's part of the site extends this class; `Site.offered` finds it.
    """

    views: Mapping[tuple[str, str], FeedView] = field(default_factory=dict)
    """Views by sort and slug: the feed of a tag, of an event and so on."""


def feed_views(site: Site) -> Mapping[tuple[str, str], FeedView]:
    """Return the view of each feed, except the feeds that every page announces."""
    feeds = site.offered(KnownFeeds)
    return feeds.views if feeds else {}


def own_feeds(site: Site, keys: Iterable[tuple[str, str]]) -> tuple[FeedView, ...]:
    """Return the views of the feeds with these sorts and slugs; skip feeds that the site lacks."""
    known = feed_views(site)
    return tuple(known[key] for key in keys if key in known)
