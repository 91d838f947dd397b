"""A zone as calendars want it told (RFC 5545, section 3.6.5): only what a span of time needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from .component import Component, Property, offset, text

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)

LOOK_BACK = timedelta(days=400)
"""Within this, a zone whose clocks change did so."""

LONG_AGO = datetime(1970, 1, 1)  # noqa: DTZ001  clocks of the zone, whatever they show
"""Since when a zone without a change is said to be as it is."""


@lru_cache(maxsize=256)
def zone_component(name: str, first: datetime, last: datetime) -> Component:
    """The zone from what holds at the first instant to what holds at the last."""
    zone = ZoneInfo(name)
    changes = list(_changes(zone, first - LOOK_BACK, last))
    begun = [at for at in changes if at <= first]
    kept = [*begun[-1:], *(at for at in changes if at > first)]
    parts = [_observance(zone, at, at - SECOND) for at in kept]
    if not begun:
        parts.insert(0, _observance(zone, first, first, since=LONG_AGO))
    return Component("VTIMEZONE", (text("TZID", name),), tuple(parts))


def _changes(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """Every instant in a span at which the zone's clocks or their name change."""
    before = first
    while before < last:
        after = min(before + DAY, last)
        if _rule(zone, before) != _rule(zone, after):
            yield _change_between(zone, before, after)
        before = after


def _change_between(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    old = _rule(zone, before)
    while after - before > SECOND:
        middle = before + (after - before) // 2
        middle -= timedelta(microseconds=middle.microsecond)
        before, after = (middle, after) if _rule(zone, middle) == old else (before, middle)
    return after


def _rule(zone: ZoneInfo, at: datetime) -> tuple[timedelta | None, str | None, bool]:
    local = at.astimezone(zone)
    return local.utcoffset(), local.tzname(), bool(local.dst())


def _observance(
    zone: ZoneInfo, at: datetime, before: datetime, *, since: datetime | None = None
) -> Component:
    """What holds from an instant on; its beginning is told by the clocks until then."""
    ahead, name, is_summer = _rule(zone, at)
    behind = before.astimezone(zone).utcoffset() or timedelta()
    onset = since or (at.astimezone(UTC) + behind).replace(tzinfo=None)
    return Component(
        "DAYLIGHT" if is_summer else "STANDARD",
        (
            Property("DTSTART", (f"{onset:%Y%m%dT%H%M%S}",), "date-time"),
            offset("TZOFFSETFROM", behind),
            offset("TZOFFSETTO", ahead or timedelta()),
            text("TZNAME", name or ""),
        ),
    )
