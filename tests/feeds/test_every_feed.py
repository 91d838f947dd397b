"""Every feed of the full test site and of the real one is what parsers and standards expect."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import feedparser
import pytest
from lxml import etree, html

from tests.site_folder import SiteFolder, copied_real_site

ATOM = {"a": "http://www.w3.org/2005/Atom"}
EVENTS = re.compile("on[a-z]+")


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as one of the three formats has it; what the others lack is left out."""

    id: str
    url: str
    title: str
    published: datetime
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    content: str


@pytest.fixture(scope="module")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """This repository's own site, as the public sees it."""
    site = copied_real_site(tmp_path_factory.mktemp("real"))
    return site.built(settings="publishconf.py", SOURCE_DATE_EPOCH="1795392000")


@pytest.fixture(params=["published_site", "real_site"])
def output(request: pytest.FixtureRequest) -> Path:
    site: SiteFolder = request.getfixturevalue(request.param)
    return site.output


def feeds_in(output: Path, ending: str) -> Iterator[tuple[str, bytes]]:
    """Every feed with its path below the output, without its ending."""
    for file in sorted((output / "feeds").rglob(f"*{ending}")):
        yield file.relative_to(output).as_posix().removesuffix(ending), file.read_bytes()


def parsed(data: bytes) -> tuple[Item, ...]:
    """The entries of an Atom or RSS feed, by the parser that many readers use."""
    feed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    assert feed.bozo == 0
    return tuple(
        Item(
            id=entry.id,
            url=entry.link,
            title=title_of(entry),
            published=datetime(*entry.published_parsed[:6], tzinfo=UTC),
            authors=tuple(a.name for a in entry.authors),
            tags=tuple(tag.term for tag in entry.get("tags", ())),
            content=entry.content[0].value,
        )
        for entry in feed.entries
    )


def title_of(entry: feedparser.FeedParserDict) -> str:
    """The title as text, whatever the feed says that it is."""
    is_markup: bool = entry.title_detail.type == "text/html"
    return unescape(entry.title) if is_markup else entry.title


def json_items(data: bytes) -> tuple[Item, ...]:
    return tuple(
        Item(
            id=item["id"],
            url=item["url"],
            title=item["title"],
            published=datetime.fromisoformat(item["date_published"]),
            authors=tuple(author["name"] for author in item["authors"]),
            tags=tuple(item.get("tags", ())),
            content=item["content_html"],
        )
        for item in json.loads(data)["items"]
    )


def test_three_formats_say_the_same(output: Path) -> None:
    """Id, address, date, authors and text survive the round trip, whatever the format."""
    atom = {path: data for path, data in feeds_in(output, ".atom.xml") if not is_archive(data)}
    rss, other = dict(feeds_in(output, ".rss.xml")), dict(feeds_in(output, ".json"))

    assert atom.keys() == rss.keys() == other.keys()
    for path, data in atom.items():
        assert parsed(data) == parsed(rss[path]) == json_items(other[path]), path


def is_archive(data: bytes) -> bool:
    return b"<fh:archive/>" in data


def test_ids_and_addresses_are_unique_in_each_feed(output: Path) -> None:
    for path, data in feeds_in(output, ".atom.xml"):
        items = parsed(data)
        assert len({item.id for item in items}) == len({item.url for item in items}) == len(items)
        assert all(re.fullmatch("urn:uuid:[0-9a-f-]{36}", item.id) for item in items), path


def test_one_post_has_one_id_in_all_feeds(output: Path) -> None:
    ids: dict[str, set[str]] = {}
    for _, data in feeds_in(output, ".atom.xml"):
        for item in parsed(data):
            ids.setdefault(item.url, set()).add(item.id)

    assert [url for url, held in ids.items() if len(held) > 1] == []


def test_atom_has_what_its_standard_requires(output: Path) -> None:
    """RFC 4287, sections 4.1.1 and 4.1.2, and the links of RFC 5005."""
    for path, data in feeds_in(output, ".atom.xml"):
        feed = etree.fromstring(data)
        for element in [feed, *feed.findall("a:entry", ATOM)]:
            for required in ("id", "title", "updated"):
                assert len(element.findall(f"a:{required}", ATOM)) == 1
            assert element.findall("a:author", ATOM)
            alternates = element.xpath("a:link[@rel='alternate']/@type", namespaces=ATOM)
            assert alternates == ["text/html"]
        (own,) = feed.xpath("a:link[@rel='self']/@href", namespaces=ATOM)
        assert unquote(own).endswith(f"/{path}.atom.xml")
        dates = feed.xpath("a:entry/a:updated/text()", namespaces=ATOM)
        newest = max(map(datetime.fromisoformat, dates), default=None)
        if newest:
            assert datetime.fromisoformat(feed.findtext("a:updated", None, ATOM)) == newest


def test_rss_has_what_its_standard_requires(output: Path) -> None:
    for path, data in feeds_in(output, ".rss.xml"):
        channel = etree.fromstring(data)[0]
        for required in ("title", "link", "description", "language", "lastBuildDate"):
            assert len(channel.findall(required)) == 1, path
        (own,) = channel.xpath("a:link[@rel='self']/@href", namespaces=ATOM)
        assert unquote(own).endswith(f"/{path}.rss.xml")
        assert set(channel.xpath("item/guid/@isPermaLink")) <= {"false"}


def test_json_feed_keeps_the_rules_of_its_specification(output: Path) -> None:
    for path, data in feeds_in(output, ".json"):
        feed = json.loads(data)
        assert json_faults(feed) == [], path
        assert unquote(feed["feed_url"]).endswith(f"/{path}.json")


TOP = {"version", "title", "home_page_url", "feed_url", "description", "language", "authors"}
ITEM = set("id url title content_html summary image date_published date_modified".split()) | {
    "authors",
    "tags",
    "language",
}
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)")


def json_faults(feed: dict[str, Any]) -> list[str]:
    """What the specification of JSON Feed 1.1 would not have."""
    faults = [f"unknown {key}" for key in feed.keys() - TOP - {"items", "hubs"}]
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        faults.append("version")
    if not isinstance(feed.get("title"), str) or not isinstance(feed.get("items"), list):
        faults.append("title or items")
    faults += [f"unknown {key}" for item in feed["items"] for key in item.keys() - ITEM]
    for item in feed["items"]:
        faults += item_faults(item)
    return faults


def item_faults(item: dict[str, Any]) -> Iterator[str]:
    if not isinstance(item.get("id"), str) or not item["id"]:
        yield "an id is a string"
    if not isinstance(item.get("content_html"), str):
        yield "an item has content"
    yield from (
        f"{key} is not of RFC 3339"
        for key in ("date_published", "date_modified")
        if not RFC_3339.fullmatch(item[key])
    )
    yield from (f"{key} is not absolute" for key in ("url", "image") if not absolute(item.get(key)))
    if not all(author.keys() <= {"name", "url", "avatar"} and author for author in item["authors"]):
        yield "an author has a name, an address or an avatar"


def absolute(url: str | None) -> bool:
    return url is None or urlsplit(url).scheme in {"http", "https"}


def test_markup_is_harmless_and_absolute(output: Path) -> None:
    for path, data in feeds_in(output, ".json"):
        for item in json_items(data):
            tree = html.fragment_fromstring(item.content, create_parent="div")
            names = {name for element in tree.iter() for name in element.attrib}
            assert not [name for name in names if EVENTS.fullmatch(name) or name == "style"], path
            assert not tree.xpath(".//script | .//style | .//iframe | .//form | .//input"), path
            found = [*tree.xpath(".//@href | .//@src | .//@poster"), *sets(tree)]
            assert [url for url in found if not urlsplit(url).scheme] == [], path


def sets(tree: html.HtmlElement) -> list[str]:
    return [part.split()[0] for value in tree.xpath(".//@srcset") for part in value.split(",")]


def test_walk_through_archives_meets_each_post_once(output: Path) -> None:
    """RFC 5005, section 4: from the document that one subscribes to, `prev-archive` after it."""
    documents = {
        etree.fromstring(data).xpath("a:link[@rel='self']/@href", namespaces=ATOM)[0]: data
        for _, data in feeds_in(output, ".atom.xml")
    }
    start = next(url for url in documents if url.endswith("/feeds/all.atom.xml"))
    walked = [item.url for data in chain(documents, start) for item in parsed(data)]
    others = ("/feeds/changes/", "/feeds/product-support/")
    posts = [data for url, data in documents.items() if not any(o in url for o in others)]
    every = {item.url for data in posts for item in parsed(data)}

    assert sorted(walked) == sorted(every)


def chain(documents: dict[str, bytes], url: str) -> Iterator[bytes]:
    while url:
        data = documents[url]
        yield data
        links = etree.fromstring(data).xpath("a:link[@rel='prev-archive']/@href", namespaces=ATOM)
        url = links[0] if links else ""
