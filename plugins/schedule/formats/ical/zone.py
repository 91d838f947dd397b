"""Describe a zone in a calendar (RFC 5545, section 3.6.5), only for a given span of time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from .component import Component, Property, offset, text

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)

LONG_AGO = datetime(1970, 1, 1)  # noqa: DTZ001  a local time of any zone
"""The beginning of a zone's only offset, if the zone has no change before the span."""


def zone_component(name: str, first: datetime, last: datetime) -> Component:
    """Return the zone with all offsets that apply from the first instant to the last."""
    zone = ZoneInfo(name)
    years = range(first.year - 1, last.year + 1)
    changes = [at for year in years for at in _changes(name, year) if at <= last]
    begun = [at for at in changes if at <= first]
    kept = [*begun[-1:], *(at for at in changes if at > first)]
    parts = [_observance(zone, at, at - SECOND) for at in kept]
    if not begun:
        parts.insert(0, _observance(zone, first, first, since=LONG_AGO))
    return Component("VTIMEZONE", (text("TZID", name),), tuple(parts))


@lru_cache(maxsize=256)
def _changes(name: str, year: int) -> tuple[datetime, ...]:
    """Return the instants in a year (UTC) at which the zone's offset, name or season changes."""
    zone, first = ZoneInfo(name), datetime(year, 1, 1, tzinfo=UTC)
    days = [first + n * DAY for n in range((first.replace(year=year + 1) - first).days + 1)]
    rules = [_rule(zone, day) for day in days]
    return tuple(
        _change_between(zone, days[n], days[n + 1])
        for n in range(len(days) - 1)
        if rules[n] != rules[n + 1]
    )


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
    """Return the offset that applies from `at` on; it starts on the clock that applied before."""
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
