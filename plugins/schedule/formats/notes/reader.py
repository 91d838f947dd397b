"""Read the notes that Hallway's exports add to other formats (writer.py), as warily as all input.

The notes of a session have the keys of an item in schedule.yaml. Anybody may have written them, so
they become only texts of a schedule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from msgspec.structs import replace

from ....source.schema import LANGUAGE
from ...foreign import clean, prose, when
from ...foreign.model import (
    Extra,
    ForeignPerson,
    ForeignRoom,
    ForeignSession,
    ForeignTrack,
    RefusedError,
)
from ...foreign.tree import listed, mapping, parse_json, text
from ...model import Link, SessionTexts

Notes = Mapping[str, Any]

OWN_KEYS = ("repeat of", "was")


def read_notes(note: str) -> Notes:
    """Return the notes in a processing instruction; empty if they are not valid JSON."""
    try:
        return mapping(parse_json(note)) if note else {}
    except RefusedError:
        return {}


def with_notes(session: ForeignSession, notes: Notes) -> ForeignSession:
    """Return the session with the values of its notes, which only Hallway's files have."""
    if not notes:
        return session
    kind = _line(notes, "kind") or session.kind
    return replace(
        session,
        number=clean.identifier(notes.get("id")) or session.number,
        kind=kind,
        status=clean.one_line(text(notes.get("status"))).lower() or session.status,
        rooms=_names(notes["rooms"]) if "rooms" in notes else session.rooms,
        length=None if "end" in notes else session.length,
        texts=_texts(session.texts, notes),
        description=_lines(notes, "text") or session.description,
        own=tuple(_own(notes)),
    )


def _texts(texts: SessionTexts, notes: Notes) -> SessionTexts:
    """Return the texts of the format, overridden by the notes."""
    recording = clean.web_address(notes.get("recording"))
    return replace(
        texts,
        abstract=_lines(notes, "abstract") or texts.abstract,
        note=_lines(notes, "note"),
        recording=recording or texts.recording,
        links=tuple(link for link in texts.links if link.url != recording),
        subtitle=_line(notes, "subtitle") if "group" in notes else texts.subtitle,
        group=_line(notes, "group"),
        url=dict(texts.extra).get("origin_url", ""),
        uid=clean.identifier(notes.get("uid")) or texts.uid,
        extra=_pairs(notes.get("extra")),
    )


def untimed(programme: Notes) -> Iterator[ForeignSession]:
    """Yield the sessions without a time, for which the format itself has no place."""
    for notes in map(mapping, listed(programme.get("untimed"))):
        session = ForeignSession(
            title=clean.title(text(notes.get("title"))),
            day=when.day(notes.get("day")),
            track=clean.title(text(notes.get("track"))),
            language=clean.one_line(text(notes.get("language"))),
            speakers=_names(notes.get("speakers")),
            texts=SessionTexts(
                abstract=prose.plain(text(notes.get("abstract"))),
                slides=clean.web_address(notes.get("slides")),
                links=_links(notes.get("links")),
            ),
        )
        yield with_notes(session, notes)


def rooms(programme: Notes) -> Iterator[ForeignRoom]:
    """Yield the rooms in the notes."""
    for facts in map(mapping, listed(programme.get("rooms"))):
        yield ForeignRoom(
            name=clean.title(text(facts.get("name"))),
            note=clean.title(text(facts.get("note"))),
            capacity=clean.capacity(facts.get("capacity")),
            is_shared=facts.get("shared") is True,
        )


def tracks(programme: Notes) -> Iterator[ForeignTrack]:
    """Yield the tracks in the notes."""
    for facts in map(mapping, listed(programme.get("tracks"))):
        about = clean.title(text(facts.get("summary")))
        yield ForeignTrack(name=clean.title(text(facts.get("name"))), summary=about)


def people(programme: Notes) -> Iterator[ForeignPerson]:
    """Yield the speakers in the notes."""
    for facts in map(mapping, listed(programme.get("speakers"))):
        yield ForeignPerson(
            name=clean.name(text(facts.get("name"))),
            text=prose.markdown(text(facts.get("summary"))),
            affiliation=clean.title(text(facts.get("affiliation"))),
            pronouns=clean.title(text(facts.get("pronouns"))),
            links=_links(facts.get("links")),
        )


def languages(programme: Notes) -> tuple[str, ...]:
    """Return the declared languages."""
    words = (clean.language(text(each)) for each in listed(programme.get("languages")))
    return tuple(word for word in words if LANGUAGE.fullmatch(word))


def breaks(programme: Notes) -> tuple[str, ...]:
    """Return the additional words that mark a break."""
    return _names(programme.get("breaks"))


def titles(programme: Notes) -> dict[date, str]:
    """Return the titles of days, by date."""
    found = mapping(programme.get("days")).items()
    named = ((when.day(day), clean.title(text(title))) for day, title in found)
    return {day: title for day, title in named if day and title}


def _own(notes: Notes) -> Iterator[tuple[str, str]]:
    for key in OWN_KEYS:
        if value := _line(notes, key):
            yield key, value
    if notes.get("shared") is True:
        yield "shared", "true"


def _line(notes: Notes, key: str) -> str:
    return clean.title(text(notes.get(key)))


def _lines(notes: Notes, key: str) -> str:
    """Return a text with its line breaks; the caller has to clean the markup in it."""
    return clean.visible(text(notes.get(key))).strip()


def _pairs(value: object) -> Extra:
    pairs = ((clean.one_line(key), clean.title(text(v))) for key, v in mapping(value).items())
    return tuple((key, value) for key, value in pairs if key and value)


def _names(value: object) -> tuple[str, ...]:
    names = (clean.title(text(each)) for each in listed(value))
    return tuple(name for name in names if name)


def _links(value: object) -> tuple[Link, ...]:
    links = ((clean.title(k), clean.address(v)) for k, v in mapping(value).items())
    return tuple(Link(label, url) for label, url in links if label and url)
