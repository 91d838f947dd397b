"""Feeds are whole, valid to the parsers that readers use, and absolute in every address."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest
from lxml import etree, html

from tests.site_folder import SiteFolder, copied_site

GOLDEN = Path(__file__).parents[1] / "golden" / "minimal"
FEEDS = ["feeds/all.atom.xml", "feeds/all.rss.xml"]

FEED = pytest.mark.parametrize("feed", FEEDS)


@pytest.fixture(scope="module")
def minimal(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    return copied_site("minimal", tmp_path_factory.mktemp("feeds") / "minimal").built()


def parse(site: SiteFolder, feed: str) -> feedparser.FeedParserDict:
    """The feed as it stands, its markup not cleaned."""
    return feedparser.parse(site.page(feed), sanitize_html=False, resolve_relative_uris=False)


@pytest.mark.parametrize("feed", [*FEEDS, "feeds/all.json"])
def test_feed_of_the_minimal_site_is_the_golden_one(
    feed: str, minimal: SiteFolder, matches: Callable[[str, Path], None]
) -> None:
    matches(minimal.page(feed), GOLDEN / feed)


@FEED
def test_feed_is_well_formed_and_understood(feed: str, published_site: SiteFolder) -> None:
    etree.fromstring(published_site.page(feed).encode())
    parsed = parse(published_site, feed)

    assert parsed.bozo == 0
    assert parsed.feed.title == "Full & whole"
    assert parsed.feed.language == "en"
    assert parsed.feed.link == "https://full.example/blog/"
    assert len(parsed.entries) == 21


@FEED
def test_entries_have_id_link_date_and_authors(feed: str, published_site: SiteFolder) -> None:
    entries = {entry.link: entry for entry in parse(published_site, feed).entries}

    entry = entries["https://full.example/blog/posts/guide-one/"]
    assert unescape(entry.title) == 'A guide with <b>markup</b> & quotes: "all" of it'
    assert entry.id.startswith("urn:uuid:")
    assert entry.published_parsed[:5] == (2012, 1, 9, 23, 0)
    assert [tag.term for tag in entry.tags] == ["Databases", "C++", "alembic"]
    assert len({e.id for e in entries.values()}) == len(entries)


def test_atom_names_every_author_and_the_update(published_site: SiteFolder) -> None:
    entries = {entry.link: entry for entry in parse(published_site, FEEDS[0]).entries}

    entry = entries["https://full.example/blog/posts/guide-one/"]
    assert [author.name for author in entry.authors] == ["Ada", "Grace"]
    assert entry.updated_parsed[:5] == (2012, 1, 31, 23, 0)


@FEED
def test_entries_are_newest_first_and_only_what_the_public_finds(
    feed: str, full_site: SiteFolder, published_site: SiteFolder
) -> None:
    entries = parse(published_site, feed).entries
    dates = [entry.published_parsed for entry in entries]

    assert dates == sorted(dates, reverse=True)
    assert [e.link for e in parse(full_site, feed).entries] == [e.link for e in entries]


@FEED
def test_every_address_is_absolute(feed: str, published_site: SiteFolder) -> None:
    parsed = parse(published_site, feed)
    addresses = [
        address
        for entry in parsed.entries
        for address in [entry.link, *addresses_in(entry.content[0].value)]
    ]

    assert [a for a in addresses if not urlsplit(a).scheme] == []
    assert "https://full.example/blog/images/map2.svg" in addresses


def addresses_in(markup: str) -> list[str]:
    tree = html.fragment_fromstring(markup, create_parent="div")
    sources = [s.split()[0] for value in tree.xpath(".//@srcset") for s in value.split(",")]
    return [*tree.xpath(".//@href | .//@src | .//@poster"), *sources]


@FEED
def test_entry_holds_the_whole_text(feed: str, published_site: SiteFolder) -> None:
    entries = {entry.link: entry for entry in parse(published_site, feed).entries}

    text = html.fromstring(
        entries["https://full.example/blog/posts/guide-one/"].content[0].value
    ).text_content()
    assert "Text with another note" in text
    assert "One, with a link." in text
    assert "more -->" not in text


def test_feeds_without_entries_do_not_ask_the_clock(tmp_path: Path) -> None:
    first, second = (emptied(tmp_path / day, day) for day in ("1000000000", "1338552000"))

    for feed in FEEDS:
        assert first.page(feed) == second.page(feed)
        assert feedparser.parse(first.page(feed)).bozo == 0


def emptied(folder: Path, day: str) -> SiteFolder:
    """The minimal site without its texts, built on a day."""
    site = copied_site("minimal", folder)
    for file in (site.folder / "content").rglob("*.md"):
        file.unlink()
    return site.built(SOURCE_DATE_EPOCH=day)
