"""Read the schedule.json of frab, pentabarf and pretalx, whose shape other formats are turned into.

    {"conference": {…, "days": [{"date": …, "rooms": {name: [event, …]}}]}}

One reader thus serves all dialects. The key `LINE` holds the line of an event in XML, set by
xml_reader.py; the room `NOWHERE` holds the events that are in no room's list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import chain
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from ....source.problem import quoted
from ...foreign import clean, prose, when
from ...foreign.model import (
    Doubt,
    Foreign,
    ForeignPerson,
    ForeignRoom,
    ForeignSession,
    ForeignTrack,
    gathered,
    unknown_fields,
)
from ...foreign.tree import Json, listed, mapping, text
from ...model import Link, SessionTexts
from ..notes import reader as own
from ..notes.writer import NAME

LINE, NOTES = "\0line", "\0notes"
NOWHERE = ""

TEXTS = (
    "room", "title", "subtitle", "type", "date", "start", "duration", "abstract", "track", "slug",
    "language", "description", "url", "feedback_url", "origin_url", "logo", "video_download_url",
)  # fmt: skip

KNOWN = {
    *TEXTS, "guid", "id", "code", "persons", "links", "attachments", "recording", "end", "tag",
    "video", "do_not_record", "do_not_stream", "recording_license", "answers", "status", LINE,
    NOTES,
}  # fmt: skip
"""The keys of an event that are read; all others become extra."""

EXTRA = (
    "type", "slug", "logo", "feedback_url", "origin_url", "video_download_url", "recording_license",
    "do_not_record", "do_not_stream", "code", "id",
)  # fmt: skip
"""Keys without a field in Hallway's files, whose values are stored by their names."""

ADDRESSES = {"logo", "feedback_url", "origin_url", "video_download_url"}

Facts = Mapping[str, Any]


def read_json(schedule: Facts) -> Foreign:
    """Return the schedule of a schedule.json, version 1."""
    conference = mapping(schedule.get("conference"))
    facts = {**conference, "base_url": schedule.get("base_url") or conference.get("base_url")}
    meta = mapping(mapping(conference.get("meta")).get(NAME))
    reading = _Reading("schedule.json", notes=mapping(meta.get("sessions")))
    return reading.read({**facts, NOTES: mapping(meta.get("programme"))})


def read_events(facts: Facts, *, format: str) -> Foreign:
    """Return the schedule of a conference in that shape, which another reader made."""
    return _Reading(format).read(facts)


class _Reading(Struct):
    """A single reading of a conference, with the rooms, people and doubts that it collects."""

    format: str
    rooms: dict[str, ForeignRoom] = field(default_factory=dict)
    people: dict[str, ForeignPerson] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    base: str = ""
    unknown: dict[str, int] = field(default_factory=dict)
    notes: Facts = field(default_factory=dict)
    """Hallway's own notes on sessions, by guid."""

    def read(self, facts: Facts) -> Foreign:
        self.base = clean.web_address(facts.get("base_url"))
        for room in listed(facts.get("rooms")):
            self._room(mapping(room))
        notes = mapping(facts.get(NOTES))
        self.people |= {person.name: person for person in own.people(notes)}
        days = listed(facts.get("days"))
        change = when.clock(facts.get("day_change"))
        timed = (session for day in days for session in self._day(mapping(day), change))
        sessions = gathered(chain(timed, own.untimed(notes)))
        self.rooms |= {r.name: replace(r, guid=self._guid(r)) for r in own.rooms(notes)}
        dates = [found for day in days if (found := when.day(mapping(day).get("date")))]
        first, last = when.day(facts.get("start")), when.day(facts.get("end"))
        self._told(dates, first, last)
        return Foreign(
            format=self.format,
            title=clean.title(text(facts.get("title"))),
            summary=clean.title(text(facts.get("subtitle") or facts.get("description"))),
            zone=clean.one_line(text(facts.get("time_zone_name"))),
            first_day=min(dates, default=first),
            last_day=max(dates, default=last),
            venue=clean.title(text(facts.get("venue"))),
            city=clean.title(text(facts.get("city"))),
            url=clean.web_address(facts.get("url")) or self.base,
            rooms=tuple(self.rooms.values()),
            tracks=_tracks(facts, notes),
            people=tuple(self.people.values()),
            sessions=sessions,
            languages=own.languages(notes),
            breaks=own.breaks(notes),
            strict=notes.get("strict") is True,
            titles=own.titles(notes),
            doubts=tuple(self.doubts),
        )

    def _told(self, dates: list[date], first: date | None, last: date | None) -> None:
        """Report contradictions between the conference and its days, and the unknown fields."""
        if dates and last and last != max(dates):
            found = f"{last} as the conference's end, while its last day is {max(dates)}"
            self.doubts.append(Doubt(0, found, "the days are believed"))
        if dates and first and first != min(dates):
            found = f"{first} as the conference's start, while its first day is {min(dates)}"
            self.doubts.append(Doubt(0, found, "the days are believed"))
        self.doubts += unknown_fields(self.unknown)

    def _room(self, facts: Facts) -> None:
        name = clean.title(text(facts.get("name")))
        if name:
            self.rooms[name] = ForeignRoom(
                name=name,
                guid=clean.uuid(facts.get("guid")),
                note=clean.title(text(facts.get("description"))),
                capacity=clean.capacity(facts.get("capacity")),
            )

    def _guid(self, room: ForeignRoom) -> str:
        known = self.rooms.get(room.name)
        return known.guid if known else ""

    def _day(self, facts: Facts, change: timedelta | None) -> Iterator[ForeignSession]:
        day = when.day(facts.get("date"))
        begins = when.instant(facts.get("day_start"))
        if change is None and begins and begins.date() == day:
            change = timedelta(hours=begins.hour, minutes=begins.minute)
        rooms = facts.get("rooms")
        guids = mapping(facts.get("guids"))
        for room, events in rooms.items() if isinstance(rooms, dict) else _pairs(rooms):
            name = clean.title(room)
            if name and name not in self.rooms:
                self._room({"name": name, "guid": guids.get(room)})
            for event in listed(events):
                yield self._session(mapping(event), name, day, change)

    def _session(
        self, facts: Facts, room: str, day: date | None, change: timedelta | None
    ) -> ForeignSession:
        line = facts.get(LINE, 0)
        about = clean.title(text(facts.get("title")))
        session = ForeignSession(
            line=line,
            number=clean.identifier(facts.get("code")) or clean.identifier(facts.get("id")),
            title=about,
            day=day,
            start=self._start(facts, day, change, about),
            length=self._length(facts, about),
            rooms=self._rooms(facts, room, about),
            track=clean.title(text(facts.get("track"))),
            kind=clean.title(text(facts.get("type"))),
            status=clean.one_line(text(facts.get("status"))).lower(),
            language=clean.language(text(facts.get("language"))),
            speakers=tuple(dict.fromkeys(self._people(facts))),
            texts=self._texts(facts),
            description=clean.visible(text(facts.get("description"))),
        )
        notes = mapping(facts.get(NOTES)) or mapping(self.notes.get(session.texts.guid))
        return own.with_notes(session, notes)

    def _texts(self, facts: Facts) -> SessionTexts:
        slides, links = self._links(facts)
        guid = clean.uuid(facts.get("guid"))
        return SessionTexts(
            abstract=prose.plain(text(facts.get("abstract"))),
            slides=slides,
            recording=clean.web_address(facts.get("recording")),
            links=links,
            subtitle=clean.title(text(facts.get("subtitle"))),
            url=clean.web_address(facts.get("url"), base=self.base),
            guid=guid,
            uid="" if guid else clean.identifier(facts.get("guid")),
            extra=tuple(self._extra(facts)),
        )

    def _start(self, facts: Facts, day: date | None, change: timedelta | None, about: str) -> Any:
        clock, given = when.clock(facts.get("start")), when.instant(facts.get("date"))
        if given:
            wall = timedelta(hours=given.hour, minutes=given.minute)
            if clock is not None and clock % timedelta(days=1) != wall:
                found = f"the start {facts['start']} of {quoted(about)}, dated {given.isoformat()}"
                self.doubts.append(Doubt(facts.get(LINE, 0), found, "the date is believed"))
            return given
        dated = when.day(facts.get("date"))
        if clock is None or not (dated or day):
            return None
        if not dated and change and clock < change:
            clock += timedelta(days=1)
        return when.at(dated or day, clock)  # type: ignore[arg-type]

    def _length(self, facts: Facts, about: str) -> timedelta | None:
        given = facts.get("duration")
        length = when.length(given)
        if length is None and text(given).strip():
            found = f"the length {quoted(text(given))} of {quoted(about)}"
            self.doubts.append(Doubt(facts.get(LINE, 0), found, "left open"))
        return length

    def _rooms(self, facts: Facts, parent: str, about: str) -> tuple[str, ...]:
        named = clean.title(text(facts.get("room")))
        if named and parent and named != parent:
            listed_in = f"which is listed in {quoted(parent)}"
            found = f"the room {quoted(named)} of {quoted(about)}, {listed_in}"
            self.doubts.append(Doubt(facts.get(LINE, 0), found, "the list is believed"))
        name = parent or named
        if name and name not in self.rooms:
            self._room({"name": name})
        return (name,) if name else ()

    def _people(self, facts: Facts) -> Iterator[str]:
        for person in map(mapping, listed(facts.get("persons"))):
            full = text(person.get("public_name")) or text(person.get("name"))
            name = clean.name(full)
            if not name:
                continue
            life = clean.visible(text(person.get("biography") or person.get("description")))
            links = tuple(self._link_list(listed(person.get("links"))))
            known = self.people.get(name)
            if not known or (life and not known.text):
                self.people[name] = ForeignPerson(name=name, text=life, links=links)
            yield name

    def _links(self, facts: Facts) -> tuple[str, tuple[Link, ...]]:
        """Return the address of the slides, and all other links and attachments."""
        slides, links = "", []
        files = [*listed(facts.get("links")), *listed(facts.get("attachments"))]
        for each, link in zip(files, self._each_link(files), strict=True):
            if not link:
                continue
            if text(mapping(each).get("type")).lower() == "slides" and not slides:
                slides = link.url
            else:
                links.append(link)
        return slides, tuple(dict.fromkeys(links))

    def _link_list(self, links: Iterable[Json]) -> Iterator[Link]:
        return (link for link in self._each_link(links) if link)

    def _each_link(self, links: Iterable[Json]) -> Iterator[Link | None]:
        for each in links:
            facts = mapping(each)
            url = clean.web_address(facts.get("url") or facts.get("href"), base=self.base)
            label = clean.title(text(facts.get("title") or facts.get("service"))) or url
            yield Link(label, url) if url else None

    def _extra(self, facts: Facts) -> Iterator[tuple[str, str]]:
        named = {**facts, "slug": facts.get("slug") or facts.get("tag")}
        named["id"] = facts.get("id") if clean.identifier(facts.get("code")) else None
        for name in EXTRA:
            word = _word(named.get(name))
            word = clean.web_address(word, base=self.base) if name in ADDRESSES else word
            if word and word != "false":
                yield name, word
        for name, value in facts.items():
            if name not in KNOWN and (word := _word(value)) and clean.is_public(name, word):
                self.unknown[name] = self.unknown.get(name, 0) + 1
                yield clean.one_line(name), word


def _word(value: object) -> str:
    """Return a short value as a text; empty for a list or an object."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return clean.title(str(value)) if isinstance(value, str | int | float) else ""


def _tracks(facts: Facts, notes: Facts) -> tuple[ForeignTrack, ...]:
    names = (clean.title(text(mapping(track).get("name"))) for track in listed(facts.get("tracks")))
    known = {track.name: track for track in own.tracks(notes)}
    return tuple(known.get(name, ForeignTrack(name=name)) for name in dict.fromkeys(names) if name)


def _pairs(value: object) -> list[tuple[str, Any]]:
    """Return the pairs of a list of pairs: days from XML have them, as a room may occur twice."""
    return [pair for pair in listed(value) if isinstance(pair, tuple)]
