"""A site that publishes in this process, and subscribers that do as feed readers do."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import feedparser

from plugins.blog.plugin import feature as blog_feature
from plugins.engine.collect import collect_site
from plugins.engine.scan import Found
from plugins.feeds.plugin import feature as feeds_feature
from plugins.ledger.records import next_ledger
from plugins.markdown.converter import Converter
from plugins.markdown.document import Document
from plugins.site.feature import Section, sections_of
from plugins.site.ledger import Ledger
from plugins.site.read import DocumentReader
from plugins.site.remembers import Unremembered
from plugins.site.site import Row, Site, WriterRow
from plugins.source.problem import Problems
from plugins.source.settings import SiteSettings

Web = dict[str, bytes]
"""What stands at each address."""

NOW = datetime(2030, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Newsroom:
    """Posts by name, and the ledger that goes from one publish to the next."""

    url: str = "https://tea.example"
    posts: dict[str, str] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=Ledger)

    def publish(self) -> Web:
        """The feeds of all posts that are public."""
        site, rows = self._made()
        self.ledger = next_ledger(site, rows, ())
        return {
            site.absolute(row.path): row.data(site.memo)
            for row in rows
            if isinstance(row, WriterRow) and row.path.startswith("feeds/")
        }

    def _made(self) -> tuple[Site, list[Row]]:
        settings = SiteSettings(
            name="Tea", url=self.url, author="Ada", publish=True, article_url="posts/{slug}/"
        )
        engine = SimpleNamespace(site_settings=settings, settings={}, theme=Path("none"))
        blog, feeds = blog_feature(engine), feeds_feature(engine)
        problems = Problems()
        site = collect_site(
            self._documents(settings, sections_of([blog])[0]),
            Found((), ()),
            {},
            {},
            self.ledger,
            folder=Path("content"),
            settings=settings,
            features=(blog, feeds),
            now=NOW,
            problems=problems,
            memo=Unremembered(),
        )
        assert problems == [], problems
        assert blog.plan
        assert feeds.plan
        return site, [*blog.plan(site), *feeds.plan(site)]

    def _documents(self, settings: SiteSettings, section: Section) -> list[Document]:
        reader = DocumentReader(Converter(()), settings.zone)
        documents = []
        for name, text in sorted(self.posts.items()):
            source = f"posts/{name}.md"
            document, problems = reader.read(source, source, text.encode(), section=section)
            assert document, problems
            documents.append(document)
        return documents


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as a reader keeps it."""

    id: str
    url: str
    updated: datetime
    content: str


@dataclass(slots=True)
class Subscriber:
    """A reader that follows one feed; it keeps entries by their id, as all do."""

    path: str
    kept: dict[str, Item] = field(default_factory=dict)
    fetched: set[str] = field(default_factory=set)
    """Archives, of which the standard says that they need not be fetched again."""
    shown: list[Item] = field(default_factory=list)
    """What was shown as new."""
    changed: list[Item] = field(default_factory=list)
    """What was shown as changed."""

    def poll(self, web: Mapping[str, bytes], url: str) -> None:
        """Fetch the feed, and the archives that are not known yet (RFC 5005, section 4.2)."""
        address = f"{url}/feeds/{self.path}"
        archives = []
        while address and address not in self.fetched:
            items, previous = read(web[address])
            archives.append(items)
            if len(archives) > 1:
                self.fetched.add(address)
            address = previous
        for items in reversed(archives):
            for item in reversed(items):
                self._take(item)

    def _take(self, item: Item) -> None:
        known = self.kept.get(item.id)
        self.kept[item.id] = item
        if not known:
            self.shown.append(item)
        elif known.updated != item.updated:
            self.changed.append(item)


def read(data: bytes) -> tuple[list[Item], str]:
    """The entries of a feed in any format, and the address of the archive before it."""
    if data.startswith(b"{"):
        return [json_item(item) for item in json.loads(data)["items"]], ""
    feed = feedparser.parse(data)
    assert feed.bozo == 0
    return [xml_item(entry) for entry in feed.entries], next(previous_archives(feed), "")


def json_item(item: dict[str, str]) -> Item:
    updated = datetime.fromisoformat(item["date_modified"]).astimezone(UTC)
    return Item(item["id"], item["url"], updated.replace(microsecond=0), item["content_html"])


def xml_item(entry: feedparser.FeedParserDict) -> Item:
    moment = dict.get(entry, "updated_parsed") or entry.published_parsed
    updated = datetime(*moment[:6], tzinfo=UTC)
    return Item(entry.id, entry.link, updated, entry.content[0].value)


def previous_archives(feed: feedparser.FeedParserDict) -> Iterator[str]:
    for link in feed.feed.links:
        if link.rel == "prev-archive":
            yield link.href
