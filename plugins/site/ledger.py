"""What was published before: a static site forgets, its subscribers do not.

`content/ledger.json` holds it. `make publish` writes it when it has succeeded, and nothing else
does; every build reads it. Features see what was published as `site.ledger`, and what this site
makes of each of its documents as `site.records`.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping

from msgspec import Struct, field

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
    state: Mapping[str, str] = field(default_factory=dict)
    """What was last published of it: title, start, end, rooms, status, and what a change needs."""


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
    revisions: Mapping[str, str] = field(default_factory=dict)
    """By `<event>/<revision>`: what a release of a programme changed, as JSON text."""


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
