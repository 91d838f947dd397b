"""Which event the front page begins with: the one that is on, else the next one."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from ...site.site import Site
from ...site.view import LinkView, WhatsOnView
from .. import paths
from ..events import Edition
from .hub import event_card


def whats_on(site: Site, editions: Iterable[Edition]) -> WhatsOnView | None:
    """The current or next event, as of the build's moment; None when all are over."""
    ahead = [e for e in editions if e.is_listed and not e.mark and not e.is_over(site.now)]
    if not ahead:
        return None
    edition = min(ahead, key=lambda each: (each.event.first_day, each.slug))
    today = site.now.astimezone(ZoneInfo(edition.event.zone)).date()
    return WhatsOnView(
        card=event_card(site, edition),
        state="On now" if edition.event.has_day(today) else "Next event",
        links=tuple(_links(site, edition)),
    )


def _links(site: Site, edition: Edition) -> list[LinkView]:
    if not edition.programme.days:
        return []
    return [
        LinkView("Schedule", site.url(paths.schedule(edition.slug))),
        LinkView("On now and next", site.url(paths.below(edition.slug, "now"))),
        LinkView("My programme", site.url(paths.below(edition.slug, "my"))),
    ]
