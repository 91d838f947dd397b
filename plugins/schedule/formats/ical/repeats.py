"""Rules of repetition (RFC 5545, section 3.3.10), as far as a programme needs them.

    rule = "FREQ=" ( "DAILY" / "WEEKLY" / "MONTHLY" / "YEARLY" ) *( ";" part )
    part = INTERVAL / COUNT / UNTIL / WKST / BYMONTH / BYMONTHDAY / BYDAY / BYSETPOS

Days are looked at one by one, for a year and no more, so a rule that names none of them costs no
more than another; python-dateutil looks on until the year 9999, which takes ten seconds a rule.
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
"""How far a rule is followed from its first time."""

MOST = 400
"""Times of one entry."""

MOST_RULES = 500
"""Of a calendar; each takes some milliseconds."""

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

# Matches `MO`, `2TU` and `-1FR`.
WEEKDAY = re.compile(r"([+-]?\d{1,2})?([A-Z]{2})", re.ASCII)

NUMBER = re.compile(r"[+-]?\d{1,4}", re.ASCII)


class Rule(Struct, frozen=True, kw_only=True):
    """A rule by the names of its parts."""

    freq: str
    interval: int = 1
    count: int | None = None
    until: str = ""
    wkst: int = 0
    bymonth: tuple[int, ...] = ()
    bymonthday: tuple[int, ...] = ()
    byday: tuple[tuple[int, int], ...] = ()
    """Weekdays, each with which of them in the month or the year it is; 0 for each of them."""
    bysetpos: tuple[int, ...] = ()

    def times(self, start: datetime, last: datetime) -> Iterator[datetime]:
        """The start, and every time that the rule names between it and the last."""
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
        """The first day of a period, counted from the one that the day is in."""
        if self.freq == "DAILY":
            return day + timedelta(days=number)
        if self.freq == "WEEKLY":
            return day - timedelta(days=(day.weekday() - self.wkst) % 7) + timedelta(weeks=number)
        if self.freq == "YEARLY":
            return date(day.year + number, 1, 1)
        years, month = divmod(day.month - 1 + number, 12)
        return date(day.year + years, month + 1, 1)

    def _names(self, day: date, start: date) -> bool:
        """Whether the rule names a day; what it leaves open is as of the start."""
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
        """Whether it is such a weekday, and the right one of them."""
        wanted = {nth for weekday, nth in self.byday if weekday == day.weekday()}
        if not self.byday or 0 in wanted:
            return True
        is_of_year = self.freq == "YEARLY" and not self.bymonth
        first = day.replace(month=1, day=1) if is_of_year else day.replace(day=1)
        last = date(day.year, 12, 31) if is_of_year else _end_of_month(day)
        return not wanted.isdisjoint({(day - first).days // 7 + 1, -((last - day).days // 7 + 1)})

    def _chosen(self, days: Sequence[date]) -> Sequence[date]:
        """Of a period's days, those at the positions that are asked for."""
        if not self.bysetpos:
            return days
        places = {place - 1 if place > 0 else len(days) + place for place in self.bysetpos}
        return [day for place, day in enumerate(days) if place in places]


class Followed(Struct, frozen=True):
    """The times that a rule gives."""

    starts: tuple[datetime, ...]
    """In order, the entry's own first."""
    is_whole: bool
    """Whether the rule ends with them, and does not go on for longer than it is followed."""


def follow(written: str, start: datetime) -> Followed | None:
    """The times that a rule gives; None for a rule that is not followed, or is none."""
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
    """The rule; raises `KeyError` or `ValueError` for a part that is not followed, or is none."""
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
"""By name of a part."""


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _until(text: str, start: datetime) -> datetime | None:
    """The last moment, on a clock like that of the start; a day counts to its end."""
    given, day = when.instant(text), when.day(text)
    if not text:
        return None
    if given and given.tzinfo and start.tzinfo:
        return given
    if not day:
        raise ValueError(text)
    own = given.replace(tzinfo=None) if given else when.at(day, timedelta(hours=24))
    return own.replace(tzinfo=start.tzinfo)
