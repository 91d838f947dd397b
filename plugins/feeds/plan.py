"""The rows that feeds make: each feed in each format, archives, and the page to subscribe at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from ..site.site import CopyRow, Row, Site, WriterRow
from ..source.kept import Kept
from ..source.problem import Place
from ..source.text import counted, xml_text
from .archive import divide
from .atom_rss import render_atom, render_rss
from .check import check_json, check_xml
from .entry import feed_id
from .formats import ATOM, FORMATS, JSON_FEED, RSS, Format
from .json_feed import render_json
from .model import Chain, Feed, FeedEntry, Feeds, Person, Subject
from .settings import Settings
from .subscribe import plan_page

STYLE = "feeds/feed.css"
"""The style sheet of feeds, below the output. Its address is the same for ever: feeds name it."""

RENDERERS: dict[Format, Callable[[Feed], bytes]] = {
    ATOM: render_atom,
    RSS: render_rss,
    JSON_FEED: render_json,
}


def plan(
    site: Site, *, settings: Settings, theme: Path, kept: Kept[tuple[Row, ...]]
) -> Iterator[Row]:
    """Every row of every feed."""
    kept.turn()
    style = theme / "feed.css"
    planner = Planner(site, settings.hub, site.url(STYLE) if style.is_file() else "")
    shared = site.settings, site.first_name, planner.hub, planner.style
    for subject in site.part("feeds", Feeds).subjects.values():
        make = partial(planner.all_rows, subject)
        yield from kept.of(subject.stem, (shared, subject), make)
    yield from plan_page(site)
    if style.is_file():
        yield CopyRow(STYLE, Place("theme/feed.css"), style)


def counts(_: Site, rows: Iterable[Row]) -> Iterator[str]:
    """How many documents of feeds there are."""
    feeds = [row for row in rows if isinstance(row, WriterRow) and row.path.startswith("feeds/")]
    yield counted(len(feeds), "feed")


class Planner:
    """Makes the documents of feeds; holds what all of them share."""

    def __init__(self, site: Site, hub: str, style: str) -> None:
        self.site = site
        self.hub = hub
        self.style = style

    def all_rows(self, subject: Subject) -> tuple[Row, ...]:
        """All documents of one feed."""
        return tuple(self.rows(subject))

    def rows(self, subject: Subject) -> Iterator[Row]:
        """The documents of one feed: the one to subscribe to in each format, and its archives.

        Archives are Atom only, which every reader knows: three formats would be three copies of
        the whole site.
        """
        current, archives = divide(subject.entries)
        if not subject.has_archives:
            archives = ()
        stems = [f"{subject.stem}/{part.name}" for part in archives]
        previous = self._atom(stems[-1]) if stems else ""
        feed = self._feed(subject, subject.stem, current, Chain(previous=previous))
        for format in FORMATS:
            yield _row(subject.stem, format, feed)
        urls = ["", *(self._atom(stem) for stem in stems), ""]
        for number, (stem, part) in enumerate(zip(stems, archives, strict=True)):
            chain = Chain(urls[number], urls[number + 2], self._atom(subject.stem))
            yield _row(stem, ATOM, self._feed(subject, stem, part.entries, chain))

    def _atom(self, stem: str) -> str:
        return self.site.absolute(stem + ATOM.ending)

    def _feed(
        self, subject: Subject, stem: str, entries: tuple[FeedEntry, ...], chain: Chain
    ) -> Feed:
        site, settings = self.site, self.site.settings
        name = xml_text(settings.name)
        return Feed(
            id=feed_id(site, subject.stem),
            title=f"{name}: {subject.title}" if subject.title else name,
            description=xml_text("" if subject.title else settings.subtitle),
            address=site.absolute(stem),
            home=site.absolute(subject.home),
            language=subject.language or settings.language,
            author=Person(xml_text(settings.author) or name, site.absolute("")),
            entries=entries,
            rights=xml_text(settings.copyright),
            hub="" if chain.current else self.hub,
            style=self.style,
            chain=chain,
        )


def _row(stem: str, format: Format, feed: Feed) -> Row:
    path = stem + format.ending
    check = check_json if format is JSON_FEED else check_xml
    return WriterRow(
        path,
        Place(f"the feed {path}"),
        write=partial(RENDERERS[format], feed),
        check=partial(check, feed),
        is_polled=not feed.chain.current,
    )
