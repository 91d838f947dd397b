"""Rules of repetition (RFC 5545, section 3.3.10), as far as a programme needs them.

rule = "FREQ=" ( "DAILY" / "WEEKLY" ) [ INTERVAL ] [ COUNT / UNTIL ] [ BYDAY of plain weekdays ]
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count, takewhile

from . import when

LONGEST = timedelta(days=366)
"""How far a rule is followed from its first time."""

MOST = 400

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

FOLLOWED = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST"}


def follow(rule: str, start: datetime) -> list[datetime] | None:
    """The times that a rule gives, the first among them; None for a rule that is not followed."""
    rule = "".join(rule.split()).upper()
    parts = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    step = {"DAILY": 1, "WEEKLY": 7}.get(parts.get("FREQ", ""))
    days = [day for day in parts.get("BYDAY", "").split(",") if day]
    numbers = [parts.get(key, "1") for key in ("INTERVAL", "COUNT")]
    if not step or not set(parts) <= FOLLOWED or not set(days) <= set(WEEKDAYS):
        return None
    if not all(n.isascii() and n.isdigit() and 0 < int(n[:9]) < 10_000 for n in numbers):
        return None
    last = _until(parts.get("UNTIL", ""), start)
    most = min(int(parts.get("COUNT", MOST)), MOST)
    found = takewhile(lambda each: each <= last, _steps(start, step, int(numbers[0]), days))
    return [each for each, _ in zip(found, range(most), strict=False)]


def _steps(start: datetime, step: int, interval: int, days: list[str]) -> Iterator[datetime]:
    """Every day that the rule names, from the start on, on the clock of its zone."""
    wanted = {WEEKDAYS.index(day) for day in days}
    monday = start - timedelta(days=start.weekday())
    for number in count():
        each = start + timedelta(days=number)
        if step == 1:
            fits = number % interval == 0 and (not wanted or each.weekday() in wanted)
        else:
            weeks = (each - monday).days // 7
            fits = weeks % interval == 0 and each.weekday() in (wanted or {start.weekday()})
        if fits or number == 0:
            yield each
        if number > LONGEST.days:
            return


def _until(text: str, start: datetime) -> datetime:
    limit = start + LONGEST
    given = when.instant(text)
    day = when.day(text)
    if given and given.tzinfo and start.tzinfo:
        return min(given, limit)
    if not day:
        return limit
    own = given.replace(tzinfo=None) if given else when.at(day, timedelta(hours=24))
    return min(own.replace(tzinfo=start.tzinfo), limit)
