"""A programme that is read from another system's file at every build, without a copy of its own.

The file becomes the text of a schedule.yaml in memory, and that is read as any other is: so both
ways lead to the same ids and the same checks. What is told names the file and the session's line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from msgspec.structs import replace

from ...source.problem import Place, Problem, Severity, Source
from ..foreign import prose
from ..foreign.model import Doubt, ForeignPerson, RefusedError, Settled, SettledProgramme
from ..foreign.settle import settle
from ..formats.detect import read_foreign
from ..model import EventFacts, Programme
from ..parsing.parse import parse_schedule
from .lines import Fields, block
from .texts import texts_of, whole_schedule


def read_at_build(path: str, data: bytes, facts: EventFacts) -> tuple[Programme, list[Problem]]:
    """The programme in the bytes of a file, and its problems; doubts are warnings."""
    try:
        settled = settle(read_foreign(data), zone=facts.event.zone)
        whole = replace(settled, sessions=tuple(map(_with_whole_text, settled.sessions)))
        texts = texts_of(whole, title=facts.event.title)
    except RefusedError as refused:
        place = Place(path, refused.line)
        nothing = Programme(zone=facts.event.zone, speakers=facts.speakers)
        return nothing, [Problem(place, refused.found, "a conference's programme")]
    text = whole_schedule(texts, people=block("speakers", _people(settled)))
    programme, problems = parse_schedule(Source(path, text), event=facts)
    lines = {session.id: session.said.line for session in settled.sessions}
    written = [(s.place.line, lines.get(s.id, 0)) for s in programme.sessions]
    told = [_at_its_line(problem, sorted(written)) for problem in problems]
    return _placed(programme, path, lines), [*(_warning(path, d) for d in settled.doubts), *told]


def _with_whole_text(session: Settled) -> Settled:
    """The session with its long text in its abstract, as there is no talk file to hold it."""
    said = session.said
    long, short = prose.plain(said.description), said.texts.abstract
    whole = long if short in long else f"{short}\n\n{long}".strip()
    texts = replace(said.texts, abstract=whole)
    return replace(session, said=replace(said, texts=texts, description=""))


def _people(settled: SettledProgramme) -> dict[str, Fields]:
    """Everybody, with what is said of them in a few words."""
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
    """The problem at the line of the foreign file that the session at its place begins in."""
    number = bisect_right(written, (problem.place.line, 10**9)) - 1
    line = written[number][1] if number >= 0 else 0
    return replace(problem, place=Place(problem.place.path, line), excerpt="")


def _placed(programme: Programme, path: str, lines: dict[str, int]) -> Programme:
    """The programme with each session at its line of the foreign file."""
    days = tuple(
        replace(
            day,
            sessions=tuple(replace(s, place=Place(path, lines.get(s.id, 0))) for s in day.sessions),
        )
        for day in programme.days
    )
    return replace(programme, days=days)
