"""Choose the events that the front page shows as badges: the last, the current, the next ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from ...site.site import Site
from ...site.view import BadgeView, LinkView
from ...source.times import MONTHS
from .. import paths
from ..events import Edition
from .hub import event_card
from .pattern import pattern_svg

AHEAD = 2
"""The number of current and coming events in the page.

The page's script can thus show the right one until the last of them is over.
"""

AFTERGLOW = timedelta(days=14)
"""The time that an event leads the front page after its end, if no other event is on."""


def event_badges(site: Site, editions: Iterable[Edition]) -> tuple[BadgeView, ...]:
    """Return the badges of the events around the time of the build, the earliest first."""
    public = [each for each in editions if each.is_listed and not each.mark]
    public.sort(key=lambda each: (each.event.first_day, each.slug))
    over = [each for each in public if each.is_over(site.now)]
    ahead = [each for each in public if not each.is_over(site.now)]
    shown = [*over[-1:], *ahead[:AHEAD]]
    lead = _lead(site, over, ahead)
    return tuple(_badge(site, each, is_lead=each is lead) for each in shown)


def _lead(site: Site, over: Sequence[Edition], ahead: Sequence[Edition]) -> Edition | None:
    """Return the event that leads the front page, or None.

    It is the event that is on, or else one that ended lately, or else the next one.
    """
    today = site.now.date()
    if ahead and ahead[0].event.first_day <= today:
        return ahead[0]
    if over and (not ahead or today - over[-1].event.last_day <= AFTERGLOW):
        return over[-1]
    return ahead[0] if ahead else None


def _badge(site: Site, edition: Edition, *, is_lead: bool) -> BadgeView:
    numerals, month = numerals_of(edition.event.first_day, edition.event.last_day)
    has_programme = bool(edition.programme.days)
    return BadgeView(
        card=event_card(site, edition),
        numerals=numerals,
        month=month,
        pattern_html=pattern_svg(edition.event.title, id=f"pattern-{edition.slug}"),
        zone=edition.event.zone,
        data=site.url(paths.programme_data(edition.slug)) if has_programme else "",
        links=tuple(_links(site, edition)),
        now=_page(site, edition, "Now and next", "now") if has_programme else None,
        is_lead=is_lead,
    )


def numerals_of(first: date, last: date) -> tuple[str, str]:
    """Return the days as large numerals, and the month with the year: `24–25`, `October 2026`."""
    year = f"{last.year}"
    if first == last:
        return f"{first.day}", f"{MONTHS[first.month - 1]} {year}"
    if first.month == last.month and first.year == last.year:
        return f"{first.day}–{last.day}", f"{MONTHS[first.month - 1]} {year}"
    months = f"{MONTHS[first.month - 1][:3]}–{MONTHS[last.month - 1][:3]}"
    return f"{first.day}–{last.day}", f"{months} {year}"


def _links(site: Site, edition: Edition) -> list[LinkView]:
    if not edition.programme.days:
        return [LinkView("About the event", site.url(paths.hub(edition.slug)))]
    schedule = LinkView("Schedule", site.url(paths.schedule(edition.slug)))
    return [schedule, _page(site, edition, "My programme", "my")]


def _page(site: Site, edition: Edition, label: str, name: str) -> LinkView:
    return LinkView(label, site.url(paths.below(edition.slug, name)))
