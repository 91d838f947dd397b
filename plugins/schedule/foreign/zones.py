"""Finds the time zone that a file means: by IANA names, old names, Windows names and offsets.

zone   the one that the file names, if its offsets allow it / that of its offsets / UTC
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from ...source.problem import quoted
from ..model import Moment
from ..parsing.times import is_zone
from . import clean
from .model import Doubt, Foreign, ForeignSession

OLD = {
    "CET": "Europe/Brussels", "MET": "Europe/Brussels", "EET": "Europe/Athens",
    "WET": "Europe/Lisbon", "EST": "America/Panama", "MST": "America/Phoenix",
    "HST": "Pacific/Honolulu", "EST5EDT": "America/New_York", "CST6CDT": "America/Chicago",
    "MST7MDT": "America/Denver", "PST8PDT": "America/Los_Angeles", "GMT": "UTC", "Z": "UTC",
    "Etc/UTC": "UTC", "Etc/GMT": "UTC", "GB": "Europe/London", "Japan": "Asia/Tokyo",
    "Singapore": "Asia/Singapore", "Israel": "Asia/Jerusalem", "Turkey": "Europe/Istanbul",
    "Poland": "Europe/Warsaw", "Portugal": "Europe/Lisbon", "Eire": "Europe/Dublin",
    "US/Eastern": "America/New_York", "US/Central": "America/Chicago",
    "US/Mountain": "America/Denver", "US/Pacific": "America/Los_Angeles",
    "Europe/Kiev": "Europe/Kyiv", "Asia/Calcutta": "Asia/Kolkata",
    "W. Europe Standard Time": "Europe/Berlin", "Romance Standard Time": "Europe/Paris",
    "Central Europe Standard Time": "Europe/Budapest",
    "Central European Standard Time": "Europe/Warsaw", "GMT Standard Time": "Europe/London",
    "FLE Standard Time": "Europe/Kyiv", "GTB Standard Time": "Europe/Bucharest",
    "Eastern Standard Time": "America/New_York", "Central Standard Time": "America/Chicago",
    "Mountain Standard Time": "America/Denver", "Pacific Standard Time": "America/Los_Angeles",
    "India Standard Time": "Asia/Kolkata", "China Standard Time": "Asia/Shanghai",
    "Tokyo Standard Time": "Asia/Tokyo", "AUS Eastern Standard Time": "Australia/Sydney",
    "New Zealand Standard Time": "Pacific/Auckland", "Customized Time Zone": "",
}  # fmt: skip
"""Aliases and the zones that they mean (tzdata's `backward`, CLDR)."""

COPIES = ("posix/", "right/")
"""Folders in which some machines have a second copy of all zones."""

MOST_PARTS = 3
"""The largest number of parts of a zone's name, as in America/Argentina/Ushuaia."""


def known_zone(name: str) -> str:
    """Return the IANA zone that a name means, or an empty text."""
    name = clean.one_line(name)
    if name in OLD:
        return OLD[name]
    # `/freeassociation.sourceforge.net/Tzfile/Europe/Berlin` ends with a zone's name.
    parts = name.split("/")[-MOST_PARTS:]
    tails = ("/".join(parts[n:]) for n in range(len(parts)))
    return next((tail for tail in tails if is_zone(tail) and not tail.startswith(COPIES)), "")


def zone_of(foreign: Foreign, doubts: list[Doubt]) -> str:
    """Return the zone of the file's times; add a doubt for whatever contradicts it."""
    named, offsets = known_zone(foreign.zone), _offsets(foreign.sessions)
    common = offsets.most_common(1)[0][0] if offsets else timedelta()
    if foreign.zone and named != foreign.zone:
        done = f"read as {named}" if named else "looked for elsewhere"
        what = "only an alias" if named else "not known"
        doubts.append(Doubt(0, f"the zone {quoted(foreign.zone)}, which is {what}", done))
    if named and not _all_disagree(foreign.sessions, named):
        return named
    if not offsets:
        done = "its times are read as UTC; say the zone in index.md, or with ZONE="
        doubts.append(Doubt(0, "no zone and no offsets", done))
        return "UTC"
    fixed = _fixed_zone(common)
    if not named and not common:
        doubts.append(Doubt(0, "times in UTC, and no zone", "kept; say the place's with ZONE="))
    elif named:
        found = f"the offset {shown(common)} of all sessions, which is not that of {named}"
        doubts.append(Doubt(0, found, f"the offset is believed: the zone is {fixed}"))
    else:
        done = f"the zone is {fixed}, which never changes; say the place's with ZONE="
        doubts.append(Doubt(0, "offsets, but no zone", done))
    return fixed


def _offsets(sessions: Iterable[ForeignSession]) -> Counter[timedelta]:
    starts = (session.start for session in sessions if session.start)
    found = (start.utcoffset() for start in starts if start.tzinfo)
    return Counter(offset for offset in found if offset is not None)


def _all_disagree(sessions: Iterable[ForeignSession], zone: str) -> bool:
    """Return whether all starts have an offset, and none of these is the zone's or UTC's."""
    starts = [session.start for session in sessions if session.start]
    aware = [start for start in starts if start.tzinfo]
    return bool(aware) and len(aware) == len(starts) and all(disagrees(s, zone) for s in aware)


def disagrees(start: datetime, zone: str) -> bool:
    """Return whether a time has an offset that the zone does not have then.

    An offset of zero never disagrees: many files write all times in UTC.
    """
    return bool(start.utcoffset()) and Moment.at_instant(start, zone).offset != start.utcoffset()


def _fixed_zone(offset: timedelta) -> str:
    """Return the zone that is always that far from UTC, or UTC for parts of hours.

    In the names of these zones the signs are the other way round.
    """
    hours, rest = divmod(offset, timedelta(hours=1))
    if rest or not -12 <= hours <= 14 or not hours:
        return "UTC"
    return f"Etc/GMT{'-' if hours > 0 else '+'}{abs(hours)}"


def shown(offset: timedelta) -> str:
    """Return an offset like `+02:00`."""
    minutes = int(offset.total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
