"""Feeds and their entries, in no format yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zlib import crc32

from msgspec import Struct, field

from ..site.announce import KnownFeeds
from .content import Content
from .formats import feed_stem


class Person(Struct, frozen=True):
    """Who wrote something, and the absolute address of the page of what they wrote."""

    name: str
    url: str = ""


class Picture(Struct, frozen=True):
    """The picture of an entry."""

    url: str
    type: str
    """Its media type, like `image/png`."""
    bytes: int


def fraction_of(id: str) -> int:
    """The microseconds that tell the entry of an id from others of the same second.

    Days without a time are all of one second, and readers order by dates.
    """
    return crc32(id.encode()) % 1_000_000


class FeedEntry(Struct, frozen=True):
    """One post as subscribers get it. Every text is one that XML can hold."""

    id: str
    """Never changes, whatever happens to title, date or address (RFC 4287, section 4.2.6)."""
    source: str
    """What it comes from, as problems name it."""
    url: str
    title: str
    summary: str
    """Plain text."""
    content: Content
    published: datetime
    """Never moves; in the site's zone."""
    updated: datetime
    authors: tuple[Person, ...]
    categories: tuple[str, ...]
    language: str
    picture: Picture | None = None

    @property
    def place(self) -> tuple[datetime, int, str]:
        """What sorts it among others; no edit ever changes it."""
        return self.published, fraction_of(self.id), self.id


class Chain(Struct, frozen=True):
    """The other documents of a feed (RFC 5005, section 4); absolute addresses, or empty."""

    previous: str = ""
    """The archive of what came before."""
    next: str = ""
    """For an archive that is not the newest: the archive of what came after."""
    current: str = ""
    """For an archive: the document that one subscribes to."""


class Feed(Struct, frozen=True):
    """A document of a feed: the one to subscribe to, or an archive."""

    id: str
    title: str
    description: str
    address: str
    """Its own, absolute, without the ending that each format adds."""
    home: str
    """Of the page that it belongs to, absolute."""
    language: str
    author: Person
    updated: datetime | None = None
    """The newest entry's moment, never the clock's; None for a feed without entries."""
    rights: str = ""
    hub: str = ""
    """The WebSub hub that tells subscribers of what is new."""
    style: str = ""
    """The path of the style sheet for those who open it in a browser."""
    chain: Chain = field(default_factory=Chain)


class Serialized(Struct, frozen=True, array_like=True):
    """An entry as it stands in the documents of each format that needs it."""

    atom: str
    rss: str = ""
    json: str = ""


class Subject(Struct, frozen=True):
    """What a feed is about, and what it holds."""

    sort: str
    """`all`, `kind`, `category`, `tag`, `author`, `series`, `language`, `event`, `changes`
    or that of a kind's channel."""
    slug: str
    """Of its name; empty where a sort has one feed only."""
    title: str
    """In words: “tagged alembic”; empty for the whole site."""
    name: str
    """What it is called on its own page: “alembic”."""
    home: str
    """The path of its page below the output."""
    entries: tuple[FeedEntry, ...]
    """All of them, newest first."""
    language: str = ""
    """Of all that it holds; empty for the site's own."""

    @property
    def stem(self) -> str:
        """The path of its documents below the output, without an ending."""
        return feed_stem(self.sort, self.slug)

    @property
    def has_archives(self) -> bool:
        """Whether older entries stay in reach; what other feeds hold, the site's holds too."""
        return self.sort in {"all", "language"}


class Feeds(KnownFeeds, frozen=True):
    """Every feed of the site, by sort and slug, in the order in which pages list them."""

    subjects: Mapping[tuple[str, str], Subject] = field(default_factory=dict)
