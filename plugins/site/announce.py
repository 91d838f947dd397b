"""Which feeds a page announces: the site's first, in each format, then its own as Atom.

Pages of every room announce feeds; those who make the feeds come after all of them, so what both
have to know of each other stands here.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec import Struct, field

from ..source.slug import url_path
from .site import Site
from .view import FeedView

SUBSCRIBE = "subscribe/index.html"
"""The page that lists all feeds and calendars."""

SEARCH = "search/index.html"
"""The page to search at."""


class Format(NamedTuple):
    """A format of feeds: what people call it, its media type, how its files end."""

    name: str
    type: str
    ending: str


ATOM = Format("Atom", "application/atom+xml", ".atom.xml")
RSS = Format("RSS", "application/rss+xml", ".rss.xml")
JSON_FEED = Format("JSON Feed", "application/feed+json", ".json")
FORMATS = (ATOM, RSS, JSON_FEED)


class KnownFeeds(Struct, frozen=True):
    """What the feeds' part of a site tells to pages of other rooms."""

    titles: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """What each feed is about, in words, by sort and slug; empty for the whole site's."""


def feed_stem(sort: str, slug: str = "") -> str:
    """The path of a feed's documents below the output, without an ending.

    A slug follows the name of its sort, so that a tag and an author never meet, and holds no
    slash, so that the archives in the folder of that path are nobody else's.
    """
    return f"feeds/{sort}/{slug}" if slug else f"feeds/{sort}"


def site_feeds(site: Site) -> tuple[FeedView, ...]:
    """The site's own feed in each format, for every page."""
    name, stem = site.settings.name, feed_stem("all")
    return tuple(
        FeedView(
            name if format is ATOM else f"{name} ({format.name})",
            format.type,
            site.url(stem + format.ending),
        )
        for format in FORMATS
    )


def search_url(site: Site) -> str:
    """The address of the page to search at; empty when the site's settings leave it out."""
    return site.url(SEARCH) if "search" in site.parts else ""


def feed_titles(site: Site) -> Mapping[tuple[str, str], str]:
    """What each feed of the site is about, by sort and slug: all that pages show of feeds."""
    part = site.parts.get("feeds")
    return part.titles if isinstance(part, KnownFeeds) else {}


def own_feeds(site: Site, keys: Iterable[tuple[str, str]]) -> tuple[FeedView, ...]:
    """The feeds by sort and slug, of those that the site has."""
    known = feed_titles(site)
    titles = ((key, known.get(key)) for key in keys)
    name, base = site.settings.name, site.settings.base
    return tuple(_view(name, base, feed_stem(*key), title) for key, title in titles if title)


@functools.lru_cache(maxsize=10_000)
def _view(name: str, base: str, stem: str, title: str) -> FeedView:
    """The view of a feed, which many pages announce."""
    return FeedView(f"{name}: {title}", ATOM.type, base + url_path(stem + ATOM.ending))
