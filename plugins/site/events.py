"""The events that pages link to, as the feature that has events tells them to all others."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from .site import Site
from .view import LinkView, WhatsOnView


class KnownEvents(Struct, frozen=True):
    """The part of a site that a feature which has events extends."""

    links: Mapping[str, LinkView] = field(default_factory=dict)
    """A link to each, by its slug."""
    whats_on: WhatsOnView | None = None
    """The event that is on at the build's moment, or comes next; None when all are over."""


def event_link(site: Site, slug: str | None) -> LinkView | None:
    """Return a link to the event of that slug, if this build shows it."""
    events = site.offered(KnownEvents)
    return events.links.get(slug or "") if events else None


def whats_on(site: Site) -> WhatsOnView | None:
    """Return the event that the front page begins with."""
    events = site.offered(KnownEvents)
    return events.whats_on if events else None
