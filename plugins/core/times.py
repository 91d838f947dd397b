"""Dates and times as authors write them: ISO 8601, in the site's zone unless they say another."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

MONTHS = (
    "January February March April May June July August September October November December".split()
)

# Matches `2013-05-14`, `2013-05-14 09:30`, `2013-05-14T09:30:00Z`, `2013-05-14T09:30+02:00`;
# not `14.5.2013`, `2013-5-4`, `May` or `2013-05-14 9:30`.
ISO_MOMENT = re.compile(
    r"""
    (?P<date>\d{4}-\d\d-\d\d)
    (?:[T ](?P<time>\d\d:\d\d(?::\d\d)?)(?:\s?(?P<zone>Z|[+-]\d\d:?\d\d))?)?
    """,
    re.VERBOSE | re.ASCII,
)

EXPECTED_MOMENT = "a date like 2013-05-14 or 2013-05-14 09:30"


def parse_moment(text: str, *, zone: ZoneInfo) -> datetime:
    """The instant that the text names, with its offset; a date alone is its midnight.

    Raises ValueError, whose text says what is wrong with it, for anything but a full ISO date.
    """
    match = ISO_MOMENT.fullmatch(text)
    if not match:
        raise ValueError("is not a full ISO date")
    day = date.fromisoformat(match["date"])
    clock = time.fromisoformat(match["time"]) if match["time"] else time()
    if match["zone"]:
        return datetime.fromisoformat(f"{day}T{clock}{match['zone'].replace('Z', '+00:00')}")
    return datetime.combine(day, clock, zone)


def parse_day(text: str) -> date:
    """The day that the text names; raises ValueError for anything but `YYYY-MM-DD`."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        raise ValueError("is not a full ISO date")
    return date.fromisoformat(text)


def day_in_words(day: date) -> str:
    """The day as `27 February 2012`, in English whatever the machine's locale."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
