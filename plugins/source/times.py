"""Dates and times as authors write them: ISO 8601, in the site's zone unless they name another."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MONTHS = (
    "January February March April May June July August September October November December".split()
)

# Matches `2013-05-14`, `2013-05-14 09:30`, `2013-05-14T09:30:00Z`, `2013-05-14T09:30+02:00`; not
# `14.5.2013`, `2013-5-4`, `May` or `2013-05-14 9:30`.
ISO_MOMENT = re.compile(
    r"""
    (?P<date>\d{4}-\d\d-\d\d)
    (?:[T ](?P<time>\d\d:\d\d(?::\d\d)?)(?:\s?(?P<zone>Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d))?)?
    """,
    re.VERBOSE | re.ASCII,
)

EXPECTED_DAY = "a date like 2013-05-14"
EXPECTED_MOMENT = f"{EXPECTED_DAY} or 2013-05-14 09:30"
NOT_ISO = "is not a full ISO date"

FIRST_YEAR, LAST_YEAR = 1000, 2999
"""Years outside are typing mistakes; near 1 and 9999, times in some zones cannot be computed."""


def parse_moment(text: str, *, zone: ZoneInfo) -> datetime:
    """Return the moment that the text names, in its own offset or else in `zone`.

    A date alone is its midnight. Raise ValueError, whose text says what is wrong, for anything but
    a full ISO date, for a day or year that does not exist, and for an hour that clocks skip.
    """
    match = ISO_MOMENT.fullmatch(text)
    if not match:
        raise ValueError(NOT_ISO)
    day = _checked_day(match["date"])
    clock = time.fromisoformat(match["time"]) if match["time"] else time()
    if match["zone"]:
        return datetime.fromisoformat(f"{day}T{clock}{match['zone'].replace('Z', '+00:00')}")
    moment = datetime.combine(day, clock, zone)
    if match["time"] and moment.astimezone(UTC).astimezone(zone).time() != clock:
        raise ValueError(f"hour clocks skip in {zone}")
    return moment


def with_offset(moment: datetime) -> datetime:
    """Return the moment in a fixed offset instead of a zone, in whole minutes as in RFC 3339."""
    offset = moment.utcoffset() or timedelta()
    return moment.astimezone(timezone(timedelta(minutes=round(offset / timedelta(minutes=1)))))


def parse_day(text: str) -> date:
    """Return the day that the text names; raise ValueError for anything but `YYYY-MM-DD`."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        raise ValueError(NOT_ISO)
    return _checked_day(text)


def _checked_day(text: str) -> date:
    if not FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
        raise ValueError(f"year is not between {FIRST_YEAR} and {LAST_YEAR}")
    return date.fromisoformat(text)


def find_zone(name: str) -> ZoneInfo | None:
    """Return the zone with this name in the IANA database, or None."""
    try:
        return ZoneInfo(name)
    except (
        ZoneInfoNotFoundError,
        ValueError,
        OSError,
        RecursionError,
    ):  # a name of a thousand parts
        return None


def day_in_words(day: date) -> str:
    """Return the day as `27 February 2012`, in English whatever the machine's locale."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
