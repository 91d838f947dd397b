"""No text of an author loses a feed, or makes one that readers cannot read."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

import feedparser
import pytest
from lxml import etree
from msgspec.structs import replace

from plugins.feeds.check import check_json, check_xml
from plugins.feeds.content import Content
from plugins.feeds.formats import ATOM, JSON_FEED, RSS, Format
from plugins.feeds.model import Feed, FeedEntry, Person
from plugins.feeds.plan import RENDERERS as BY_FORMAT
from plugins.feeds.plan import serialize
from plugins.markdown.document import Markup
from plugins.site.remembers import Call, Unremembered
from plugins.source.problem import Severity
from tests.site_folder import SiteFolder

MAY = datetime(2012, 5, 1, tzinfo=UTC)
Entries = tuple[FeedEntry, ...]


def render_atom(entries: Entries, **more: str) -> bytes:
    return rendered(ATOM, entries, **more)


def render_rss(entries: Entries, **more: str) -> bytes:
    return rendered(RSS, entries, **more)


def render_json(entries: Entries, **more: str) -> bytes:
    return rendered(JSON_FEED, entries, **more)


def rendered(format: Format, entries: Entries, **more: str) -> bytes:
    """The feed of these entries, which differs in these fields from the usual one."""
    parts = [serialize(Unremembered(), each, "en", True) for each in entries]
    return BY_FORMAT[format](replace(FEED, **more), parts)


RENDERERS = pytest.mark.parametrize("render", [render_atom, render_rss, render_json])


def entry(html: str = "<p>Text.</p>", *, language: str = "en", number: int = 1) -> FeedEntry:
    url = f"https://tea.example/posts/{number}/"
    return FeedEntry(
        id=f"urn:uuid:{number}",
        source=f"posts/{number}.md",
        url=url,
        title="Tea",
        summary="A < B & “C”",
        content=Content(Markup(""), url, language, segments=(html,)),
        published=MAY,
        updated=MAY,
        authors=(Person("Ada"), Person("Grace")),
        categories=("Q & A",),
        language=language,
    )


FEED = Feed(
    id="urn:uuid:0",
    title="Tea",
    description="",
    address="https://tea.example/feeds/all",
    home="https://tea.example/",
    language="en",
    author=Person("Ada"),
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
def test_text_comes_through(render: Callable[[Entries], bytes], html: str, expected: str) -> None:
    assert content_of(render((entry(f"{html}<br>"),))) == f"{expected}<br>"


@RENDERERS
def test_text_from_right_to_left_says_so(render: Callable[[Entries], bytes]) -> None:
    content = content_of(render((entry("<p>نص</p>", language="ar"),)))

    assert content == '<div lang="ar" dir="rtl"><p>نص</p></div>'


def test_language_of_an_entry_is_told_where_it_differs() -> None:
    arabic = entry(), entry(language="ar", number=2)

    atom, rss = etree.fromstring(render_atom(arabic)), etree.fromstring(render_rss(arabic))
    xml_lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert [each.get(xml_lang) for each in atom.iter("{*}entry")] == [None, "ar"]
    assert [each.findtext("{*}language") for each in rss.iter("item")] == [None, "ar"]


@RENDERERS
def test_feed_without_entries_is_a_feed(render: Callable[[Entries], bytes]) -> None:
    data = render(())

    assert (check_json if data.startswith(b"{") else check_xml)(FEED, (), data) == []


def test_hub_is_named_in_each_format() -> None:
    entries, hub = (entry(),), "https://hub.example/"

    links = {"a": "http://www.w3.org/2005/Atom"}
    for data in (render_atom(entries, hub=hub), render_rss(entries, hub=hub)):
        root = etree.fromstring(data)
        assert root.xpath("//a:link[@rel='hub']/@href", namespaces=links) == [
            "https://hub.example/"
        ]
    assert json.loads(render_json(entries, hub=hub))["hubs"] == [
        {"type": "WebSub", "url": "https://hub.example/"}
    ]
    assert (
        etree.fromstring(render_rss(entries, hub=hub)).findtext("channel/link")
        == "https://tea.example/"
    )


def test_feed_that_cannot_be_read_back_is_a_problem() -> None:
    (problem,) = check_xml(FEED, (), b"<feed><entry></feed>")

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


def test_entries_are_known_again() -> None:
    """Whatever an entry is made from is in the digest that it is remembered by."""
    one, other = entry(), replace(entry(), content=replace(entry().content, before="<p>A</p>"))

    digests = [Call(serialize, (e, "en", True), object).digest for e in (one, entry(), other)]
    assert digests[0] == digests[1] != digests[2]
