"""The feeds that pages announce, as the feature that makes feeds tells them to all others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from .site import Site
from .view import FeedView


class KnownFeeds(Struct, frozen=True):
    """The part of a site that a feature which makes feeds extends."""

    views: Mapping[tuple[str, str], FeedView] = field(default_factory=dict)
    """By sort and slug: how pages announce the feed of a tag, an event and so on."""


def feed_views(site: Site) -> Mapping[tuple[str, str], FeedView]:
    """Return how pages announce each feed of the site but those that every page announces."""
    feeds = site.offered(KnownFeeds)
    return feeds.views if feeds else {}


def own_feeds(site: Site, keys: Iterable[tuple[str, str]]) -> tuple[FeedView, ...]:
    """Return the feeds by sort and slug, of those that the site has."""
    known = feed_views(site)
    return tuple(known[key] for key in keys if key in known)
