"""Read the zones that a calendar describes (VTIMEZONE), for names that are not known.

Only their offsets are used. zone.py writes such descriptions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from ....source.problem import quoted
from ...foreign import when
from ...foreign.model import Doubt
from ...foreign.zones import known_zone
from .component import Component
from .repeats import WEEKDAYS

# Matches `2SU` and `-1SU`.
BY_DAY = re.compile(r"([+-]?[1-4])(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)

# Matches `+0200`, `-033000`.
OFFSET = re.compile(r"([+-])(\d\d)(\d\d)(?:\d\d)?", re.ASCII)


class Zones:
    """The zones of one calendar."""

    def __init__(self, described: Iterable[Component], doubts: list[Doubt]) -> None:
        self.described = {zone.value("TZID").strip('"'): zone for zone in described}
        self.doubts = doubts
        self.told: set[str] = set()

    def at(self, wall: datetime, name: str, line: int) -> datetime:
        """Return a time with its zone or offset; without one if nothing is known of the zone.

        Add a doubt, once per name, for an alias and for an unknown zone.
        """
        described = self.described.get(name)
        zone = known_zone(name) or known_zone(
            described.value("X-LIC-LOCATION") if described else ""
        )
        if zone and zone == name:
            return wall.replace(tzinfo=ZoneInfo(zone))
        if zone:
            self._tell(name, line, "the zone {}, which is only an alias", f"read as {zone}")
            return wall.replace(tzinfo=ZoneInfo(zone))
        offset = _described_offset(described, wall) if described else None
        if offset is not None:
            self._tell(
                name,
                line,
                "the zone {}, which is not known",
                "the offsets that the file gives for it are believed",
            )
            return wall.replace(tzinfo=timezone(offset))
        self._tell(
            name, line, "the zone {}, which is not known", "its times are taken to be the event's"
        )
        return wall

    def _tell(self, name: str, line: int, found: str, done: str) -> None:
        if name not in self.told:
            self.told.add(name)
            self.doubts.append(Doubt(line, found.format(quoted(name)), done))


def _described_offset(zone: Component, wall: datetime) -> timedelta | None:
    """Return the offset of the last change before a time that the file's description gives.

    In the hours around a change it may be an hour wrong.
    """
    changes: list[tuple[datetime, timedelta]] = []
    for part in zone.components:
        offset = _offset(part.value("TZOFFSETTO"))
        onset = _onset(part, wall)
        if offset is not None and onset:
            changes.append((onset, offset))
    past = [change for change in changes if change[0] <= wall]
    return max(past or changes, default=(wall, None))[1] if changes else None


def _onset(part: Component, wall: datetime) -> datetime | None:
    """Return the last start of a zone's part before a time."""
    first = when.instant(part.value("DTSTART"))
    if not first:
        return None
    first = first.replace(tzinfo=None)
    rule = dict(p.upper().split("=", 1) for p in part.value("RRULE").split(";") if "=" in p)
    match = BY_DAY.fullmatch(rule.get("BYDAY", ""))
    month = rule.get("BYMONTH", "")
    if (
        rule.get("FREQ") != "YEARLY"
        or not match
        or not month.isdigit()
        or not 1 <= int(month) <= 12
    ):
        return first
    years = (wall.year, wall.year - 1)
    onsets = (_nth(year, int(month), int(match[1]), WEEKDAYS.index(match[2])) for year in years)
    clocked = (datetime.combine(day, first.time()) for day in onsets)
    return next((onset for onset in clocked if first <= onset <= wall), first)


def _nth(year: int, month: int, number: int, weekday: int) -> date:
    """Return the nth of a weekday in a month, counted from its end if `number` is negative."""
    if number > 0:
        day = date(year, month, 1)
        return day + timedelta(days=(weekday - day.weekday()) % 7 + 7 * (number - 1))
    day = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return day - timedelta(days=(day.weekday() - weekday) % 7 + 7 * (-number - 1))


def _offset(text: str) -> timedelta | None:
    match = OFFSET.fullmatch(text.strip())
    if not match or int(match[2]) > 23 or int(match[3]) > 59:
        return None
    ahead = timedelta(hours=int(match[2]), minutes=int(match[3]))
    return ahead if match[1] == "+" else -ahead
