"""What a foreign file says of a programme: one neutral model for all formats.

    Foreign ── ForeignRoom, ForeignTrack, ForeignPerson
      ForeignSession ── a start with or without an offset, a length, names of rooms and people
      Doubt ── what is odd in the file, and where
    SettledProgramme ── Settled: a session with an id, a day and a moment

Names and addresses in it are clean: on one line, without control characters, and http or https.
Long texts are as they came; prose.py makes them harmless. Nothing foreign is an id or a path yet.
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
"""Some times what the largest festivals have; a file of more is none of a conference."""

MOST_TOLD = 20
"""Of unknown fields, before the rest of them is told in one line."""


class RefusedError(Exception):
    """A file that is no programme; says in a line what it seems to be."""

    def __init__(self, found: str, *, line: int = 0) -> None:
        super().__init__(found)
        self.found, self.line = found, line


class Doubt(Struct, frozen=True):
    """Something odd in a file that is read all the same."""

    line: int
    """0 when it has none."""
    found: str
    done: str
    """What was made of it."""


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
    """Where it begins; 0 in a format whose reader does not tell."""
    number: str = ""
    """The file's own id, what people call it by there; not always distinct."""
    title: str = ""
    day: date | None = None
    """The day that it is filed under, when the file says."""
    start: datetime | None = None
    """With an offset, an instant; without one, what the clock on the wall shows."""
    zone: str = ""
    """The zone that its start is given in, when it names one."""
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
    """As the file has it: plain text or HTML; prose.py makes Markdown of it."""
    own: Extra = ()
    """Keys of an item that only our own exports say: `was`, `repeat of`, `shared`."""


class Foreign(Struct, frozen=True, kw_only=True):
    """A whole file."""

    format: str
    """What the file is, like `frab XML`."""
    title: str = ""
    summary: str = ""
    zone: str = ""
    """As the file names it."""
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
    """Declared ones, the usual first; only our own exports say."""
    breaks: tuple[str, ...] = ()
    """Words for breaks; only our own exports say."""
    strict: bool = False
    """Whether clashes are errors; only our own exports say."""
    titles: Mapping[date, str] = field(default_factory=dict)
    """What days are called; only our own exports say."""
    doubts: tuple[Doubt, ...] = ()


class Settled(Struct, frozen=True, kw_only=True):
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


class SettledProgramme(Struct, frozen=True, kw_only=True):
    """A whole file, with everything that is odd about it."""

    foreign: Foreign
    zone: str
    first_day: date
    last_day: date
    rooms: Mapping[str, ForeignRoom]
    """By id."""
    tracks: Mapping[str, ForeignTrack]
    people: Mapping[str, ForeignPerson]
    sessions: tuple[Settled, ...]
    doubts: tuple[Doubt, ...] = ()


def gathered(sessions: Iterable[T]) -> tuple[T, ...]:
    """Return the sessions; refuse to gather more of them than a conference can have."""
    found = tuple(islice(sessions, MOST_SESSIONS + 1))
    if len(found) > MOST_SESSIONS:
        raise RefusedError(f"a programme of more than {MOST_SESSIONS:,} sessions")
    return found


def unknown_fields(counts: Mapping[str, int]) -> list[Doubt]:
    """The fields that no reader knows, each told once for all sessions."""
    names = sorted(counts)
    more = [f"{len(names) - MOST_TOLD} more unknown fields"] if len(names) > MOST_TOLD else []
    found = [
        f"the unknown field {quoted(name)} of {counted(counts[name], 'session')}"
        for name in names[:MOST_TOLD]
    ]
    return [Doubt(0, each, "kept as extra data") for each in found + more]
