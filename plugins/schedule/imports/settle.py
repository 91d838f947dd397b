"""What a file says becomes a programme of ours: one zone, distinct ids, days, and doubts told.

    zone   the one asked for / the one that the file names / that of its offsets / UTC
    id     the one of the last import / the file's own, as in an address / the title's
    day    the one that the file files it under, if its time is in that day or the night after it

An instant is believed before a zone, and a zone before nothing. Nothing is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from ...core.problem import quoted
from ...core.schema import LANGUAGE, SLUG
from ...core.slug import slugify
from ..ids import Wish, distinct_ids
from ..items import EVERY_ROOM
from ..model import Kind, Moment, Status
from ..times import DAY_LENGTH, is_skipped
from .limits import within_limits
from .model import (
    Doubt,
    Foreign,
    ForeignPerson,
    ForeignRoom,
    ForeignSession,
    ForeignTrack,
    RefusedError,
    gathered,
)
from .zones import known_zone

LATEST = timedelta(hours=48)
"""How far from a day's midnight a time of that day may be."""

MOST_DAYS = 31
"""Over how many days one session is spread at most."""

T = TypeVar("T")

UNTITLED = "Untitled"

KINDS = {
    "workshop": Kind.WORKSHOP, "tutorial": Kind.WORKSHOP, "training": Kind.WORKSHOP,
    "keynote": Kind.KEYNOTE, "panel": Kind.PANEL, "panel discussion": Kind.PANEL,
    "break": Kind.BREAK, "lunch": Kind.BREAK, "coffee": Kind.BREAK, "coffee break": Kind.BREAK,
    "social": Kind.SOCIAL, "party": Kind.SOCIAL, "social event": Kind.SOCIAL,
    "meeting": Kind.MEETING, "bof": Kind.MEETING, "meetup": Kind.MEETING,
}  # fmt: skip
"""What other systems call a kind of ours; any other word is a talk, and kept as extra data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """One session with an id, a day and a moment; `said` holds everything else."""

    id: str
    key: str
    """What it is known by over there; distinct."""
    day: date
    start: Moment | None
    length: timedelta | None
    said: ForeignSession
    kind: Kind | None
    repeat_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledProgramme:
    """A whole file, with everything that is odd about it."""

    foreign: Foreign
    zone: str
    first_day: date
    last_day: date
    rooms: Mapping[str, ForeignRoom]
    """By id."""
    tracks: Mapping[str, ForeignTrack]
    people: Mapping[str, ForeignPerson]
    sessions: Sequence[Settled]
    doubts: Sequence[Doubt] = field(default=())


def settle(
    foreign: Foreign, *, zone: str = "", ids: Mapping[str, str] | None = None
) -> SettledProgramme:
    """The programme in that zone, or in the one that the file is in; `ids` are known by key."""
    doubts = list(foreign.doubts)
    foreign = within_limits(foreign, doubts)
    first = _first_day(foreign)
    zone = zone or _zone(foreign, doubts)
    placed = [_placed(session, zone, first, doubts) for session in foreign.sessions]
    placed.sort(key=_order)
    named = _with_ids(placed, ids or {}, doubts)
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
        rooms=_rooms(foreign),
        tracks=_tracks(foreign),
        people=_people(foreign),
        sessions=sessions,
        doubts=doubts,
    )


def _first_day(foreign: Foreign) -> date:
    """The first day that is known, for what has none."""
    starts = (session.start.date() for session in foreign.sessions if session.start)
    days = (session.day for session in foreign.sessions if session.day)
    first = min([*starts, *days], default=foreign.first_day)
    if not first:
        raise RefusedError(f"{foreign.format} in which no session has a day")
    return first


def _order(session: Settled) -> tuple[date, datetime]:
    """By day and start; what has no time comes first."""
    start = session.start.instant if session.start else datetime.min.replace(tzinfo=UTC)
    return session.day, start


def _zone(foreign: Foreign, doubts: list[Doubt]) -> str:
    """The zone of the file's times; what speaks against it is a doubt."""
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
        found = f"the offset {_shown(common)} of all sessions, which is not that of {named}"
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
    """Whether no start has the offset of the zone, though all have one and it is not UTC's."""
    starts = [session.start for session in sessions if session.start]
    aware = [start for start in starts if start.tzinfo]
    return bool(aware) and len(aware) == len(starts) and all(_disagrees(s, zone) for s in aware)


def _disagrees(start: datetime, zone: str) -> bool:
    return bool(start.utcoffset()) and Moment.at_instant(start, zone).offset != start.utcoffset()


def _fixed_zone(offset: timedelta) -> str:
    """The zone that is always that far from UTC; in its name, signs are the other way round."""
    hours, rest = divmod(offset, timedelta(hours=1))
    if rest or not -12 <= hours <= 14 or not hours:
        return "UTC"
    return f"Etc/GMT{'-' if hours > 0 else '+'}{abs(hours)}"


def _shown(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _placed(session: ForeignSession, zone: str, first: date, doubts: list[Doubt]) -> Settled:
    """The session at its moment; it has no id yet."""
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
        key=session.guid or session.uid or session.number,
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
        if _disagrees(start, zone) and not session.zone:
            offset = _shown(start.utcoffset() or timedelta())
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
    """The day that it is filed under."""
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
    """The session; what of its words is no word of ours is extra data."""
    extra = dict(session.extra)
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
    return replace(session, language=language, status=status, extra=tuple(extra.items()))


def _with_ids(
    placed: Sequence[Settled], known: Mapping[str, str], doubts: list[Doubt]
) -> list[Settled]:
    """The sessions with ids and keys that none shares with another; known ones keep theirs."""
    for word, told in (("guid", "guid"), ("uid", "UID"), ("number", "id")):
        _tell_twice(placed, word, told, doubts)
    keyed = _with_keys(placed)
    order = sorted(range(len(keyed)), key=lambda number: keyed[number].key not in known)
    wishes = [_wish(keyed[number], known) for number in order]
    ids = dict(zip(order, distinct_ids(wishes, word="session"), strict=True))
    return [replace(each, id=ids[number]) for number, each in enumerate(keyed)]


def _wish(session: Settled, known: Mapping[str, str]) -> Wish:
    own = known.get(session.key) or safe_id(session.said.number)
    return Wish(own, safe_id(session.said.title))


def safe_id(words: str) -> str:
    """The words as a part of an address, without signs that some scripts write around letters."""
    id = "".join(c for c in slugify(words) if c.isalnum() or c in "-_.~")
    return id if SLUG.fullmatch(id) else ""


def _tell_twice(placed: Iterable[Settled], word: str, told: str, doubts: list[Doubt]) -> None:
    """Puts down every id that an earlier session has already."""
    seen: dict[str, ForeignSession] = {}
    for each in placed:
        said = each.said
        value: str = getattr(said, word)
        if value and value in seen:
            first = seen[value]
            where = f" (line {first.line})" if first.line else ""
            found = f"the {told} {quoted(value)} of {quoted(said.title)}"
            found += f", which {quoted(first.title)}{where} has already"
            doubts.append(Doubt(said.line, found, "both are kept, the second under one of its own"))
        elif value:
            seen[value] = said


def _with_keys(placed: Iterable[Settled]) -> list[Settled]:
    """The sessions with keys, guids and UIDs that are each there once."""
    keys, marks, found = Counter[str](), set[str](), list[Settled]()
    for each in placed:
        said = each.said
        key = each.key or f"title {slugify(said.title)}"
        keys[key] += 1
        own = replace(
            said,
            guid="" if said.guid in marks else said.guid,
            uid="" if said.uid in marks else said.uid,
        )
        marks |= {said.guid, said.uid}
        distinct = key if keys[key] == 1 else f"{key} {keys[key]}"
        found.append(replace(each, key=distinct, said=own))
    return found


def _split(session: Settled, doubts: list[Doubt]) -> Iterator[Settled]:
    """A session of 24 hours or more as one for each of its days, which apps can read."""
    is_day = not session.start and session.length == DAY_LENGTH
    if session.length is None or session.length < DAY_LENGTH or is_day:
        yield session
        return
    title, hours = quoted(session.said.title), int(session.length / timedelta(hours=1))
    doubts.append(Doubt(session.said.line, f"the {hours} hours of {title}", "written once a day"))
    bare = replace(session.said, guid="", uid="", description="")
    first = session
    for number, (day, start, length) in enumerate(_days(session, session.length), 1):
        if number > 1:
            id, key = f"{first.id}-day-{number}", f"{first.key} day {number}"
            session = replace(first, id=id, key=key, said=bare, repeat_of=first.id)
        yield replace(session, day=day, start=start, length=length)


def _days(
    session: Settled, length: timedelta
) -> Iterator[tuple[date, Moment | None, timedelta | None]]:
    """The days that it lasts, with what of it is in each."""
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


def _rooms(foreign: Foreign) -> dict[str, ForeignRoom]:
    """All rooms that are described or used, by id, in order."""
    used = (ForeignRoom(name=name) for session in foreign.sessions for name in session.rooms)
    rooms = [room for room in (*foreign.rooms, *used) if room.name.casefold() not in EVERY_ROOM]
    return _by_id(rooms, lambda room: room.name, "room")


def _tracks(foreign: Foreign) -> dict[str, ForeignTrack]:
    used = (ForeignTrack(name=session.track) for session in foreign.sessions if session.track)
    return _by_id([*foreign.tracks, *used], lambda track: track.name, "track")


def _people(foreign: Foreign) -> dict[str, ForeignPerson]:
    used = (ForeignPerson(name=name) for session in foreign.sessions for name in session.speakers)
    described = [person for person in foreign.people if person.name]
    return _by_id([*described, *used], lambda person: person.name, "speaker")


def _by_id(things: Iterable[T], name: Callable[[T], str], word: str) -> dict[str, T]:
    """The things by id; those of one name are one, the first."""
    first: dict[str, T] = {}
    for thing in things:
        first.setdefault(folded(name(thing)), thing)
    wishes = [Wish("", safe_id(name(thing))) for thing in first.values()]
    ids = distinct_ids(wishes, word=word)
    return dict(zip(ids, first.values(), strict=True))


def folded(name: str) -> str:
    """A name as it is compared."""
    return " ".join(name.split()).casefold()
