"""Follow rules of repetition (RFC 5545, section 3.3.10), as far as a schedule needs them.

    rule = "FREQ=" ( "DAILY" / "WEEKLY" / "MONTHLY" / "YEARLY" ) *( ";" part )
    part = INTERVAL / COUNT / UNTIL / WKST / BYMONTH / BYMONTHDAY / BYDAY / BYSETPOS

Each day of one year is checked, and no more, so a rule that matches no day costs no more than any
other. python-dateutil would search until the year 9999, which takes ten seconds per rule.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from msgspec import Struct

from ...foreign import when

LONGEST = timedelta(days=366)
"""The time span for which a rule is followed, from its first time."""

MOST = 400
"""The most times of one entry."""

MOST_RULES = 500
"""The most rules of a calendar; each takes some milliseconds."""

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

# Matches `MO`, `2TU` and `-1FR`.
WEEKDAY = re.compile(r"([+-]?\d{1,2})?([A-Z]{2})", re.ASCII)

NUMBER = re.compile(r"[+-]?\d{1,4}", re.ASCII)


class Rule(Struct, frozen=True, kw_only=True):
    """A rule of repetition, with its parts under their names."""

    freq: str
    interval: int = 1
    count: int | None = None
    until: str = ""
    wkst: int = 0
    bymonth: tuple[int, ...] = ()
    bymonthday: tuple[int, ...] = ()
    byday: tuple[tuple[int, int], ...] = ()
    """Weekday (0 is Monday) and its number within the month or year; 0 stands for every one."""
    bysetpos: tuple[int, ...] = ()

    def times(self, start: datetime, last: datetime) -> Iterator[datetime]:
        """Yield the start, then every time that the rule gives after it, up to `last`."""
        yield start
        for number in range(0, LONGEST.days + 1, self.interval):
            first, after = (self._begin(start.date(), n) for n in (number, number + 1))
            if first > last.date():
                return
            days = (first + timedelta(days=n) for n in range((after - first).days))
            named = [day for day in days if self._names(day, start.date())]
            for day in self._chosen(named):
                at = datetime.combine(day, start.timetz())
                if start < at <= last:
                    yield at

    def _begin(self, day: date, number: int) -> date:
        """Return the first day of a period, `number` periods after the one that holds the day."""
        if self.freq == "DAILY":
            return day + timedelta(days=number)
        if self.freq == "WEEKLY":
            return day - timedelta(days=(day.weekday() - self.wkst) % 7) + timedelta(weeks=number)
        if self.freq == "YEARLY":
            return date(day.year + number, 1, 1)
        years, month = divmod(day.month - 1 + number, 12)
        return date(day.year + years, month + 1, 1)

    def _names(self, day: date, start: date) -> bool:
        """Return True if the rule gives the day; parts that it lacks are taken from the start."""
        if self.bymonth and day.month not in self.bymonth:
            return False
        if self.bymonthday or self.byday:
            return self._names_date(day) and self._names_weekday(day)
        if self.freq == "WEEKLY":
            return day.weekday() == start.weekday()
        if self.freq == "YEARLY" and not self.bymonth and day.month != start.month:
            return False
        return self.freq == "DAILY" or day.day == start.day

    def _names_date(self, day: date) -> bool:
        from_end = day.day - _end_of_month(day).day - 1
        return not self.bymonthday or not {day.day, from_end}.isdisjoint(self.bymonthday)

    def _names_weekday(self, day: date) -> bool:
        """Return True if BYDAY is absent or contains the day, with its number if one is given."""
        wanted = {nth for weekday, nth in self.byday if weekday == day.weekday()}
        if not self.byday or 0 in wanted:
            return True
        is_of_year = self.freq == "YEARLY" and not self.bymonth
        first = day.replace(month=1, day=1) if is_of_year else day.replace(day=1)
        last = date(day.year, 12, 31) if is_of_year else _end_of_month(day)
        return not wanted.isdisjoint({(day - first).days // 7 + 1, -((last - day).days // 7 + 1)})

    def _chosen(self, days: Sequence[date]) -> Sequence[date]:
        """Return the days of a period at the positions in BYSETPOS; all of them without it."""
        if not self.bysetpos:
            return days
        places = {place - 1 if place > 0 else len(days) + place for place in self.bysetpos}
        return [day for place, day in enumerate(days) if place in places]


class Followed(Struct, frozen=True):
    """The times that a rule gives."""

    starts: tuple[datetime, ...]
    """In order; the entry's own start is the first."""
    is_whole: bool
    """True if the rule ends with them; False if it goes on after they were cut off."""


def follow(written: str, start: datetime) -> Followed | None:
    """Return the times that a rule gives; None for an invalid or unsupported rule."""
    try:
        rule = _read(written)
        until = _until(rule.until, start)
    except (KeyError, ValueError):
        return None
    limit = start + LONGEST
    most = min(rule.count or MOST, MOST)
    starts = list(islice(rule.times(start, min(until or limit, limit)), most))
    has_ended = bool(until and until <= limit and len(starts) < MOST)
    return Followed(tuple(starts), has_ended or len(starts) == rule.count)


def _read(written: str) -> Rule:
    """Return the rule; raise `KeyError` or `ValueError` for an invalid or unsupported part."""
    pairs = [part.split("=", 1) for part in "".join(written.split()).upper().split(";") if part]
    parts = {name.lower(): READERS[name](value) for name, value in pairs}
    rule = Rule(freq=parts.pop("freq"), **parts)
    if rule.freq in {"DAILY", "WEEKLY"} and any(nth for _, nth in rule.byday):
        raise ValueError("which of the weekdays in a day or a week")
    return rule


def _frequency(text: str) -> str:
    if text not in {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}:
        raise ValueError(text)
    return text


def _number(text: str, *, most: int = 9_999, is_signed: bool = False) -> int:
    number = int(text) if NUMBER.fullmatch(text) else 0
    if not number or abs(number) > most or (number < 0 and not is_signed):
        raise ValueError(text)
    return number


def _days(text: str) -> Sequence[tuple[int, int]]:
    found = [WEEKDAY.fullmatch(part) for part in text.split(",")]
    if not all(found):
        raise ValueError(text)
    return [(WEEKDAYS.index(match[2]), int(match[1] or 0)) for match in found if match]


def _numbers(most: int, *, is_signed: bool = True) -> Callable[[str], Sequence[int]]:
    return lambda text: [_number(part, most=most, is_signed=is_signed) for part in text.split(",")]


READERS: Mapping[str, Callable[[str], Any]] = {
    "FREQ": _frequency,
    "INTERVAL": _number,
    "COUNT": _number,
    "UNTIL": str,
    "WKST": WEEKDAYS.index,
    "BYMONTH": _numbers(12, is_signed=False),
    "BYMONTHDAY": _numbers(31),
    "BYDAY": _days,
    "BYSETPOS": _numbers(366),
}
"""The function that reads each part, by the name of the part."""


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _until(text: str, start: datetime) -> datetime | None:
    """Return the last moment of UNTIL, local if the start is; None without UNTIL.

    A date means the end of that day. Raise ValueError for anything else.
    """
    given, day = when.instant(text), when.day(text)
    if not text:
        return None
    if given and given.tzinfo and start.tzinfo:
        return given
    if not day:
        raise ValueError(text)
    own = given.replace(tzinfo=None) if given else when.at(day, timedelta(hours=24))
    return own.replace(tzinfo=start.tzinfo)
