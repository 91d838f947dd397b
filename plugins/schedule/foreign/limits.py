"""Cuts texts that are longer than a schedule needs, or reads them as plain text, and reports it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from ...source.problem import quoted
from . import clean, prose
from .model import Doubt, Foreign, ForeignPerson, ForeignSession

MOST_TEXT = 200_000
"""The largest number of characters of a long text."""


def within_limits(foreign: Foreign, doubts: list[Doubt]) -> Foreign:
    """Return the schedule with its texts within limits; add a doubt for each text that was cut."""
    sessions = tuple(_session(session, doubts) for session in foreign.sessions)
    people = tuple(_person(person, doubts) for person in foreign.people)
    return replace(foreign, sessions=sessions, people=people)


def _session(session: ForeignSession, doubts: list[Doubt]) -> ForeignSession:
    of = f"of {quoted(session.title)}"
    for text in filter(_is_cut, _lines(session)):
        found = f"a name or a title of over {clean.MOST_LINE:,} characters {of}"
        doubts.append(Doubt(session.line, found, f"cut: {quoted(text)}"))
    about = (session.texts.abstract, session.description)
    abstract, description = (_text(text, of, session.line, doubts) for text in about)
    texts = replace(session.texts, abstract=abstract)
    return replace(session, texts=texts, description=description)


def _person(person: ForeignPerson, doubts: list[Doubt]) -> ForeignPerson:
    return replace(person, text=_text(person.text, f"of {quoted(person.name)}", 0, doubts))


def _lines(session: ForeignSession) -> Iterator[str]:
    texts = session.texts
    yield from (session.title, texts.subtitle, session.track, *session.rooms, *session.speakers)
    yield from (text for _, text in (*texts.extra, *session.own))
    yield from (texts.group, texts.note)


def _is_cut(line: str) -> bool:
    return len(line) == clean.MOST_LINE and line.endswith(clean.CUT)


def _text(text: str, of: str, line: int, doubts: list[Doubt]) -> str:
    """Return a long text, cut to `MOST_TEXT` characters; add doubts for cut or unreadable texts."""
    if len(text) > MOST_TEXT:
        found = f"a text of {len(text):,} characters {of}"
        doubts.append(Doubt(line, found, f"cut after {MOST_TEXT:,}"))
        text = text[:MOST_TEXT]
    if not prose.is_readable(text):
        most = f"{prose.MOST_HTML:,} characters or {prose.DEEPEST} levels"
        doubts.append(Doubt(line, f"HTML of more than {most} {of}", "read as plain text"))
    return text
