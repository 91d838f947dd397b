"""Feeds become Atom (RFC 4287) and RSS 2.0 bytes, by feedgen.

Notes "feedgen 1.0" mark what that version does in its own way.
"""

from __future__ import annotations

from datetime import UTC, datetime

from feedgen.entry import FeedEntry as GeneratedEntry
from feedgen.feed import FeedGenerator

from .model import ATOM, RSS, Feed, FeedEntry

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""The date of a feed without entries: Atom requires one, and the clock would change the bytes."""


def render_feed(feed: Feed) -> bytes:
    """The feed in the format of its address."""
    generator = _generator(feed)
    if feed.address.type == ATOM:
        return bytes(generator.atom_str(pretty=True)) + b"\n"
    return bytes(generator.rss_str(pretty=True)) + b"\n"


def _generator(feed: Feed) -> FeedGenerator:
    generator = FeedGenerator()
    generator.load_extension("dc")
    generator.id(feed.url if not feed.entries else feed.home)
    generator.title(feed.title)
    # RSS requires a description; feedgen 1.0 takes it from the subtitle.
    generator.subtitle(feed.subtitle or feed.title)
    generator.language(feed.language)
    generator.updated(feed.updated or EPOCH)
    generator.lastBuildDate(feed.updated or EPOCH)
    generator.generator("Hallway")
    generator.docs("https://www.rssboard.org/rss-specification")
    if feed.rights:
        generator.rights(feed.rights)
    # The alternate comes last: feedgen 1.0 makes the last link RSS's channel link.
    generator.link(href=feed.url, rel="self", type=feed.address.type)
    generator.link(href=feed.home, rel="alternate", type="text/html")
    for entry in feed.entries:
        _add_entry(generator, entry, feed.address.type)
    return generator


def _add_entry(generator: FeedGenerator, entry: FeedEntry, kind: str) -> None:
    # feedgen 1.0 prepends entries unless told otherwise.
    generated: GeneratedEntry = generator.add_entry(order="append")
    generated.id(entry.id)
    generated.guid(entry.id, permalink=False)
    generated.title(entry.title)
    generated.link(href=entry.url)
    generated.published(entry.published)
    generated.updated(entry.updated)
    generated.summary(entry.summary)
    generated.content(entry.html, type="CDATA" if kind == RSS else "html")
    for category in entry.categories:
        generated.category(term=category)
    for author in entry.authors:
        if kind == ATOM:
            generated.author(name=author)
        else:
            generated.dc.dc_creator(author)
