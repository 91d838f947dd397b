"""Events that pages link to: one feature has them and offers them to all others."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from .site import Site
from .view import BadgeView, EventLinkView


class KnownEvents(Struct, frozen=True):
    """The events of a site, as offered by the feature that has events.

    That feature's part of the site extends this class; `Site.offered` finds it.
    """

    links: Mapping[str, EventLinkView] = field(default_factory=dict)
    """A link to each event, by the event's slug."""
    badges: tuple[BadgeView, ...] = ()
    """The events around the build's moment, the earliest first. In the browser, the reader's clock
    chooses which one to show.
    """


def event_link(site: Site, slug: str | None) -> EventLinkView | None:
    """Return a link to the event with that slug, or None if this build does not show it."""
    events = site.offered(KnownEvents)
    return events.links.get(slug or "") if events else None


def event_badges(site: Site) -> tuple[BadgeView, ...]:
    """Return the events that the front page begins with."""
    events = site.offered(KnownEvents)
    return events.badges if events else ()
