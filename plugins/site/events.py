"""What pages tell of events: a link to the one that a post is about, and which are near.

Posts tell of events, and events come after posts; so what both have to know of each other stands
here.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from .site import Site
from .view import BadgeView, EventLinkView


class KnownEvents(Struct, frozen=True):
    """What the events' part of a site tells to pages of other rooms."""

    links: Mapping[str, EventLinkView] = field(default_factory=dict)
    """A link to each, by its slug."""
    badges: tuple[BadgeView, ...] = ()
    """The events around the build's moment, the earliest first; the reader's clock chooses one."""


def event_link(site: Site, slug: str | None) -> EventLinkView | None:
    """A link to the event of that slug, if this build shows it."""
    part = site.parts.get("schedule")
    return part.links.get(slug or "") if isinstance(part, KnownEvents) else None


def event_badges(site: Site) -> tuple[BadgeView, ...]:
    """The events that the front page begins with."""
    part = site.parts.get("schedule")
    return part.badges if isinstance(part, KnownEvents) else ()
