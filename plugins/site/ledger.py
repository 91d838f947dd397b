"""The record of what was published: a static site forgets, but its subscribers do not.

The record is `content/ledger.json`. Every build reads it; only a successful `make publish` writes
it. Features see what was published as `site.ledger`, and the current record of each document as
`site.records`.
"""

from __future__ import annotations

import enum
import uuid
from collections.abc import Collection, Mapping
from typing import Any

from msgspec import Struct, field
from msgspec.structs import fields

LEDGER = "ledger.json"
"""The file's name in the content folder."""

# The namespace of ids (RFC 9562, section 5.5): a random number that was made once, for Hallway.
IDS = uuid.UUID("5f0f6c1e-6d0a-4f0e-9d6e-2b1c8a7d4e35")


class DocumentRecord(Struct, frozen=True):
    """A document that readers have seen; the ledger holds it by its source's path."""

    addresses: tuple[str, ...]
    """Every path below the output that has to lead to its page, oldest first; the last is its own.

    Empty if pages of other documents have taken all of them.
    """
    title: str = ""
    """The title as last published. Title and date identify a file that was moved."""
    id: str = ""
    """The id of its feed entry, which never changes (RFC 4287, section 4.2.6).

    Empty for a document that has had no entry yet: a page, a hidden post.
    """
    published: str = ""
    """The moment of its first publish, in ISO 8601 with offset, which never changes.

    Empty when the id is.
    """
    updated: str = ""
    """Its `modified` as last published; empty if it has none."""
    gone: bool = False
    """True if the source no longer existed at the last publish."""


class SessionState(Struct, frozen=True, kw_only=True):
    """A session as last published in a schedule; dates and times are ISO 8601 texts."""

    title: str = ""
    day: str = ""
    """The day that the schedule lists it under."""
    start: str = ""
    end: str = ""
    rooms: tuple[str, ...] = ()
    """Ids of rooms; `*` is every room."""
    places: str = ""
    """The rooms in words."""
    status: str = ""
    kind: str = ""
    track: str = ""
    language: str = ""
    speakers: tuple[str, ...] = ()
    was: str = ""
    """Its start before its last move."""
    was_rooms: tuple[str, ...] = field(name="was rooms", default=())
    rest: str = ""
    """A digest of all its other texts that calendars show."""


class EntryState(Struct, frozen=True, kw_only=True):
    """An entry of an itinerary as last published; dates and times are ISO 8601 texts."""

    title: str = ""
    start: str = ""
    zone: str = ""
    end: str = ""
    end_zone: str = field(name="end zone", default="")
    day: str = ""
    """Its first day, if it lasts whole days."""
    day_after: str = field(name="day after", default="")
    place: str = ""
    note: str = ""
    status: str = ""


State = SessionState | EntryState


class SessionRecord(Struct, frozen=True):
    """A session that calendars know, by its event's slug and its own id: `fair-2026/opening`.

    Also an entry of an itinerary, by its document and its own id: `posts/trip.md#lax-mel`.
    """

    uid: str
    """Its UID, which never changes (RFC 7986, section 5.3)."""
    sequence: int
    """The number of times its time or place has changed (RFC 5545, section 3.8.7.4)."""
    stamp: str
    """The moment of its last change of any sort, in ISO 8601 and UTC."""
    state: State | None = None
    """Its state as last published; None once nobody needs to hear of it any more."""


class Seen(Struct, frozen=True, omit_defaults=True):
    """A session as readers know it."""

    title: str
    day: str
    """In ISO 8601."""
    start: str = ""
    """In ISO 8601 with offset; empty if not known."""
    end: str = ""
    rooms: tuple[str, ...] = ()
    """Ids of rooms; `*` is every room."""
    places: str = ""
    """The rooms in words."""
    is_on: bool = True
    """True if it takes place."""


class Sort(enum.StrEnum):
    """A way in which a session changes."""

    NEW = "new"
    MOVED = "moved"
    ROOM = "other room"
    RENAMED = "renamed"
    CANCELLED = "cancelled"
    BACK = "back again"


class Change(Struct, frozen=True):
    """The changes to one session between two publishes of its schedule."""

    id: str
    sorts: tuple[Sort, ...]
    before: Seen | None
    """None for a new session."""
    after: Seen


class RevisionRecord(Struct, frozen=True):
    """A publish at which a schedule changed."""

    date: str
    """Its moment, in ISO 8601."""
    sessions: int
    """The number of sessions in the schedule at that publish."""
    changes: tuple[Change, ...]


class Ledger(Struct, frozen=True):
    """Everything that was published; empty before the first publish."""

    site: str = ""
    """The site's name when it was first published; provisional ids are made from it."""
    documents: Mapping[str, DocumentRecord] = field(default_factory=dict)
    sessions: Mapping[str, SessionRecord] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=dict)
    """Every page that belongs to no document, like a speaker's or a tag's, by its path below the
    output.

    The value is the path that it now leads to, if what it showed has moved; else empty.
    """
    feeds: Mapping[str, str] = field(default_factory=dict)
    """Every feed and calendar that programs poll, by its path; values as in `pages`."""
    revisions: Mapping[str, RevisionRecord] = field(default_factory=dict)
    """The changes that a release of a schedule made, by `<event>/<revision>`."""


def state_of(name: str, texts: Mapping[str, str]) -> State | None:
    """Return the state that the ledger file holds under a name; None if `texts` is empty.

    Names of itinerary entries contain a `#`. Lists are stored as words separated by blanks.
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
    """Return the class of a record's state: an itinerary's entry if the name contains `#`."""
    return EntryState if "#" in name else SessionState


def state_texts(state: State) -> dict[str, str]:
    """Return a state as the ledger file stores it, without empty values."""
    held = {each.encode_name: getattr(state, each.name) for each in fields(type(state))}
    return {
        name: " ".join(value) if isinstance(value, tuple) else value
        for name, value in held.items()
        if value
    }


def new_id(site: str, source: str, taken: Collection[str] = ()) -> str:
    """Return the id of something that the ledger does not hold yet; every build returns the same.

    The id depends only on the site's name and the source's path; not on date, title or address.
    `taken` are ids of other things: a file that was renamed keeps the id made from its old name.
    """
    file = source.removesuffix("/index.md").removesuffix(".md")
    name, number = f"{site}\n{file}.md", 1
    while (id := uuid.uuid5(IDS, name).urn) in taken:
        number += 1
        name = f"{site}\n{file}.md\n{number}"
    return id
