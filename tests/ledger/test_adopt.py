"""An old feed's ids become those of the posts here, whatever its format and its faults."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.engine.report import Reporter, explanation
from plugins.engine.tasks import adopt_feed, plan_publish
from plugins.ledger.adopt import OldEntry, OldFeed, parse_feed
from plugins.site.ledger import Ledger
from plugins.source.errors import HallwayError
from plugins.source.problem import Problems
from tests.ledger.press import Press, quiet

ATOM = """\
<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title>Old</title>
  <link rel="self" href="https://tiny.example/feed.xml"/>
  <link href="https://tiny.example/"/>
  <entry>
    <id>tag:tiny.example,2011:1</id>
    <title type="html">Tea &amp;amp; milk</title>
    <link rel="alternate" href="https://tiny.example/2011/05/tea.html"/>
    <updated>2011-06-01T00:00:00Z</updated>
    <published>2011-05-01T10:00:00+02:00</published>
  </entry>
  <entry>
    <id>tag:tiny.example,2011:2</id>
    <title>Long gone</title>
    <link href="https://tiny.example/2011/05/gone.html"/>
    <updated>2011-05-02T00:00:00Z</updated>
  </entry>
  <entry>
    <id>tag:tiny.example,2011:3</id>
    <title>Old title</title>
    <link href="https://tiny.example/posts/sugar/"/>
    <updated>2011-05-03T00:00:00Z</updated>
  </entry>
  <entry>
    <id>tag:tiny.example,2011:4</id>
    <title>  WATER
      for two</title>
    <link href="http://feeds.example/~r/tiny/~3/xyz/"/>
    <updated>2011-05-04T00:00:00Z</updated>
  </entry>
</feed>
"""

RSS = """\
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Old</title>
<item><title>One</title><link>https://x.example/one/</link>
<guid isPermaLink="false">17 at https://x.example</guid>
<pubDate>Sun, 01 May 2011 10:00:00 +0200</pubDate></item>
<item><title>Two</title><link>https://x.example/two/</link><pubDate>whenever</pubDate></item>
</channel></rss>
"""

RDF = """\
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<item rdf:about="https://x.example/one"><title>One</title><link>https://x.example/one</link>
<dc:date>2011-05-01</dc:date></item></rdf:RDF>
"""

JSON = """\
{"version": "https://jsonfeed.org/version/1.1", "title": "Old", "feed_url": "https://x.example/f",
 "items": [{"id": "1", "url": "https://x.example/one", "title": "One",
 "date_published": "2011-05-01T10:00:00Z"}, 7, {"url": "https://x.example/without"}]}
"""

BOMB = """\
<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY file SYSTEM "file:///etc/passwd">]>
<rss><channel><item><title>&b;&file;</title></item></channel></rss>
"""


def read(data: bytes | str) -> tuple[OldFeed | None, list[str]]:
    problems = Problems()
    raw = data.encode() if isinstance(data, str) else data
    return parse_feed("old.xml", raw, problems), [str(problem) for problem in problems]


@pytest.fixture
def press(tmp_path: Path) -> Press:
    """A site that was never published, with three posts that its old feed has too."""
    press = Press(tmp_path)
    press.write("posts/tea.md", title="Tea & milk", date="2011-05-01", modified="2012-01-01")
    press.write("posts/sugar.md", title="Sugar", date="2011-05-03")
    press.write("posts/h2o.md", title="Water for two", date="2011-05-04")
    press.write("posts/new.md", title="New", date="2012-05-04")
    (press.folder / "old.xml").write_text(ATOM, "utf-8")
    return press


def adopted(press: Press, reporter: Reporter) -> Ledger:
    adopt_feed(press.job(), reporter, feed=press.folder / "old.xml")
    return press.ledger()


def test_posts_are_known_by_address_slug_or_title(press: Press) -> None:
    ledger = adopted(press, quiet())

    assert {source: record.id[-1] for source, record in ledger.documents.items()} == {
        "posts/tea.md": "1",
        "posts/sugar.md": "3",
        "posts/h2o.md": "4",
    }
    assert ledger.documents["posts/tea.md"].published == "2011-05-01T10:00:00+02:00"
    assert ledger.feeds == {"feed.xml": ""}


def test_entry_without_a_post_is_listed(press: Press) -> None:
    reporter = quiet()
    adopted(press, reporter)

    assert reporter.stream.getvalue().replace(f"{press.folder}/", "") == (  # type: ignore[attr-defined]
        "old.xml:13: warning: found the entry “Long gone”, whose post is not here; expected a "
        "post with its address, slug or title\n"
        "    hint: if there is one, write `aliases: [/2011/05/gone.html]` into it and adopt the "
        "feed again\n"
    )


def test_first_publish_shows_nothing_again(
    press: Press, capsys: pytest.CaptureFixture[str]
) -> None:
    adopted(press, quiet())
    moved = {"/feed.xml": "/feeds/all.atom.xml"}

    plan_publish(press.job(REDIRECTS=moved), quiet())

    assert capsys.readouterr().out.splitlines()[-1] == (
        "For subscribers: 1 (New) new, 0 updated, 0 would be shown again, 0 would be lost"
    )
    press.publish(REDIRECTS=moved)
    old_ids = set(re.findall("<id>(tag:.*)</id>", ATOM)) - {"tag:tiny.example,2011:2"}
    assert old_ids < set(re.findall("<id>(.*)</id>", press.page("feed.xml")))
    assert '<a href="/posts/tea/">moved</a>' in press.page("2011/05/tea.html")


def test_adopting_twice_is_adopting_once(press: Press) -> None:
    assert adopted(press, quiet()) == adopted(press, quiet())


def test_rss_is_read() -> None:
    assert read(RSS) == (
        OldFeed(
            "old.xml",
            "",
            (
                OldEntry(
                    "17 at https://x.example",
                    "https://x.example/one/",
                    "One",
                    "2011-05-01T10:00:00+02:00",
                    3,
                ),
                OldEntry("https://x.example/two/", "https://x.example/two/", "Two", "", 6),
            ),
        ),
        [],
    )


def test_rss_1_is_read() -> None:
    link, moment = "https://x.example/one", "2011-05-01T00:00:00+00:00"

    assert read(RDF) == (OldFeed("old.xml", "", (OldEntry(link, link, "One", moment, 3),)), [])


def test_json_feed_is_read() -> None:
    entry = OldEntry("1", "https://x.example/one", "One", "2011-05-01T10:00:00+00:00", 0)

    assert read(JSON) == (OldFeed("old.xml", "https://x.example/f", (entry,)), [])


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (BOMB, "old.xml:1: found a document type, which no feed needs"),
        ("<html><body>Not found</body></html>", "old.xml:1: found the element “html”"),
        (
            "<rss><channel>",
            "old.xml:1: found broken XML (Premature end of data in tag channel line 1)",
        ),
        ('{"version": 1, "items": []}', "old.xml: found no JSON Feed"),
        ('{"version": "https://jsonfeed.org/version/1"', "old.xml: found no JSON Feed"),
        (b"", "old.xml:1: found broken XML (Document is empty)"),
        (b" " * 50_000_001, "old.xml: found a file of 50000001 bytes"),
    ],
    ids=["bomb", "page", "cut", "other-json", "cut-json", "empty", "huge"],
)
def test_what_is_no_feed_is_refused(data: bytes | str, found: str) -> None:
    feed, problems = read(data)

    assert feed is None
    assert [problem.partition(";")[0] for problem in problems] == [found]


@given(st.binary() | st.text() | st.text().map(lambda text: f"<rss><item>{text}</item></rss>"))
def test_no_file_is_too_odd_to_be_read(data: bytes | str) -> None:
    raw = data.encode("utf-8", "replace") if isinstance(data, str) else data
    feed, problems = read(raw)

    assert (feed is None) == bool(problems)


@given(st.text(alphabet="0123456789-+:., TZGMTSunMay", max_size=40))
def test_no_date_is_too_odd_to_be_read(date: str) -> None:
    feed, _ = read(f"<rss><item><guid>1</guid><pubDate>{date}</pubDate></item></rss>")

    assert feed
    assert len(feed.entries) == 1


def test_file_that_is_not_there_is_told(press: Press) -> None:
    with pytest.raises(HallwayError) as error:
        adopt_feed(press.job(), quiet(), feed=Path("nowhere.xml"))

    assert explanation(error.value) == [
        "configuration: FROM: found 'nowhere.xml', which cannot be read (No such file or "
        "directory); expected a feed's file"
    ]


def test_file_that_is_not_named_is_told(press: Press) -> None:
    with pytest.raises(HallwayError) as error:
        adopt_feed(press.job(), quiet(), feed=Path())

    assert explanation(error.value) == [
        "configuration: FROM: found nothing; expected a feed's file, as in "
        "`make adopt-feed FROM=old.xml`"
    ]
