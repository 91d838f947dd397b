"""The events that pages link to, as the feature that has events tells them to all others."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from .site import Site
from .view import BadgeView, EventLinkView


class KnownEvents(Struct, frozen=True):
    """The part of a site that a feature which has events extends."""

    links: Mapping[str, EventLinkView] = field(default_factory=dict)
    """A link to each, by its slug."""
    badges: tuple[BadgeView, ...] = ()
    """The events around the build's moment, the earliest first; the reader's clock chooses one."""


def event_link(site: Site, slug: str | None) -> EventLinkView | None:
    """Return a link to the event of that slug, if this build shows it."""
    events = site.offered(KnownEvents)
    return events.links.get(slug or "") if events else None


def event_badges(site: Site) -> tuple[BadgeView, ...]:
    """Return the events that the front page begins with."""
    events = site.offered(KnownEvents)
    return events.badges if events else ()
