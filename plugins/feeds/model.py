"""Feeds and their entries, independent of any format."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zlib import crc32

from msgspec import Struct, field

from ..site.announce import KnownFeeds
from .content import Content
from .formats import feed_stem


class Person(Struct, frozen=True):
    """The author of something, with the absolute address of the page of their texts."""

    name: str
    url: str = ""


class Picture(Struct, frozen=True):
    """The picture of an entry."""

    url: str
    type: str
    """The media type, like `image/png`."""
    bytes: int


def fraction_of(id: str) -> int:
    """Return microseconds that tell an entry apart from others of the same second.

    Days without a time are all of one second, and readers order by dates.
    """
    return crc32(id.encode()) % 1_000_000


class FeedEntry(Struct, frozen=True):
    """One post as subscribers get it. Every text is one that XML can hold."""

    id: str
    """The id, which never changes, whatever else does (RFC 4287, section 4.2.6)."""
    source: str
    """The path of its source, as problems name it."""
    url: str
    title: str
    summary: str
    """Plain text."""
    content: Content
    published: datetime
    """The first date, which never changes; in the site's zone."""
    updated: datetime
    authors: tuple[Person, ...]
    categories: tuple[str, ...]
    language: str
    picture: Picture | None = None

    @property
    def place(self) -> tuple[datetime, int, str]:
        """The key that sorts it among others; no edit ever changes it."""
        return self.published, fraction_of(self.id), self.id


class Chain(Struct, frozen=True):
    """The other documents of a feed (RFC 5005, section 4); absolute addresses, or empty."""

    previous: str = ""
    """The archive of older entries."""
    next: str = ""
    """For an archive that is not the newest: the archive of newer entries."""
    current: str = ""
    """For an archive: the document that one subscribes to."""


class Feed(Struct, frozen=True):
    """A document of a feed: the one to subscribe to, or an archive."""

    id: str
    title: str
    description: str
    address: str
    """Its own absolute address, without the ending that each format adds."""
    home: str
    """The absolute address of the page that it belongs to."""
    language: str
    author: Person
    updated: datetime | None = None
    """The newest update of an entry, never the clock's time; None for a feed without entries."""
    rights: str = ""
    hub: str = ""
    """The WebSub hub that notifies subscribers of new entries."""
    style: str = ""
    """The path of the style sheet for people who open it in a browser."""
    chain: Chain = field(default_factory=Chain)


class Serialized(Struct, frozen=True, array_like=True):
    """An entry as text in each format that needs it."""

    atom: str
    rss: str = ""
    json: str = ""


class Subject(Struct, frozen=True):
    """The subject of a feed, and the entries that it holds."""

    sort: str
    """The sort of the feed, as in its address.

    It is `all`, `kind`, `category`, `tag`, `author`, `series`, `language`, `event`, `changes`, one
    of a product's four, or that of a kind's channel.
    """
    slug: str
    """The slug of its name; empty where a sort has one feed only."""
    title: str
    """The subject in words: “tagged alembic”; empty for the whole site."""
    name: str
    """The subject's name on its own page: “alembic”."""
    home: str
    """The path of its page below the output."""
    entries: tuple[FeedEntry, ...]
    """All its entries, newest first."""
    language: str = ""
    """The language of all its entries; empty for the site's own."""

    @property
    def stem(self) -> str:
        """The path of its documents below the output, without an ending."""
        return feed_stem(self.sort, self.slug)

    @property
    def has_archives(self) -> bool:
        """True if older entries go to archives; the site's feed has all entries of other feeds."""
        return self.sort in {"all", "language"}


class Feeds(KnownFeeds, frozen=True):
    """Every feed of the site, by sort and slug, in the order in which pages list them."""

    subjects: Mapping[tuple[str, str], Subject] = field(default_factory=dict)
