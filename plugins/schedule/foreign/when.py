"""Parses dates, times and lengths of foreign files, with None for anything else."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

from ..parsing.times import YEARS, written_length

# Matches `2026-10-24T10:00:00+02:00`, `2026-10-24 10:00`, `20261024T100000Z`; not a date alone.
INSTANT = re.compile(
    r"""
    (?P<year>\d{4}) -? (?P<month>\d\d) -? (?P<day>\d\d)
    [T\x20]
    (?P<hour>\d\d) :? (?P<minute>\d\d) (?: :? (?P<second>\d\d) (?:[.,]\d{1,9})? )?
    \s? (?P<offset> Z | [+-]\d\d (?: :?\d\d )? )?
    """,
    re.VERBOSE | re.ASCII | re.IGNORECASE,
)

# Matches `2026-10-24` and `20261024`.
DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)", re.ASCII)

# Matches `09:30`, `9:30:00` and `24:00`.
CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?", re.ASCII)

# Matches `1:30`, `01:30` and `0:01:30`; a third number in front counts days, as pretalx writes it.
LENGTH = re.compile(r"(?:(\d):)?(\d{1,3}):(\d\d)", re.ASCII)

# Matches `01:30:00`, hours to seconds, as Giggity reads it.
LONG_LENGTH = re.compile(r"(\d\d):(\d\d):\d\d", re.ASCII)

# Matches `PT45M`, `P1DT2H`, `P2W` (ISO 8601; RFC 5545, section 3.3.6).
ISO_LENGTH = re.compile(
    r"(?P<sign>[+-]?)P(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,5})D)?"
    r"(?:T(?:(?P<hours>\d{1,5})H)?(?:(?P<minutes>\d{1,6})M)?(?:(?P<seconds>\d{1,7})(?:\.\d+)?S)?)?",
    re.ASCII | re.IGNORECASE,
)


def instant(text: object) -> datetime | None:
    """Return a date with a time; it is aware when the text has an offset."""
    match = INSTANT.fullmatch(text.strip()) if isinstance(text, str) else None
    if not match or int(match["year"]) not in YEARS:
        return None
    parts = [int(match[part] or 0) for part in ("year", "month", "day", "hour", "minute")]
    try:
        return datetime(*parts, tzinfo=_offset(match["offset"]))  # type: ignore[misc, arg-type]
    except ValueError:
        return None


def day(text: object) -> date | None:
    """Return the date that a text is or begins with."""
    match = DAY.match(text.strip()) if isinstance(text, str) else None
    try:
        found = date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None
    return found if found and found.year in YEARS else None


def clock(text: object) -> timedelta | None:
    """Return the time since midnight of a clock time from 0:00 to 47:59."""
    match = CLOCK.fullmatch(text.strip()) if isinstance(text, str) else None
    if not match or int(match[1]) > 47 or int(match[2]) > 59:
        return None
    return timedelta(hours=int(match[1]), minutes=int(match[2]))


def length(text: object) -> timedelta | None:
    """Return a length: `1:30`, `0:01:30` (days in front), `PT90M`, `45m`, or minutes."""
    if isinstance(text, int) and not isinstance(text, bool):
        return timedelta(minutes=text) if 0 <= text < 1_000_000 else None
    if not isinstance(text, str):
        return None
    if text.strip().startswith("-") and (ahead := length(text.strip()[1:])):
        return -ahead
    if match := LENGTH.fullmatch(text.strip()):
        days, hours, minutes = (int(part or 0) for part in match.groups())
        return timedelta(days=days, hours=hours, minutes=minutes)
    if match := LONG_LENGTH.fullmatch(text.strip()):
        return timedelta(hours=int(match[1]), minutes=int(match[2]))
    return written_length(text.strip()) or iso_length(text)


def iso_length(text: str) -> timedelta | None:
    """Return a length like `PT1H30M`."""
    match = ISO_LENGTH.fullmatch(text.strip())
    if not match or not any(match.groups()[1:]):
        return None
    parts = {
        name: int(value) for name, value in match.groupdict().items() if name != "sign" and value
    }
    return timedelta(**parts) * (-1 if match["sign"] == "-" else 1)


def between(start: datetime | None, end: datetime | None) -> timedelta | None:
    """Return the time between two moments; None if one is unknown or only one has an offset."""
    if not start or not end or bool(start.tzinfo) != bool(end.tzinfo):
        return None
    return end.astimezone(UTC) - start.astimezone(UTC) if start.tzinfo else end - start


def at(day: date, clock: timedelta) -> datetime:
    """Return the moment on a day that is as far from its midnight as `clock`."""
    return datetime.combine(day, time()) + clock


def _offset(text: str | None) -> timezone | None:
    if not text:
        return None
    if text in "Zz":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(ahead if text[0] == "+" else -ahead)
