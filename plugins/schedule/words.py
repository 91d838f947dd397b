"""Write days, times, zones, kinds and statuses in English, whatever the locale."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import groupby

from ..source.times import MONTHS, day_in_words
from .model import Event, Kind, Moment, Origin, Programme, Session, Status

WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

KINDS = {
    Kind.TALK: "",
    Kind.WORKSHOP: "Workshop",
    Kind.KEYNOTE: "Keynote",
    Kind.PANEL: "Panel",
    Kind.BREAK: "",
    Kind.SOCIAL: "Social",
    Kind.MEETING: "Meeting",
}
"""The label of each kind; talks have none, nor have breaks, whose titles are clear."""

STATUSES = {
    Status.CONFIRMED: "",
    Status.TENTATIVE: "Not confirmed yet",
    Status.CANCELLED: "Cancelled",
    Status.MOVED: "Moved",
}


def weekday(day: date) -> str:
    """Return the day like `Saturday, 24 October`."""
    return f"{WEEKDAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]}"


def weekday_and_year(day: date) -> str:
    """Return the day like `Saturday, 24 October 2026`."""
    return f"{weekday(day)} {day.year}"


def dates(first: date, last: date) -> str:
    """Return the range of days: `24–25 October 2026`, `30 October – 2 November 2026`."""
    if first == last:
        return day_in_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_in_words(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} – {day_in_words(last)}"
    return f"{day_in_words(first)} – {day_in_words(last)}"


def clock(moment: Moment) -> str:
    """Return the time on the clock, like `09:30`."""
    return f"{moment.wall:%H:%M}"


def offset(moment: Moment) -> str:
    """Return the clock's offset from UTC: `UTC+2`, `UTC+5:30`, `UTC−3`, `UTC`."""
    minutes = int(moment.offset.total_seconds()) // 60
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}{f':{rest:02}' if rest else ''}"


def zone_now(moment: Moment) -> str:
    """Return the zone's name at that moment: `CEST, UTC+2`; if it has none, `UTC+3`."""
    named = moment.abbreviation[:1].isalpha() and moment.abbreviation != offset(moment)
    return f"{moment.abbreviation}, {offset(moment)}" if named else offset(moment)


def place_of(zone: str) -> str:
    """Return the place in a zone's name: `Amsterdam` for `Europe/Amsterdam`."""
    return zone.rpartition("/")[2].replace("_", " ")


def zone_sentence(zone: str, days: Iterable[date]) -> str:
    """Return a sentence that names the zone of these days' times; empty without a zone."""
    if not zone:
        return ""
    noons = [Moment.at_wall(datetime.combine(day, time(12)), zone) for day in days]
    names = [
        f"from {noon.wall.day} {MONTHS[noon.wall.month - 1]} {zone_now(noon)}" if number else name
        for number, (name, group) in enumerate(groupby(noons, key=zone_now))
        for noon in [next(group)]
    ]
    known = f" ({'; '.join(names)})" if names else ""
    return f"All times are those of {place_of(zone)}{known}."


def clock_change(day: date, zone: str) -> str:
    """Return a sentence for a day on which clocks change; otherwise an empty string."""
    if not zone:
        return ""
    before, after = _midnights(day, zone)
    if before.offset == after.offset:
        return ""
    way = "forward" if after.offset > before.offset else "back"
    names = f"from {zone_now(before)} to {zone_now(after)}"
    return f"Clocks go {way} on this day, {names}."


def is_twice(moment: Moment) -> bool:
    """Return True if clocks show the moment's time twice that night, so that it is ambiguous."""
    first, second = (Moment.at_wall(moment.wall, moment.zone, fold=fold) for fold in (0, 1))
    return first.offset > second.offset


def _midnights(day: date, zone: str) -> tuple[Moment, Moment]:
    """Return the moments at which a day begins and ends."""
    first, last = (datetime.combine(d, time()) for d in (day, day + timedelta(days=1)))
    return Moment.at_wall(first, zone), Moment.at_wall(last, zone)


def day_shift(moment: Moment, day: date) -> str:
    """Return `next day`, `day before` or `+2 days` if the moment is not on `day`; else empty."""
    days = (moment.wall.date() - day).days
    if not days:
        return ""
    names = {1: "next day", -1: "day before"}
    return names.get(days, f"{days:+} days")


def length(time_taken: timedelta) -> str:
    """Return the length like `50 min`, `1 h`, `15 h 15 min`."""
    hours, minutes = divmod(int(time_taken.total_seconds()) // 60, 60)
    parts = [f"{hours} h" if hours else "", f"{minutes} min" if minutes else ""]
    return " ".join(part for part in parts if part)


def venue(event: Event) -> str:
    """Return the venue and its city, without what is not known."""
    known = dict.fromkeys([event.venue.name, event.venue.city]) if event.venue else {}
    return ", ".join(name for name in known if name)


def room_names(programme: Programme, rooms: Iterable[str]) -> str:
    """Return the names of the rooms, like `Main hall and Room B`."""
    return listed([programme.room(id).name for id in rooms])


def listed(names: list[str]) -> str:
    """Return the names as in a sentence: `a`, `a and b`, `a, b and c`."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def status(session: Session, programme: Programme) -> str:
    """Return a session's status in words; empty for one that is confirmed and did not move."""
    words = STATUSES[session.status]
    was = _origin(session.origin, session, programme) if session.origin else ""
    return f"{words or 'Moved'}, was {was}" if was else words


def _origin(origin: Origin, session: Session, programme: Programme) -> str:
    words = []
    if origin.start:
        same_day = origin.start.wall.date() == session.day
        words.append(clock(origin.start))
        words += [] if same_day else [f"on {weekday(origin.start.wall.date())}"]
    if origin.rooms:
        words.append(f"in {room_names(programme, origin.rooms)}")
    return " ".join(words)
