"""The writers of Atom (RFC 4287) and RSS 2.0, by feedgen.

feedgen writes each entry once, for all feeds that hold it, and each feed without entries. Joined as
text they are the same as what feedgen would write at once.

Two extensions of feedgen's repair what feedgen 1.0 leaves out or gets wrong: it calls them with
each element that it has made. Comments that begin with "feedgen 1.0" say what that version does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from html import escape

from feedgen.entry import FeedEntry as GeneratedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml.etree import ProcessingInstruction, SubElement, _Element

from .formats import ATOM, RSS, Format
from .model import Feed, FeedEntry, Person, Serialized

NEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""The date of a feed without entries: Atom requires one, and the clock would change the bytes."""

NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "fh": "http://purl.org/syndication/history/1.0",
    "media": "http://search.yahoo.com/mrss/",
}
ATOM_IN_RSS = "{http://www.w3.org/2005/Atom}"
DC, FH, MEDIA = (f"{{{NAMESPACES[name]}}}" for name in ("dc", "fh", "media"))
XML = "{http://www.w3.org/XML/1998/namespace}"

# Matches what readers take for markup in a plain text: `<b>`, `</b>`, `<!--`, `&nbsp;`; not `a < b`
# or `Q & A`.
LIKE_MARKUP = re.compile(r"<[a-zA-Z/!?]|&#?\w+;")

# Matches the text of a title in the bytes of a feed. Nothing else there begins like it: the markup
# in a feed is clean.
TITLE = re.compile(rb"<title>[^<]+")


def render_atom(feed: Feed, entries: Sequence[Serialized]) -> bytes:
    """Return the feed as Atom."""
    frame: bytes = _generator(feed, ATOM).atom_str(pretty=True)
    return _filled(frame, "</feed>", [entry.atom for entry in entries])


def render_rss(feed: Feed, entries: Sequence[Serialized]) -> bytes:
    """Return the feed as RSS."""
    frame = TITLE.sub(_profiled, _generator(feed, RSS).rss_str(pretty=True))
    return _filled(frame, "  </channel>", [entry.rss for entry in entries])


def atom_entry(entry: FeedEntry, html: str, language: str) -> str:
    """Return one entry for every Atom feed of a language."""
    generator = _bare_generator(language, ATOM)
    _add_atom(_added(generator, entry), entry, html)
    return _cut(generator.atom_str(pretty=True), "entry")


def rss_item(entry: FeedEntry, html: str, language: str) -> str:
    """Return one entry for every RSS feed of a language."""
    generator = _bare_generator(language, RSS)
    _add_rss(_added(generator, entry), entry, html)
    return _cut(TITLE.sub(_profiled, generator.rss_str(pretty=True)), "item")


def _filled(frame: bytes, end: str, entries: Iterable[str]) -> bytes:
    """Return the feed with the entries inserted before `end`, its last tag."""
    before, end, after = frame.decode().rpartition(end)
    return "".join([before, *entries, end, after]).encode()


def _cut(feed: bytes, name: str) -> str:
    """Return the lines of the only entry in a feed."""
    text = feed.decode()
    start, end = text.index(f"<{name}"), text.rindex(f"</{name}>\n")
    return text[text.rindex("\n", 0, start) + 1 : end] + f"</{name}>\n"


def _bare_generator(language: str, format: Format) -> FeedGenerator:
    """Return a feed of which only the entry will be used."""
    return _generator(Feed("-", "-", "", "-", "-", language, Person("-")), format)


def _profiled(title: re.Match[bytes]) -> bytes:
    """Return a title with its ampersands as the RSS Advisory Board's profile wants them.

    An XML parser sees no difference; W3C's validator sees from it that no markup is meant.
    """
    return title[0].replace(b"&amp;", b"&#x26;")


def _generator(feed: Feed, format: Format) -> FeedGenerator:
    generator = FeedGenerator()
    generator.register_extension("hallway", FeedRepair, EntryRepair)
    generator.hallway.feed = feed
    generator.id(feed.id)
    generator.title(feed.title if format is ATOM else _as_markup(feed.title))
    if feed.description or format is RSS:
        # RSS requires a description; feedgen 1.0 takes it from the subtitle.
        subtitle = feed.description or feed.title
        generator.subtitle(subtitle if format is ATOM else _as_markup(subtitle))
    generator.language(feed.language)
    # feedgen 1.0 takes the clock unless it is given a date.
    generator.updated(feed.updated or NEVER)
    generator.lastBuildDate(feed.updated or NEVER)
    generator.author(name=feed.author.name, uri=feed.author.url)
    generator.generator("Hallway")
    generator.docs("https://www.rssboard.org/rss-specification")
    if feed.rights:
        generator.rights(feed.rights)
    for rel, href, kind in links_of(feed, format):
        generator.link(href=href, rel=rel, **({"type": kind} if kind else {}))
    # The alternate comes last: feedgen 1.0 makes the last link RSS's channel link.
    generator.link(href=feed.home, rel="alternate", type="text/html")
    return generator


def links_of(feed: Feed, format: Format) -> list[tuple[str, str, str]]:
    """Return a feed's links to itself, its other documents and its hub: relation, address, type."""
    chain = feed.chain
    links = [
        ("self", feed.address + format.ending, format.type),
        ("hub", feed.hub, ""),
        ("current", chain.current, ATOM.type),
        ("prev-archive", chain.previous, ATOM.type),
        ("next-archive", chain.next, ATOM.type),
    ]
    return [link for link in links if link[1]]


def _added(generator: FeedGenerator, entry: FeedEntry) -> GeneratedEntry:
    """Return a new entry with what both formats have in common."""
    # feedgen 1.0 prepends entries by default.
    generated: GeneratedEntry = generator.add_entry(order="append")
    generated.hallway.entry = entry
    generated.hallway.language = generator.language()
    generated.id(entry.id)
    generated.published(entry.published)
    generated.updated(entry.updated)
    for category in entry.categories:
        generated.category(term=category)
    return generated


def _add_atom(generated: GeneratedEntry, entry: FeedEntry, html: str) -> None:
    generated.title(entry.title)
    if entry.summary:
        generated.summary(entry.summary)
    generated.content(html, type="html")
    for author in entry.authors:
        generated.author({"name": author.name, "uri": author.url})


def _add_rss(generated: GeneratedEntry, entry: FeedEntry, html: str) -> None:
    generated.title(_as_markup(entry.title))
    # A guid is an address unless it says otherwise, and ours never is one.
    generated.guid(entry.id, permalink=False)
    generated.link(href=entry.url)
    # RSS's description is markup, while Atom's summary is text. Without a description feedgen 1.0
    # writes the content as the description, not next to it.
    generated.description(escape(entry.summary or entry.title, quote=False))
    generated.content(html, type="CDATA")


def _as_markup(text: str) -> str:
    """Return a title for RSS, where readers may take text that looks like markup for markup."""
    return escape(text, quote=False) if LIKE_MARKUP.search(text) else text


def _declare_markup(parent: _Element) -> None:
    """Mark the type of each Atom text that readers could take for markup."""
    for element in parent.iterchildren("title", "subtitle", "summary"):
        if LIKE_MARKUP.search(element.text or ""):
            element.text = escape(element.text or "", quote=False)
            element.set("type", "html")


class FeedRepair(BaseExtension):  # type: ignore[misc]
    """An extension that completes the element of a feed."""

    feed: Feed

    def extend_ns(self) -> dict[str, str]:
        """Return the namespaces of the added elements."""
        return NAMESPACES

    def extend_atom(self, root: _Element) -> _Element:
        """Add the mark of an archive and the style sheet, which feedgen 1.0 does not know."""
        if self.feed.chain.current:
            SubElement(root, f"{FH}archive")
        _declare_markup(root)
        self._style(root)
        return root

    def extend_rss(self, root: _Element) -> _Element:
        """Add the base of addresses, the style sheet, and the links that the channel lacks."""
        root.set(f"{XML}base", self.feed.home)
        channel = root[0]
        # feedgen 1.0 writes the link to the feed itself, and no other.
        for rel, href, kind in links_of(self.feed, RSS)[1:]:
            link = SubElement(channel, f"{ATOM_IN_RSS}link", href=href, rel=rel)
            if kind:
                link.set("type", kind)
        self._style(root)
        return root

    def _style(self, root: _Element) -> None:
        if self.feed.style:
            content = f'type="text/css" href="{escape(self.feed.style)}"'
            root.addprevious(ProcessingInstruction("xml-stylesheet", content))


class EntryRepair(BaseEntryExtension):  # type: ignore[misc]
    """An extension that completes the element of an entry."""

    entry: FeedEntry
    language: str
    """The language of the feed."""

    def extend_atom(self, element: _Element) -> _Element:
        """Add the link to the page, the base of addresses, the language and the picture."""
        # feedgen 1.0 loses everything of a link except its address.
        SubElement(element, "link", rel="alternate", type="text/html", href=self.entry.url)
        if self.entry.language != self.language:
            element.set(f"{XML}lang", self.entry.language)
        for content in element.findall("content"):
            content.set(f"{XML}base", self.entry.url)
        self._picture(element)
        _declare_markup(element)
        return element

    def extend_rss(self, element: _Element) -> _Element:
        """Add the authors, the date of the last change, the language and the picture."""
        # feedgen 1.0 names no author without a mail address.
        for author in self.entry.authors:
            SubElement(element, f"{DC}creator").text = author.name
        if self.entry.updated.replace(microsecond=0) != self.entry.published:
            updated = self.entry.updated.isoformat()
            SubElement(element, f"{ATOM_IN_RSS}updated").text = updated
        if self.entry.language != self.language:
            SubElement(element, f"{DC}language").text = self.entry.language
        self._picture(element)
        return element

    def _picture(self, element: _Element) -> None:
        # feedgen 1.0 wraps a single picture into a group, which W3C's validator refuses.
        if picture := self.entry.picture:
            attributes = {"url": picture.url, "type": picture.type, "medium": "image"}
            SubElement(element, f"{MEDIA}content", attributes, fileSize=str(picture.bytes))
