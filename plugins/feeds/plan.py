"""The rows of feeds: each feed in each format, archives, and the page to subscribe at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct

from ..site.remembers import Call, Remembers
from ..site.site import CopyRow, Row, Site, WriterRow
from ..source.problem import Place
from ..source.text import counted, xml_text
from .archive import divide
from .atom_rss import atom_entry, render_atom, render_rss, rss_item
from .check import check_json, check_xml
from .entry import feed_id
from .formats import ATOM, FORMATS, JSON_FEED, RSS, Format
from .json_feed import json_item, render_json
from .model import Chain, Feed, FeedEntry, Feeds, Person, Serialized, Subject
from .settings import Settings
from .subscribe import plan_page

STYLE = "feeds/feed.css"
"""The style sheet of feeds, below the output. Its address never changes, since feeds name it."""

RENDERERS: Mapping[Format, Callable[[Feed, Sequence[Serialized]], bytes]] = {
    ATOM: render_atom,
    RSS: render_rss,
    JSON_FEED: render_json,
}


def plan(site: Site, *, settings: Settings, theme: Path) -> Iterator[Row]:
    """Yield every row of every feed."""
    style = theme / "feed.css"
    planner = Planner(site, settings.hub, site.url(STYLE) if style.is_file() else "")
    yield from planner.rows()
    yield from plan_page(site)
    if style.is_file():
        yield CopyRow(STYLE, Place("theme/feed.css"), style)


def serialize(memo: Remembers, entry: FeedEntry, language: str, whole: object) -> Serialized:
    """Return an entry for the feeds of a language; only as Atom, if only archives hold it."""
    html = entry.content.html(memo)
    atom = atom_entry(entry, html, language)
    if not whole:
        return Serialized(atom)
    return Serialized(atom, rss_item(entry, html, language), json_item(entry, html))


def counts(_: Site, rows: Iterable[Row]) -> Iterator[str]:
    """Yield the number of the feeds' documents."""
    feeds = [row for row in rows if isinstance(row, WriterRow) and row.path.startswith("feeds/")]
    yield counted(len(feeds), "feed")


class Document(Struct, frozen=True):
    """A document of a feed before it is rendered."""

    subject: Subject
    stem: str
    entries: tuple[FeedEntry, ...]
    chain: Chain
    formats: tuple[Format, ...]


class Planner:
    """A planner of the documents of feeds, with what all of them share."""

    def __init__(self, site: Site, hub: str, style: str) -> None:
        self.site = site
        self.hub = hub
        self.style = style

    def rows(self) -> Iterator[Row]:
        """Yield the documents of all feeds in their formats."""
        subjects = self.site.part("feeds", Feeds).subjects.values()
        documents = [each for subject in subjects for each in self._documents(subject)]
        current = {e.id for d in documents if RSS in d.formats for e in d.entries}
        calls: dict[tuple[str, str], Call] = {}
        for document in documents:
            language = document.subject.language or self.site.settings.language
            for entry in document.entries:
                arguments = entry, language, entry.id in current
                calls.setdefault((entry.id, language), Call(serialize, arguments, Serialized))
            parts = tuple([calls[entry.id, language] for entry in document.entries])
            yield from self._rows(document, parts)

    def _rows(self, document: Document, parts: tuple[Call, ...]) -> Iterator[Row]:
        feed, entries = self._feed(document), document.entries
        for format in document.formats:
            path = document.stem + format.ending
            check = check_json if format is JSON_FEED else check_xml
            yield WriterRow(
                path,
                Place(f"the feed {path}"),
                write=partial(RENDERERS[format], feed),
                check=partial(check, feed, entries),
                parts=parts,
                is_polled=not document.chain.current,
            )

    def _documents(self, subject: Subject) -> Iterator[Document]:
        """Yield the documents of a feed: the one to subscribe to in each format, and its archives.

        Archives are Atom only, which every reader knows: three formats would be three copies of the
        whole site.
        """
        current, archives = divide(subject.entries)
        if not subject.has_archives:
            archives = ()
        stems = [f"{subject.stem}/{part.name}" for part in archives]
        chain = Chain(previous=self._atom(stems[-1]) if stems else "")
        yield Document(subject, subject.stem, current, chain, FORMATS)
        urls = ["", *(self._atom(stem) for stem in stems), ""]
        for number, (stem, part) in enumerate(zip(stems, archives, strict=True)):
            chain = Chain(urls[number], urls[number + 2], self._atom(subject.stem))
            yield Document(subject, stem, part.entries, chain, (ATOM,))

    def _atom(self, stem: str) -> str:
        return self.site.absolute(stem + ATOM.ending)

    def _feed(self, document: Document) -> Feed:
        subject, chain = document.subject, document.chain
        site, settings = self.site, self.site.settings
        name = xml_text(settings.name)
        return Feed(
            id=feed_id(site, subject.stem),
            title=f"{name}: {subject.title}" if subject.title else name,
            description=xml_text("" if subject.title else settings.subtitle),
            address=site.absolute(document.stem),
            home=site.absolute(subject.home),
            language=subject.language or settings.language,
            author=Person(xml_text(settings.author) or name, site.absolute("")),
            updated=max((entry.updated for entry in document.entries), default=None),
            rights=xml_text(settings.copyright),
            hub="" if chain.current else self.hub,
            style=self.style,
            chain=chain,
        )
