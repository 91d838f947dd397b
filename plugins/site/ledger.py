"""What was published before: a static site forgets, its subscribers do not.

`content/ledger.json` holds it. `make publish` writes it when it has succeeded, and nothing else
does; every build reads it. Features see what was published as `site.ledger`, and what this site
makes of each of its documents as `site.records`.
"""

from __future__ import annotations

import enum
import uuid
from collections.abc import Collection, Mapping
from typing import Any

from msgspec import Struct, field
from msgspec.structs import fields

LEDGER = "ledger.json"
"""Its name in the content folder."""

# The namespace of ids (RFC 9562, section 5.5): a number of our own, made once.
IDS = uuid.UUID("5f0f6c1e-6d0a-4f0e-9d6e-2b1c8a7d4e35")


class DocumentRecord(Struct, frozen=True):
    """A document that readers have seen, by its source's path."""

    addresses: tuple[str, ...]
    """Each path below the output that has to lead to its page, oldest first; the last is its own.

    None are left when pages of other documents took them all."""
    title: str = ""
    """As last published: by title and date a file that was moved is known again."""
    id: str = ""
    """Of its feed entry: never changes (RFC 4287, section 4.2.6). Empty for one that had none yet:
    a page, a hidden post."""
    published: str = ""
    """When it first was, an ISO 8601 moment with its offset: never changes. Empty as the id is."""
    updated: str = ""
    """Its `modified` as last published; empty when it has none."""
    gone: bool = False
    """Whether its source was no more at the last publish."""


class SessionState(Struct, frozen=True, kw_only=True):
    """What was last published of a session of a programme; dates and times are ISO 8601 texts."""

    title: str = ""
    day: str = ""
    """The day that it is written under."""
    start: str = ""
    end: str = ""
    rooms: tuple[str, ...] = ()
    """Ids; `*` is every room."""
    places: str = ""
    """The rooms in words."""
    status: str = ""
    kind: str = ""
    track: str = ""
    language: str = ""
    speakers: tuple[str, ...] = ()
    was: str = ""
    """When it began before its last move."""
    was_rooms: tuple[str, ...] = field(name="was rooms", default=())
    rest: str = ""
    """A digest of all its texts that calendars show."""


class EntryState(Struct, frozen=True, kw_only=True):
    """What was last published of an entry of an itinerary; dates and times are ISO 8601 texts."""

    title: str = ""
    start: str = ""
    zone: str = ""
    end: str = ""
    end_zone: str = field(name="end zone", default="")
    day: str = ""
    """Its first day, when it lasts whole days."""
    day_after: str = field(name="day after", default="")
    place: str = ""
    note: str = ""
    status: str = ""


State = SessionState | EntryState


class SessionRecord(Struct, frozen=True):
    """A session that calendars know, by its event's slug and its id: `fair-2026/opening`.

    Also an entry of an itinerary, by its document and its id: `posts/trip.md#lax-mel`.
    """

    uid: str
    """Its UID (RFC 7986, section 5.3): never changes."""
    sequence: int
    """How often its time or place changed since (RFC 5545, section 3.8.7.4)."""
    stamp: str
    """When it last changed in any way: an ISO 8601 moment in UTC."""
    state: State | None = None
    """What was last published of it; None when nobody is to be told of it any more."""


class Seen(Struct, frozen=True, omit_defaults=True):
    """What readers know of a session."""

    title: str
    day: str
    """ISO."""
    start: str = ""
    """ISO with offset; empty when not known."""
    end: str = ""
    rooms: tuple[str, ...] = ()
    """Ids; `*` is every room."""
    places: str = ""
    """The rooms in words."""
    is_on: bool = True
    """Whether it takes place."""


class Sort(enum.StrEnum):
    """A way in which a session changes."""

    NEW = "new"
    MOVED = "moved"
    ROOM = "other room"
    RENAMED = "renamed"
    CANCELLED = "cancelled"
    BACK = "back again"


class Change(Struct, frozen=True):
    """What changed of one session between two publishes of its programme."""

    id: str
    sorts: tuple[Sort, ...]
    before: Seen | None
    """None for a new one."""
    after: Seen


class RevisionRecord(Struct, frozen=True):
    """A publish at which a programme changed."""

    date: str
    """Its ISO 8601 moment."""
    sessions: int
    """How many the programme had then."""
    changes: tuple[Change, ...]


class Ledger(Struct, frozen=True):
    """Everything that was published; empty before the first publish."""

    site: str = ""
    """What provisional ids are made from: the site's name when it was first published."""
    documents: Mapping[str, DocumentRecord] = field(default_factory=dict)
    sessions: Mapping[str, SessionRecord] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=dict)
    """By path below the output: every page that is no document's, like a speaker's or a tag's, and
    the path that it leads to since its own thing is elsewhere; else empty."""
    feeds: Mapping[str, str] = field(default_factory=dict)
    """The same of every feed and calendar that programs ask for."""
    revisions: Mapping[str, RevisionRecord] = field(default_factory=dict)
    """By `<event>/<revision>`: what a release of a programme changed."""


def state_of(name: str, texts: Mapping[str, str]) -> State | None:
    """Return the state that the ledger's file holds under a name; None for an empty one.

    The names of itineraries' entries hold a `#`. Lists are texts with blanks between their words.
    """
    kind = state_kind(name)
    known: dict[str, Any] = {
        each.name: tuple(texts[each.encode_name].split())
        if isinstance(each.default, tuple)
        else texts[each.encode_name]
        for each in fields(kind)
        if each.encode_name in texts
    }
    return kind(**known) if texts else None


def state_kind(name: str) -> type[State]:
    """Return what the state of a record is, by its name."""
    return EntryState if "#" in name else SessionState


def state_texts(state: State) -> dict[str, str]:
    """Return a state as the ledger's file holds it."""
    held = {each.encode_name: getattr(state, each.name) for each in fields(type(state))}
    return {
        name: " ".join(value) if isinstance(value, tuple) else value
        for name, value in held.items()
        if value
    }


def new_id(site: str, source: str, taken: Collection[str] = ()) -> str:
    """The id of something that the ledger does not hold yet: the same at every build until it does.

    Neither date, title nor address goes into it. `taken` are ids that something else has: a file
    that was renamed keeps the id that its old name gave it.
    """
    file = source.removesuffix("/index.md").removesuffix(".md")
    name, number = f"{site}\n{file}.md", 1
    while (id := uuid.uuid5(IDS, name).urn) in taken:
        number += 1
        name = f"{site}\n{file}.md\n{number}"
    return id
