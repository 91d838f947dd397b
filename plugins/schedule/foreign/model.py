"""The content of a foreign schedule file: one neutral model for all formats.

    Foreign ── ForeignRoom, ForeignTrack, ForeignPerson
      ForeignSession ── a start with or without an offset, a length, names of rooms and people
      Doubt ── something odd in the file, and its line
    SettledProgramme ── Settled: a session with an id, a day and a moment

Names and addresses in it are clean: on one line, without control characters, and http or https.
Long texts are as the file has them; prose.py makes them harmless. In `Foreign`, nothing from the
file is an id or a path yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import islice
from typing import TypeVar

from msgspec import Struct, field

from ...source.problem import quoted
from ...source.text import counted
from ..model import Kind, Link, Moment, SessionTexts

Extra = tuple[tuple[str, str], ...]

T = TypeVar("T")

MOST_SESSIONS = 4_000
"""A few times the sessions of the largest festivals; a longer file is not a conference's."""

MOST_TOLD = 20
"""The number of unknown fields that are reported one by one; one line reports the rest."""


class RefusedError(Exception):
    """An error for a file that is not a schedule, with a line on what it seems to be."""

    def __init__(self, found: str, *, line: int = 0) -> None:
        super().__init__(found)
        self.found, self.line = found, line


class Doubt(Struct, frozen=True):
    """Something odd in a file that is read all the same."""

    line: int
    """0 when it has none."""
    found: str
    done: str
    """The way in which it was read."""


class ForeignRoom(Struct, frozen=True, kw_only=True):
    """A room that a file describes."""

    name: str
    guid: str = ""
    note: str = ""
    capacity: int | None = None
    is_shared: bool = False


class ForeignTrack(Struct, frozen=True, kw_only=True):
    """A track that a file describes."""

    name: str
    summary: str = ""


class ForeignPerson(Struct, frozen=True, kw_only=True):
    """A speaker that a file describes."""

    name: str
    text: str = ""
    """As the file has it: plain text or HTML."""
    affiliation: str = ""
    pronouns: str = ""
    links: tuple[Link, ...] = ()


class ForeignSession(Struct, frozen=True, kw_only=True):
    """A session as a file describes it."""

    line: int = 0
    """The line at which it begins; 0 in a format whose reader does not give lines."""
    number: str = ""
    """The file's own id, which people use in the other system; not always distinct."""
    title: str = ""
    day: date | None = None
    """The day that the file lists it under, if it does."""
    start: datetime | None = None
    """An instant if it has an offset; otherwise the time that a clock on the wall shows."""
    zone: str = ""
    """The zone of its start, when the session names one."""
    length: timedelta | None = None
    rooms: tuple[str, ...] = ()
    track: str = ""
    kind: str = ""
    """A word of the file's."""
    status: str = ""
    language: str = ""
    speakers: tuple[str, ...] = ()
    texts: SessionTexts = SessionTexts()
    description: str = ""
    """As the file has it: plain text or HTML; prose.py turns it into Markdown."""
    own: Extra = ()
    """Keys of an item that only Hallway's own exports have: `was`, `repeat of`, `shared`."""


class Foreign(Struct, frozen=True, kw_only=True):
    """A whole file."""

    format: str
    """The name of the format, like `frab XML`."""
    title: str = ""
    summary: str = ""
    zone: str = ""
    """The zone as the file names it."""
    first_day: date | None = None
    last_day: date | None = None
    venue: str = ""
    city: str = ""
    url: str = ""
    rooms: tuple[ForeignRoom, ...] = ()
    tracks: tuple[ForeignTrack, ...] = ()
    people: tuple[ForeignPerson, ...] = ()
    sessions: tuple[ForeignSession, ...] = ()
    languages: tuple[str, ...] = ()
    """The declared languages, the usual one first; only Hallway's own exports have them."""
    breaks: tuple[str, ...] = ()
    """Words for breaks; only Hallway's own exports have them."""
    strict: bool = False
    """True if clashes are errors; only Hallway's own exports have it."""
    titles: Mapping[date, str] = field(default_factory=dict)
    """The titles of days; only Hallway's own exports have them."""
    doubts: tuple[Doubt, ...] = ()


class Settled(Struct, frozen=True, kw_only=True):
    """One session with an id, a day and a moment; `said` holds everything else."""

    id: str
    key: str
    """The session's key in the other system; distinct."""
    day: date
    start: Moment | None
    length: timedelta | None
    said: ForeignSession
    kind: Kind | None
    repeat_of: str = ""


class SettledProgramme(Struct, frozen=True, kw_only=True):
    """A whole file, with the doubts about it."""

    foreign: Foreign
    zone: str
    first_day: date
    last_day: date
    rooms: Mapping[str, ForeignRoom]
    """The rooms by id."""
    tracks: Mapping[str, ForeignTrack]
    people: Mapping[str, ForeignPerson]
    sessions: tuple[Settled, ...]
    doubts: tuple[Doubt, ...] = ()


def gathered(sessions: Iterable[T]) -> tuple[T, ...]:
    """Return the sessions as a tuple; raise RefusedError if there are more than `MOST_SESSIONS`."""
    found = tuple(islice(sessions, MOST_SESSIONS + 1))
    if len(found) > MOST_SESSIONS:
        raise RefusedError(f"a programme of more than {MOST_SESSIONS:,} sessions")
    return found


def unknown_fields(counts: Mapping[str, int]) -> list[Doubt]:
    """Return doubts about the fields that no reader knows; one doubt a field for all sessions."""
    names = sorted(counts)
    more = [f"{len(names) - MOST_TOLD} more unknown fields"] if len(names) > MOST_TOLD else []
    found = [
        f"the unknown field {quoted(name)} of {counted(counts[name], 'session')}"
        for name in names[:MOST_TOLD]
    ]
    return [Doubt(0, each, "kept as extra data") for each in found + more]
