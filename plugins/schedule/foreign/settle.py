"""Settles a foreign schedule: one zone, distinct ids, days, and a doubt for all that is odd.

    zone   the one asked for / the one that the file names / that of its offsets / UTC (zones.py)
    id     see distinct.py
    day    the one that the file lists it under, if it starts on that day or the day after

A time with an offset is an instant and counts more than a zone. No session is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

from msgspec.structs import replace

from ...source.problem import quoted
from ...source.schema import LANGUAGE
from ..model import Kind, Moment, Status
from ..parsing.times import DAY_LENGTH, is_skipped
from .distinct import people_by_id, rooms_by_id, tracks_by_id, with_ids
from .limits import within_limits
from .model import (
    Doubt,
    Foreign,
    ForeignSession,
    RefusedError,
    Settled,
    SettledProgramme,
    gathered,
)
from .zones import disagrees, shown, zone_of

LATEST = timedelta(hours=48)
"""The time from a day's midnight within which a session of that day may start."""

MOST_DAYS = 31
"""The largest number of days over which one session is spread."""

UNTITLED = "Untitled"

KINDS = {
    "workshop": Kind.WORKSHOP, "tutorial": Kind.WORKSHOP, "training": Kind.WORKSHOP,
    "keynote": Kind.KEYNOTE, "panel": Kind.PANEL, "panel discussion": Kind.PANEL,
    "break": Kind.BREAK, "lunch": Kind.BREAK, "coffee": Kind.BREAK, "coffee break": Kind.BREAK,
    "social": Kind.SOCIAL, "party": Kind.SOCIAL, "social event": Kind.SOCIAL,
    "meeting": Kind.MEETING, "bof": Kind.MEETING, "meetup": Kind.MEETING,
}  # fmt: skip
"""Other systems' words for kinds; any other word means a talk and is stored as extra data."""


def settle(
    foreign: Foreign, *, zone: str = "", ids: Mapping[str, str] | None = None
) -> SettledProgramme:
    """Return the schedule in that zone, or else in the file's; `ids` are the known ids by key."""
    doubts = list(foreign.doubts)
    foreign = within_limits(foreign, doubts)
    first = _first_day(foreign)
    zone = zone or zone_of(foreign, doubts)
    placed = [_placed(session, zone, first, doubts) for session in foreign.sessions]
    placed.sort(key=_order)
    named = with_ids(placed, ids or {}, doubts)
    parts = gathered(part for each in named for part in _split(each, doubts))
    sessions = sorted(parts, key=_order)
    days = [session.day for session in sessions]
    stated = [day for day in (foreign.first_day, foreign.last_day) if day]
    near = [day for day in stated if abs(day - days[0]) < timedelta(days=60)]
    return SettledProgramme(
        foreign=foreign,
        zone=zone,
        first_day=min([*days, *near]),
        last_day=max([*days, *near]),
        rooms=rooms_by_id(foreign),
        tracks=tracks_by_id(foreign),
        people=people_by_id(foreign),
        sessions=tuple(sessions),
        doubts=tuple(doubts),
    )


def _first_day(foreign: Foreign) -> date:
    """Return the earliest known day, for sessions without one."""
    starts = (session.start.date() for session in foreign.sessions if session.start)
    days = (session.day for session in foreign.sessions if session.day)
    first = min([*starts, *days], default=foreign.first_day)
    if not first:
        raise RefusedError(f"{foreign.format} in which no session has a day")
    return first


def _order(session: Settled) -> tuple[date, datetime]:
    """Return the sorting key: day, then start; a session without a time comes first."""
    start = session.start.instant if session.start else datetime.min.replace(tzinfo=UTC)
    return session.day, start


def _placed(session: ForeignSession, zone: str, first: date, doubts: list[Doubt]) -> Settled:
    """Return the session at its moment; it has no id yet."""
    if not session.title:
        doubts.append(
            Doubt(session.line, "a session without a title", f"called {quoted(UNTITLED)}")
        )
        session = replace(session, title=UNTITLED)
    start = _moment(session, zone, doubts)
    day = _day(session, start, first, doubts)
    length = session.length
    if length is not None and length <= timedelta():
        what = "an end before its start" if length else "a length of nothing"
        doubts.append(Doubt(session.line, f"{what} of {quoted(session.title)}", "left open"))
        length = None
    return Settled(
        id="",
        key=session.texts.guid or session.texts.uid or session.number,
        day=day,
        start=start,
        length=length,
        said=_with_extra(session),
        kind=KINDS.get(session.kind.casefold()),
    )


def _moment(session: ForeignSession, zone: str, doubts: list[Doubt]) -> Moment | None:
    start = session.start
    if not start:
        return None
    if start.tzinfo:
        moment = Moment.at_instant(start.astimezone(UTC), zone)
        if disagrees(start, zone) and not session.zone:
            offset = shown(start.utcoffset() or timedelta())
            found = f"the offset {offset} of {quoted(session.title)}, which is not that of {zone}"
            doubts.append(Doubt(session.line, found, f"believed: it begins at {moment.wall:%H:%M}"))
        return moment
    moment = Moment.at_wall(start.replace(second=0, microsecond=0), zone)
    if not is_skipped(moment):
        return moment
    later = Moment.at_instant(moment.instant, zone)
    found = f"the start {start:%H:%M} of {quoted(session.title)}, which clocks leave out in {zone}"
    doubts.append(Doubt(session.line, found, f"read as {later.wall:%H:%M}"))
    return later


def _day(session: ForeignSession, start: Moment | None, first: date, doubts: list[Doubt]) -> date:
    """Return the day of a session; report a day in the file that its start contradicts."""
    if not start:
        if not session.day:
            found = f"no time of {quoted(session.title)}"
            doubts.append(Doubt(session.line, found, "it has a place in the order only"))
        return session.day or first
    wall = start.wall
    if not session.day:
        return wall.date()
    since = wall - datetime.combine(session.day, datetime.min.time())
    if timedelta() <= since < LATEST:
        return session.day
    found = f"{quoted(session.title)} on {wall.date()}, filed under {session.day}"
    doubts.append(Doubt(session.line, found, "put under its own day"))
    return wall.date()


def _with_extra(session: ForeignSession) -> ForeignSession:
    """Return the session; a kind or language that the schedule does not know becomes extra data."""
    extra = dict(session.texts.extra)
    if session.kind and session.kind.casefold() not in set(Kind):
        extra.setdefault("type", session.kind)
    elif extra.get("type", "").casefold() == session.kind.casefold():
        extra.pop("type", None)
    language, status = session.language, session.status
    if language and not LANGUAGE.fullmatch(language):
        extra.setdefault("language", language)
        language = ""
    if status not in set(Status) or status == Status.CONFIRMED:
        status = ""
    texts = replace(session.texts, extra=tuple(extra.items()))
    return replace(session, language=language, status=status, texts=texts)


def _split(session: Settled, doubts: list[Doubt]) -> Iterator[Settled]:
    """Yield a session of 24 hours or more as one for each of its days, which apps can read."""
    is_day = not session.start and session.length == DAY_LENGTH
    if session.length is None or session.length < DAY_LENGTH or is_day:
        yield session
        return
    title, hours = quoted(session.said.title), int(session.length / timedelta(hours=1))
    doubts.append(Doubt(session.said.line, f"the {hours} hours of {title}", "written once a day"))
    texts = replace(session.said.texts, guid="", uid="")
    bare = replace(session.said, texts=texts, description="")
    first = session
    for number, (day, start, length) in enumerate(_days(session, session.length), 1):
        if number > 1:
            id, key = f"{first.id}-day-{number}", f"{first.key} day {number}"
            session = replace(first, id=id, key=key, said=bare, repeat_of=first.id)
        yield replace(session, day=day, start=start, length=length)


def _days(
    session: Settled, length: timedelta
) -> Iterator[tuple[date, Moment | None, timedelta | None]]:
    """Yield the days that a session lasts, each with its start and length on that day."""
    if not session.start:
        for number in range(min(length.days, MOST_DAYS)):
            yield session.day + timedelta(days=number), None, None
        return
    start, end = session.start, session.start.plus(length)
    for _ in range(MOST_DAYS):
        midnight = datetime.combine(start.wall.date() + DAY_LENGTH, datetime.min.time())
        until = min(Moment.at_wall(midnight, start.zone).instant, end.instant)
        spent = min(until - start.instant, DAY_LENGTH - timedelta(minutes=1))
        yield start.wall.date(), start, spent
        if until >= end.instant:
            return
        start = Moment.at_instant(until, start.zone)
