"""Which feeds a page announces: the site's first, in each format, then its own as Atom."""

from __future__ import annotations

from collections.abc import Iterable

from ..core.site import Site
from ..core.view import FeedView
from .model import ATOM, FORMATS, Feeds, Subject

SUBSCRIBE = "subscribe/index.html"
"""The page that lists all feeds and calendars."""


def site_feeds(site: Site) -> tuple[FeedView, ...]:
    """The site's own feed in each format, for every page."""
    name = site.settings.name
    whole = Subject("all", "", "", name, "index.html", ())
    return tuple(
        FeedView(
            name if format is ATOM else f"{name} ({format.name})",
            format.type,
            site.url(whole.stem + format.ending),
        )
        for format in FORMATS
    )


def event_feeds(slug: str) -> tuple[tuple[str, str], ...]:
    """The sorts and slugs of the feeds about an event."""
    return (("event", slug), ("changes", slug))


def own_feeds(site: Site, keys: Iterable[tuple[str, str]]) -> tuple[FeedView, ...]:
    """The feeds by sort and slug, of those that the site has."""
    part = site.parts.get("feeds")
    subjects = part.subjects if isinstance(part, Feeds) else {}
    found = (subjects[key] for key in keys if key in subjects)
    return tuple(_view(site, subject) for subject in found)


def _view(site: Site, subject: Subject) -> FeedView:
    title = f"{site.settings.name}: {subject.title}"
    return FeedView(title, ATOM.type, site.url(subject.stem + ATOM.ending))
