"""What pages tell of events: a link to the one that a post is about, and which is on or comes next.

Posts tell of events, and events come after posts; so what both have to know of each other stands
here.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from .site import Site
from .view import LinkView, WhatsOnView


class KnownEvents(Struct, frozen=True):
    """What the events' part of a site tells to pages of other rooms."""

    links: Mapping[str, LinkView] = field(default_factory=dict)
    """A link to each, by its slug."""
    whats_on: WhatsOnView | None = None
    """The event that is on at the build's moment, or comes next; None when all are over."""


def event_link(site: Site, slug: str | None) -> LinkView | None:
    """A link to the event of that slug, if this build shows it."""
    part = site.parts.get("schedule")
    return part.links.get(slug or "") if isinstance(part, KnownEvents) else None


def whats_on(site: Site) -> WhatsOnView | None:
    """The event that the front page begins with."""
    part = site.parts.get("schedule")
    return part.whats_on if isinstance(part, KnownEvents) else None
