"""A settled programme as the texts of our own files: values by file, and YAML that holds them.

    index.md            title, dates, zone, venue                        only what the file says
    schedule.yaml       rooms, tracks, and each session as a mapping below its day
    talks/<id>.md       the long text of a session
    speakers/<id>.md    what is said of a speaker, if anything is

Every value is a text, a list or a mapping of texts; YAML is written so that it reads back as them.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from ...core.marked import MOST_NODES, Plain
from ...core.slug import slugify
from ..items import EVERY_ROOM
from ..model import Link, Moment
from ..times import DAY_LENGTH
from ..words import is_twice
from . import prose
from .model import Foreign, ForeignPerson, ForeignRoom, ForeignTrack, RefusedError
from .settle import LATEST, Settled, SettledProgramme, folded

Fields = dict[str, Plain]

BODY = "text"
"""The field that stands for what is below the front matter of a file."""

DAY = "day"
"""The field that stands for the day that an item is written under."""

MOST_LINE = 90

MOST_KEY = 300
"""Characters of a key; in quotes, YAML ends one at 1,024 (YAML 1.1, section 9.2.1)."""

# Matches `Saal 1`, `10:00-10:45`, `It's on`; not `a: b`, `- x`, `x #y`, `null`, `[x]`, `a, b`.
BARE = re.compile(
    r"(?!(?:null|NULL|Null)$)[^\W_](?:[\w.;()/+'&@!?%=~–—“”„’…-]|\ (?!\ |$)|(?<=\d):(?=\d))*"
)


@dataclass(frozen=True, slots=True)
class Texts:
    """What the files of an event say, before it is written."""

    index: Fields
    rooms: dict[str, Fields]
    """By id."""
    tracks: dict[str, Fields]
    sessions: dict[str, Fields]
    """By id, in order; `DAY` is among the fields."""
    talks: dict[str, Fields]
    speakers: dict[str, Fields]
    keys: dict[str, str] = field(default_factory=dict)
    """The id of each session by what it is known by over there."""
    head: Fields = field(default_factory=dict)
    """What stands above rooms and tracks."""
    titles: dict[str, str] = field(default_factory=dict)
    """What days are called, by ISO date."""


def texts_of(programme: SettledProgramme, *, title: str) -> Texts:
    """The fields of all files; `title` is for a file that names none.

    Raises `RefusedError` when a schedule.yaml of them would be larger than can be read back.
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
        speakers={id: _person(person) for id, person in people if _is_described(person)},
        keys={session.key: session.id for session in programme.sessions},
        head=_head(programme.foreign),
        titles={str(day): title for day, title in programme.foreign.titles.items()},
    )


def _count(value: Plain) -> int:
    """How many values there are in a value, itself among them."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(_count, inner))


def _is_first(session: Settled, said: set[tuple[str, frozenset[str]]]) -> bool:
    """Whether no earlier session gives the same talk, whose file would be this one's too."""
    talk = folded(session.said.title), frozenset(map(folded, session.said.speakers))
    is_known = bool(session.said.speakers) and talk in said
    said.add(talk)
    return not is_known


def _index(programme: SettledProgramme, title: str) -> Fields:
    foreign, first, last = programme.foreign, programme.first_day, programme.last_day
    place = {"name": foreign.venue, "city": foreign.city if foreign.venue else ""}
    return _without_empty(
        {
            "title": foreign.title or title,
            "summary": foreign.summary,
            "dates": f"{first} to {last}" if first != last else f"{first}",
            "zone": programme.zone,
            "venue": _without_empty(place),
        }
    )


def _head(foreign: Foreign) -> Fields:
    return _without_empty(
        {
            "languages": list(foreign.languages),
            "breaks": list(foreign.breaks),
            "strict": "true" if foreign.strict else "",
        }
    )


def _room(id: str, room: ForeignRoom) -> Fields:
    capacity = str(room.capacity) if room.capacity else ""
    own = id if id != slugify(room.name) else ""
    return _without_empty(
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
    return _without_empty({"name": track.name, "id": own, "summary": track.summary})


def _session(session: Settled) -> Fields:
    said = session.said
    is_everywhere = any(room.casefold() in EVERY_ROOM for room in said.rooms)
    return _without_empty(
        {
            DAY: f"{session.day}",
            "id": session.id,
            "title": said.title,
            "repeat of": session.repeat_of,
            "subtitle": said.subtitle,
            "time": _time(session),
            "speakers": list(said.speakers),
            "rooms": ["all rooms"] if is_everywhere else list(said.rooms),
            "track": said.track,
            "kind": str(session.kind or ""),
            "status": said.status,
            "language": said.language,
            "abstract": said.abstract,
            "slides": said.slides,
            "recording": said.recording,
            "links": _links(said.links),
            **dict(said.own),
            "url": said.url,
            "guid": said.guid,
            "uid": said.uid,
            "extra": _without_empty({_key(name): text for name, text in said.extra}),
        }
    )


def _time(session: Settled) -> str:
    """Like `10:00-10:45`, `25:30 1h`, or `10:00` alone."""
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
    """Addresses by label; a label that comes again gets a number."""
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
    """Words that may stand before a colon."""
    return words if len(words) <= MOST_KEY else f"{words[: MOST_KEY - 1]}…"


def _talk(session: Settled) -> Fields:
    return {"title": session.said.title, BODY: prose.markdown(session.said.description)}


def _is_described(person: ForeignPerson) -> bool:
    return bool(person.text or person.affiliation or person.pronouns or person.links)


def _person(person: ForeignPerson) -> Fields:
    return _without_empty(
        {
            "title": person.name,
            "affiliation": person.affiliation,
            "pronouns": person.pronouns,
            "links": _links(person.links),
            BODY: prose.markdown(person.text),
        }
    )


def _without_empty(fields: Mapping[str, Plain]) -> Fields:
    return {key: value for key, value in fields.items() if value}


def whole_schedule(texts: Texts, *, people: Sequence[str] = ()) -> str:
    """A new schedule.yaml; `people` are lines that declare speakers, who else have files."""
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


def whole_file(fields: Fields) -> str:
    """A new Markdown file with its front matter."""
    head = [line for key, value in fields.items() if key != BODY for line in entry(key, value)]
    return "\n".join(["---", *head, "---", "", str(fields.get(BODY) or "")]).rstrip() + "\n"


def block(key: str, things: Mapping[str, Fields]) -> list[str]:
    """The declaration of rooms or tracks, a line for each."""
    filled = [_without_empty(thing) for thing in things.values()]
    lines = [f"  - {flow(thing if len(thing) > 1 else thing['name'])}" for thing in filled]
    return [f"{key}:", *lines] if lines else []


def item(fields: Mapping[str, Plain], *, indent: str = "  ") -> list[str]:
    """A session as an item of a day's list."""
    pairs = [(key, value) for key, value in fields.items() if key != DAY]
    lines = [line for key, value in pairs for line in entry(key, value)]
    return [
        f"{indent}{'- ' if n == 0 else '  '}{line}" if line else "" for n, line in enumerate(lines)
    ]


def entry(key: str, value: Plain) -> list[str]:
    """A key with its value, on as many lines as it takes."""
    if isinstance(value, str) and _is_block(value):
        return [f"{scalar(key)}: |-", *(f"  {line}" if line else "" for line in value.split("\n"))]
    line = f"{scalar(key)}: {flow(value)}"
    if isinstance(value, dict) and len(line) > MOST_LINE:
        inner = (part for k, v in value.items() for part in entry(k, v))
        return [f"{scalar(key)}:", *(f"  {part}" if part else "" for part in inner)]
    return [line]


def _is_block(text: str) -> bool:
    """Whether a text of several lines reads back the same from a block of them."""
    is_tidy = all(line == line.rstrip() for line in text.split("\n"))
    return "\n" in text and is_tidy and text == text.strip() and "\t" not in text


def flow(value: Plain) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return (
            "{" + ", ".join(f"{scalar(key)}: {flow(inner)}" for key, inner in value.items()) + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(flow(inner) for inner in value) + "]"
    return scalar(value) if isinstance(value, str) else "null"


def scalar(text: str) -> str:
    """A text as YAML reads it back: bare where that is safe, else in quotes."""
    return text if BARE.fullmatch(text) else json.dumps(text, ensure_ascii=False)
