"""No text of an author loses a feed, or makes one that readers cannot read."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import feedparser
import pytest
from lxml import etree
from msgspec.structs import replace

from plugins.engine.cache import row_key
from plugins.feeds.atom_rss import render_atom, render_rss
from plugins.feeds.check import check_json, check_xml
from plugins.feeds.content import Content
from plugins.feeds.json_feed import render_json
from plugins.feeds.model import Feed, FeedEntry, Person
from plugins.markdown.document import Body
from plugins.markdown.plain import plain_markup
from plugins.site.site import WriterRow
from plugins.source.codec import Digests
from plugins.source.problem import Place, Severity
from plugins.source.sums import Sums
from tests.site_folder import SiteFolder

MAY = datetime(2012, 5, 1, tzinfo=UTC)
RENDERERS = pytest.mark.parametrize("render", [render_atom, render_rss, render_json])


def entry(html: str = "<p>Text.</p>", *, language: str = "en", number: int = 1) -> FeedEntry:
    url = f"https://tea.example/posts/{number}/"
    return FeedEntry(
        id=f"urn:uuid:{number}",
        source=f"posts/{number}.md",
        url=url,
        title="Tea",
        summary="A < B & “C”",
        content=Content(Body((html,)), {}, url, language),
        published=MAY,
        updated=MAY,
        authors=(Person("Ada"), Person("Grace")),
        categories=("Q & A",),
        language=language,
    )


def feed(*entries: FeedEntry) -> Feed:
    return Feed(
        id="urn:uuid:0",
        title="Tea",
        description="",
        address="https://tea.example/feeds/all",
        home="https://tea.example/",
        language="en",
        author=Person("Ada"),
        entries=entries,
    )


def content_of(data: bytes) -> str:
    """The markup of the first entry, as a reader finds it."""
    if data.startswith(b"{"):
        content: str = json.loads(data)["items"][0]["content_html"]
        return content
    parsed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    assert parsed.bozo == 0
    return str(parsed.entries[0].content[0].value)


@RENDERERS
@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("a]]>b", "a]]&gt;b"),
        ("a&nbsp;b", "a&nbsp;b"),
        ("a\ud800\x1b\uffffb", "ab"),
        ("<![CDATA[a]]>", ""),
        ("<p>نص</p>", "<p>نص</p>"),
        ("", ""),
    ],
)
def test_text_comes_through(render: Callable[[Feed], bytes], html: str, expected: str) -> None:
    assert content_of(render(feed(entry(f"{html}<br>")))) == f"{expected}<br>"


@RENDERERS
def test_text_from_right_to_left_says_so(render: Callable[[Feed], bytes]) -> None:
    content = content_of(render(feed(entry("<p>نص</p>", language="ar"))))

    assert content == '<div lang="ar" dir="rtl"><p>نص</p></div>'


def test_language_of_an_entry_is_told_where_it_differs() -> None:
    arabic = feed(entry(), entry(language="ar", number=2))

    atom, rss = etree.fromstring(render_atom(arabic)), etree.fromstring(render_rss(arabic))
    xml_lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert [each.get(xml_lang) for each in atom.iter("{*}entry")] == [None, "ar"]
    assert [each.findtext("{*}language") for each in rss.iter("item")] == [None, "ar"]


@RENDERERS
def test_feed_without_entries_is_a_feed(render: Callable[[Feed], bytes]) -> None:
    data = render(feed())

    assert (check_json if data.startswith(b"{") else check_xml)(feed(), data) == []


def test_hub_is_named_in_each_format() -> None:
    hub = replace(feed(entry()), hub="https://hub.example/")

    links = {"a": "http://www.w3.org/2005/Atom"}
    for data in (render_atom(hub), render_rss(hub)):
        root = etree.fromstring(data)
        assert root.xpath("//a:link[@rel='hub']/@href", namespaces=links) == [
            "https://hub.example/"
        ]
    assert json.loads(render_json(hub))["hubs"] == [
        {"type": "WebSub", "url": "https://hub.example/"}
    ]
    assert etree.fromstring(render_rss(hub)).findtext("channel/link") == "https://tea.example/"


def test_feed_that_cannot_be_read_back_is_a_problem() -> None:
    (problem,) = check_xml(feed(), b"<feed><entry></feed>")

    assert problem.severity is Severity.ERROR
    assert problem.found.startswith("mismatched tag")


def test_large_feed_is_told_once_and_kept(minimal: SiteFolder) -> None:
    text = "word " * 120_000
    minimal.write(
        "content/posts/long.md", f"---\ntitle: L\nkind: news\ndate: 2012-05-01\n---\n{text}"
    )
    finished = minimal.build()

    assert finished.code == 0
    (line,) = [line for line in finished.report.splitlines() if "512 kB" in line]
    assert line.startswith("content/posts/long.md: warning: found 585 kB of text, the most in a")
    assert text.strip() in minimal.page("feeds/all.atom.xml")


@pytest.fixture
def minimal(site: Callable[[str], SiteFolder]) -> SiteFolder:
    return site("minimal")


def test_unchanged_feeds_are_known_again_by_a_cache() -> None:
    """Whatever a feed is made from has a fingerprint, the functions that make blocks plain too."""
    content = replace(entry().content, makers=(plain_markup,), has_blocks=True)
    one, other = (
        WriterRow("x", Place("x"), partial(render_atom, feed(replace(entry(), content=content))))
        for content in (content, replace(content, url="https://other.example/"))
    )

    keys = [row_key(row, "", Digests(), Sums()) for row in (one, one, other)]
    assert keys[0] == keys[1] != keys[2] != ""
