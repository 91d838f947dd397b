"""Reads programmes and itineraries, and writes what was read as text, to compare it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from msgspec.structs import asdict

from plugins.schedule.model import (
    End,
    Event,
    EventFacts,
    Itinerary,
    Leg,
    Moment,
    Note,
    Programme,
    Session,
    Speaker,
    Stay,
    Talk,
    TalkFile,
)
from plugins.schedule.parsing.itinerary import parse_itinerary
from plugins.schedule.parsing.parse import parse_schedule
from plugins.source.problem import Problem, Source
from tests.cases import read_cases

CASES = Path(__file__).parent / "cases"
PATH = "schedule.yaml"

EVENT = EventFacts(
    event=Event(
        slug="fair",
        title="A fair",
        first_day=date(2026, 10, 24),
        last_day=date(2026, 10, 25),
        zone="Europe/Amsterdam",
    ),
    speakers=(Speaker("wanda-weft", "Wanda Weft", file="events/fair/speakers/wanda-weft.md"),),
    talks=(
        TalkFile(
            id="knots",
            title="Knots",
            path="events/fair/talks/knots.md",
            speakers=("Wanda Weft",),
            language="de",
            slides="knots.pdf",
        ),
    ),
)
"""What the cases of `event.md` are read with."""


def cases(name: str) -> list[object]:
    """The cases of a file of `cases/`."""
    return read_cases(CASES / name)


def schedule_text(text: str, *, event: EventFacts | None = None) -> str:
    """A programme and its problems, a line for each of its things."""
    programme, problems = parse_schedule(Source(PATH, text), event=event)
    return _joined([*_programme(programme), *_problems(problems)])


def itinerary_text(text: str) -> str:
    """An itinerary and its problems, a line for each of its things."""
    itinerary, problems = parse_itinerary(Source("trip.md", text))
    return _joined([*_itinerary(itinerary), *_problems(problems)])


def programme_of(text: str) -> Programme:
    """The programme of a text that has no problems."""
    programme, problems = parse_schedule(Source(PATH, text))
    assert not problems, _joined(_problems(problems))
    return programme


def session_line(session: Session) -> str:
    """All that is known of a session and is not what one would assume."""
    words = [
        session.id,
        f"“{session.title}”" if session.title else "(no title)",
        _span(session.start, session.end),
        str(session.kind) if session.kind != "talk" else "",
        str(session.status) if session.status != "confirmed" else "",
        *_where(session),
        *(f"by {speaker}" for speaker in session.speakers),
        f"track {session.track}" if session.track else "",
        f"in {session.language}" if session.language else "",
        f"of “{session.texts.group}”" if session.texts.group else "",
        f"again {session.repeat_of}" if session.repeat_of else "",
        *_origin(session),
        *_texts(session),
    ]
    return " · ".join(word for word in words if word)


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(line.rstrip() for line in lines)


def _programme(programme: Programme) -> Iterator[str]:
    if programme.zone:
        yield f"zone {programme.zone}{' · strict' if programme.strict else ''}"
    for room in programme.rooms:
        facts = [room.note, f"for {room.capacity}" if room.capacity else ""]
        facts += ["shared" if room.is_shared else ""]
        yield " · ".join([f"room {room.id} {room.name}", *filter(None, facts)])
    for track in programme.tracks:
        yield f"track {track.id} {track.name} {track.summary}"
    for speaker in programme.speakers:
        facts = [speaker.affiliation, speaker.pronouns, speaker.summary, speaker.file]
        facts += [f"{link.label}={link.url}" for link in speaker.links]
        yield " · ".join([f"speaker {speaker.id} {speaker.name}", *filter(None, facts)])
    for day in programme.days:
        yield f"{day.date} {day.title}"
        yield from (f"  {session_line(session)}" for session in day.sessions)


def _where(session: Session) -> Iterator[str]:
    yield from (f"@{room}" for room in session.rooms)
    if session.is_everywhere:
        yield "@everywhere"
    if session.shares_room:
        yield "shared"


def _origin(session: Session) -> Iterator[str]:
    if session.origin:
        start = session.origin.start
        rooms = [f"@{room}" for room in session.origin.rooms]
        yield " ".join(["was", *([f"{start.wall:%d %H:%M}"] if start else []), *rooms])


def _texts(session: Session) -> Iterator[str]:
    known = {**asdict(session.texts), "file": session.file}
    for key in ("abstract", "note", "slides", "recording", "file"):
        if known[key]:
            yield f"{key}={known[key]}"
    yield from (f"{link.label}={link.url}" for link in session.texts.links)


def _span(start: Moment | None, end: Moment | None) -> str:
    if not start:
        return ""
    return f"{_moment(start)} → {_moment(end)}" if end else _moment(start)


def _moment(moment: Moment) -> str:
    return f"{moment.wall:%d %H:%M} {moment.abbreviation}"


def _itinerary(itinerary: Itinerary) -> Iterator[str]:
    if itinerary.zone:
        yield f"zone {itinerary.zone}"
    for day, entries in itinerary.by_day():
        yield f"{day}"
        yield from (f"  {_entry(entry)}" for entry in entries)


def _entry(entry: Leg | Stay | Talk | Note) -> str:
    words = [
        f"{type(entry).__name__.lower()} {entry.id}",
        f"“{entry.title}”",
        "" if isinstance(entry, Leg) else _span(entry.start, entry.end),
        *_own(entry),
        str(entry.status) if entry.status != "confirmed" else "",
        f"note={entry.note}" if entry.note else "",
    ]
    return " · ".join(word for word in words if word)


def _own(entry: Leg | Stay | Talk | Note) -> list[str]:
    match entry:
        case Leg():
            return [_leg_end(entry.departure), _leg_end(entry.arrival)]
        case Stay():
            return [f"until {entry.until}" if entry.until else ""]
        case Talk():
            return [f"event {entry.event}/{entry.session}" if entry.event else "", entry.where]
        case Note():
            return [entry.where]


def _leg_end(end: End) -> str:
    return " ".join([end.place, end.zone, _moment(end.moment) if end.moment else "some time"])


def _problems(problems: Iterable[Problem]) -> Iterator[str]:
    return (str(problem) for problem in problems)
