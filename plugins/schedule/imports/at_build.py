"""Reads an event's schedule from another system's file at every build, without writing a copy.

The file becomes the text of a schedule.yaml in memory, which is parsed like any other: so both ways
lead to the same ids and the same checks. Problems name the file and the session's line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from msgspec.structs import replace

from ...source.problem import Place, Problem, Problems, Severity, Source
from ..foreign import prose
from ..foreign.model import Doubt, ForeignPerson, RefusedError, Settled, SettledProgramme
from ..foreign.settle import settle
from ..formats.detect import read_foreign
from ..model import EventFacts, Programme
from ..parsing.parse import parse_schedule
from .lines import Fields, block
from .texts import texts_of, whole_schedule


def read_at_build(path: str, data: bytes, facts: EventFacts, problems: Problems) -> Programme:
    """Return the schedule in the bytes of a file; doubts about it become warnings."""
    try:
        settled = settle(read_foreign(data), zone=facts.event.zone)
        whole = replace(settled, sessions=tuple(map(_with_whole_text, settled.sessions)))
        texts = texts_of(whole, title=facts.event.title)
    except RefusedError as refused:
        place, expected = Place(path, refused.line), "a conference's programme"
        problems.add(place, found=refused.found, expected=expected)
        return Programme(zone=facts.event.zone, speakers=facts.speakers)
    text = whole_schedule(texts, people=block("speakers", _people(settled)))
    found = Problems()
    programme = parse_schedule(Source(path, text), found, event=facts)
    lines = {session.id: session.said.line for session in settled.sessions}
    written = [(s.place.line, lines.get(s.id, 0)) for s in programme.sessions]
    problems += (_warning(path, doubt) for doubt in settled.doubts)
    problems += (_at_its_line(problem, sorted(written)) for problem in found)
    return _placed(programme, path, lines)


def _with_whole_text(session: Settled) -> Settled:
    """Return the session with its long text in its abstract, since it has no talk file."""
    said = session.said
    long, short = prose.plain(said.description), said.texts.abstract
    whole = long if short in long else f"{short}\n\n{long}".strip()
    texts = replace(said.texts, abstract=whole)
    return replace(session, said=replace(said, texts=texts, description=""))


def _people(settled: SettledProgramme) -> dict[str, Fields]:
    """Return the fields of all speakers, with their texts as summaries, by id."""
    return {id: _said_of(id, person) for id, person in settled.people.items()}


def _said_of(id: str, person: ForeignPerson) -> Fields:
    return {
        "name": person.name,
        "id": id,
        "affiliation": person.affiliation,
        "pronouns": person.pronouns,
        "summary": prose.plain(person.text),
        "links": {link.label: link.url for link in person.links},
    }


def _warning(path: str, doubt: Doubt) -> Problem:
    place = Place(path, doubt.line)
    return Problem(place, doubt.found, f"none ({doubt.done})", severity=Severity.WARNING)


def _at_its_line(problem: Problem, written: Sequence[tuple[int, int]]) -> Problem:
    """Return the problem at the line in the foreign file where its session begins."""
    number = bisect_right(written, (problem.place.line, 10**9)) - 1
    line = written[number][1] if number >= 0 else 0
    return replace(problem, place=Place(problem.place.path, line), excerpt="")


def _placed(programme: Programme, path: str, lines: dict[str, int]) -> Programme:
    """Return the schedule with the line of each session in the foreign file."""
    days = tuple(
        replace(
            day,
            sessions=tuple(replace(s, place=Place(path, lines.get(s.id, 0))) for s in day.sessions),
        )
        for day in programme.days
    )
    return replace(programme, days=days)
