"""Turns a settled schedule into the fields of Hallway's own files (lines.py writes them).

index.md            title, dates, zone, venue, summary           only those that are known
schedule.yaml       rooms, tracks, and each session as a mapping below its day
talks/<id>.md       the long text of a session
speakers/<id>.md    the facts about a speaker, if there are any
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta

from msgspec import Struct, field

from ...source.marked import MOST_NODES, Plain
from ...source.slug import is_reserved, slugify
from ..foreign import prose
from ..foreign.model import (
    Foreign,
    ForeignPerson,
    ForeignRoom,
    ForeignTrack,
    RefusedError,
    Settled,
    SettledProgramme,
)
from ..foreign.settle import LATEST
from ..model import Link, Moment, SessionTexts
from ..parsing.items import EVERY_ROOM
from ..parsing.names import folded
from ..parsing.times import DAY_LENGTH
from ..words import is_twice
from .lines import BODY, DAY, Fields, block, entry, item, scalar, without_empty

MOST_KEY = 300
"""The largest number of characters of a key; YAML allows 1,024 (YAML 1.1, section 9.2.1)."""


PLACED = frozenset(
    {"subtitle", "abstract", "slides", "recording", "links", "group", "note", "extra"}
)
"""Fields of a session's texts that have their own place among the keys of an item."""

PLAIN = tuple(name for name in SessionTexts.__struct_fields__ if name not in PLACED)


class Texts(Struct, frozen=True):
    """The fields of an event's files, before they are written."""

    index: Fields
    rooms: Mapping[str, Fields]
    """The rooms by id."""
    tracks: Mapping[str, Fields]
    sessions: Mapping[str, Fields]
    """The sessions by id, in order; `DAY` is among the fields."""
    talks: Mapping[str, Fields]
    speakers: Mapping[str, Fields]
    keys: Mapping[str, str] = field(default_factory=dict)
    """The id of each session by its key in the other system."""
    head: Fields = field(default_factory=dict)
    """The fields above rooms and tracks."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """The titles of days, by ISO date."""


def texts_of(programme: SettledProgramme, *, title: str) -> Texts:
    """Return the fields of all files; `title` is for a file that names none.

    Raises `RefusedError` when their schedule.yaml would be too large to be read back.
    """
    sessions = {session.id: _session(session) for session in programme.sessions}
    if _count(list(sessions.values())) > MOST_NODES:
        raise RefusedError(f"a programme of more than {MOST_NODES:,} names, times and texts")
    said: set[tuple[str, frozenset[str]]] = set()
    talks = {
        s.id: _talk(s) for s in programme.sessions if s.said.description and _is_first(s, said)
    }
    people = programme.people.items()
    return Texts(
        index=_index(programme, title),
        rooms={id: _room(id, room) for id, room in programme.rooms.items()},
        tracks={id: _track(id, track) for id, track in programme.tracks.items()},
        sessions=sessions,
        talks=talks,
        speakers={id: _person(person) for id, person in people if _has_file(id, person)},
        keys={session.key: session.id for session in programme.sessions},
        head=_head(programme.foreign),
        titles={str(day): title for day, title in programme.foreign.titles.items()},
    )


def _count(value: Plain) -> int:
    """Return the number of values in a value, itself included."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(_count, inner))


def _is_first(session: Settled, said: set[tuple[str, frozenset[str]]]) -> bool:
    """Return whether no earlier session gives the same talk, since both would share one file."""
    talk = folded(session.said.title), frozenset(map(folded, session.said.speakers))
    is_known = bool(session.said.speakers) and talk in said
    said.add(talk)
    return not is_known


def _index(programme: SettledProgramme, title: str) -> Fields:
    foreign, first, last = programme.foreign, programme.first_day, programme.last_day
    place = {"name": foreign.venue, "city": foreign.city if foreign.venue else ""}
    return without_empty(
        {
            "title": foreign.title or title,
            "summary": foreign.summary,
            "dates": f"{first} to {last}" if first != last else f"{first}",
            "zone": programme.zone,
            "venue": without_empty(place),
        }
    )


def _head(foreign: Foreign) -> Fields:
    return without_empty(
        {
            "languages": list(foreign.languages),
            "breaks": list(foreign.breaks),
            "strict": "true" if foreign.strict else "",
        }
    )


def _room(id: str, room: ForeignRoom) -> Fields:
    capacity = str(room.capacity) if room.capacity else ""
    own = id if id != slugify(room.name) else ""
    return without_empty(
        {
            "name": room.name,
            "id": own,
            "capacity": capacity,
            "note": room.note,
            "shared": "true" if room.is_shared else "",
            "guid": room.guid,
        }
    )


def _track(id: str, track: ForeignTrack) -> Fields:
    own = id if id != slugify(track.name) else ""
    return without_empty({"name": track.name, "id": own, "summary": track.summary})


def _session(session: Settled) -> Fields:
    said, texts, own = session.said, session.said.texts, dict(session.said.own)
    is_everywhere = any(room.casefold() in EVERY_ROOM for room in said.rooms)
    return without_empty(
        {
            DAY: f"{session.day}",
            "id": session.id,
            "title": said.title,
            "repeat of": own.get("repeat of") or session.repeat_of,
            "subtitle": texts.subtitle,
            "time": _time(session),
            "speakers": list(filter(None, said.speakers)),
            "rooms": ["all rooms"] if is_everywhere else list(filter(None, said.rooms)),
            "track": said.track,
            "kind": str(session.kind or ""),
            "status": said.status,
            "language": said.language,
            "abstract": texts.abstract,
            "slides": texts.slides,
            "recording": texts.recording,
            "links": _links(texts.links),
            "was": own.get("was", ""),
            "group": texts.group,
            "note": texts.note,
            "shared": own.get("shared", ""),
            **{name: getattr(texts, name) for name in PLAIN},
            "extra": without_empty({_key(name): text for name, text in texts.extra}),
        }
    )


def _time(session: Settled) -> str:
    """Return a session's time: `10:00-10:45`, `25:30 90m`, or `10:00` alone."""
    start, midnight = session.start, datetime.combine(session.day, time())
    if not start:
        return ""
    began = _clock(start.wall - midnight) + _which(start)
    if not session.length:
        return began
    end = start.plus(session.length)
    is_plain = end.offset == start.offset and end.wall - midnight < LATEST and not _which(start)
    if is_plain and end.wall > start.wall:
        return f"{began}-{_clock(end.wall - midnight)}"
    minutes = int(session.length / timedelta(minutes=1))
    return f"{began} {minutes}m" if timedelta() < session.length < DAY_LENGTH and minutes else began


def _clock(after: timedelta) -> str:
    minutes = int(after / timedelta(minutes=1))
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _which(moment: Moment) -> str:
    if not is_twice(moment):
        return ""
    first = Moment.at_wall(moment.wall, moment.zone)
    return " (first)" if first.offset == moment.offset else " (second)"


def _links(links: Iterable[Link]) -> Fields:
    """Return the addresses by label; a repeated label gets a number."""
    found: Fields = {}
    last = Counter[str]()
    for link in dict.fromkeys(links):
        own = label = _key(link.label)
        while label in found:
            last[own] += 1
            label = f"{own} {last[own] + 1}"
        found[label] = link.url
    return found


def _key(words: str) -> str:
    """Return words that may be a YAML key, cut to `MOST_KEY` characters."""
    return words if len(words) <= MOST_KEY else f"{words[: MOST_KEY - 1]}…"


def _talk(session: Settled) -> Fields:
    return {"title": session.said.title, BODY: prose.markdown(session.said.description)}


def _has_file(id: str, person: ForeignPerson) -> bool:
    """Return whether a person needs a file: there are facts, or the name's slug is reserved."""
    about = person.text or person.affiliation or person.pronouns or person.links
    return bool(about) or (id != slugify(person.name) and is_reserved(slugify(person.name)))


def _person(person: ForeignPerson) -> Fields:
    return without_empty(
        {
            "title": person.name,
            "affiliation": person.affiliation,
            "pronouns": person.pronouns,
            "links": _links(person.links),
            BODY: prose.markdown(person.text),
        }
    )


def whole_schedule(texts: Texts, *, people: Sequence[str] = ()) -> str:
    """Return a new schedule.yaml; `people` are lines that declare speakers without files."""
    head = [line for key, value in texts.head.items() for line in entry(key, value)]
    parts = [*head, *block("rooms", texts.rooms), *block("tracks", texts.tracks), *people]
    day = ""
    for fields in texts.sessions.values():
        if fields[DAY] != day:
            day = str(fields[DAY])
            title = _key(texts.titles.get(day, ""))
            parts += [*([""] if parts else []), f"{scalar(f'{day} {title}'.strip())}:"]
        parts += item(fields)
    return "\n".join(parts) + "\n"
