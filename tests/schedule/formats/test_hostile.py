"""Whatever a file holds comes out as text: no markup, no script, no placeholder, no path."""

from __future__ import annotations

import re
import time
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plugins.checklist.read import tree_reader
from plugins.checklist.settings import Settings as ChecklistSettings
from plugins.command.read import INLINES, TREES, fence_readers
from plugins.command.settings import Settings as CommandSettings
from plugins.markdown.converter import Converter
from plugins.markdown.reading import Reading
from plugins.markdown.write import Written
from plugins.schedule.foreign import clean, prose
from plugins.schedule.foreign.model import RefusedError
from plugins.schedule.formats.detect import read_foreign
from plugins.schedule.imports.importer import Folder, import_into
from plugins.schedule.imports.lines import entry, flow
from plugins.schedule.read import FENCES
from plugins.site.feature import Feature
from plugins.source.checked import checked
from plugins.source.marked import parse_yaml
from plugins.source.problem import Problems, Source
from plugins.source.schema import PageFrontMatter
from tests.schedule.formats.test_readers import FILES
from tests.schedule.imports.reading import outcome_of
from tests.schedule.parsing.parsed import schedule_in

CONVERTER = Converter(
    [
        Feature(
            name="all",
            fences={**fence_readers(CommandSettings()), **FENCES},
            inlines=INLINES,
            trees=(*TREES, tree_reader(ChecklistSettings())),
        )
    ]
)
KEPT = set("p a strong em ul ol li h2 h3 h4 h5 h6 pre code blockquote br div span".split())


class Tags(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def rendered(markdown: str) -> tuple[Tags, Reading]:
    """A talk's text as the site shows it, and what reading it left."""
    source = Source("talk.md", markdown)
    reading = Reading(source, checked(PageFrontMatter, {"title": "T"}), "t")
    root = CONVERTER.convert(source, reading).root
    return Tags(Written(reading).write(root).body.html(lambda link: link.target)), reading


def assert_harmless(text: str) -> Tags:
    """Shows a foreign text, and holds it against what it may become."""
    page, reading = rendered(prose.markdown(text))
    assert {tag for tag, _ in page.tags} <= KEPT
    for tag, attributes in page.tags:
        if (attributes.get("href") or "").startswith("#"):
            continue  # a heading's own anchor
        assert set(attributes) <= ({"href"} if tag == "a" else {"id", "class", "start"})
        assert re.match(r"(?:https?://|mailto:)", str(attributes.get("href", "https://")), re.I)
    assert reading.problems == []
    assert reading.parts == []
    return page


PLAIN = [
    "<script>alert(1)</script> [x](javascript:alert(1)) ![i](https://x.example/i.png)",
    "{{name}} {: .class #id onclick=x } ==mark== ~~gone~~ ++ctrl+c++ ^^x^^",
    "```schedule\n2026-10-24:\n  - A\n```",
    "~~~console run\n$ rm -rf /\n~~~",
    "    indented code",
    "# heading\n===\nsetext\n---",
    "> quote\n> [!NOTE]\n> alert",
    '??? note "Title"\n    body\n!!! danger',
    '=== "Tab"\n    body',
    "[ref]: https://x.example\n[^1]: note\n*[HTML]: abbr\n[ref] [^1] HTML",
    "a | b\n--|--\n1 | 2",
    "Term\n: definition",
    "1. one\n2. two\n- [ ] task\n* [x] done",
    "&lt;b&gt; &#60;script&#62; &amp;amp;",
    "<!-- more -->\n<div markdown=1>*x*</div>",
    "\x00nul \x0bvertical \u202eright to left \u200bnothing",
    "a\\*b\\\\ _x_ __y__ snake_case_name `code` ``two``",
    "{filename}/etc/passwd [x]({static}/x.png) [y](../../x.md)",
    "http://x.example/){onclick=alert(1)} https://user:pw@x.example/ www.x.example w@x.example",
    '<a href="https://x.example">[nested](https://y.example)</a><pre>```\nx\n```</pre>',
    "<p>1. not a list</p><p># nor a heading</p><ul><li># x<ul><li>- y</li></ul></li></ul>",
    "<a href='https://x.example/\"onmouseover=alert(1)'>x</a><img src=x onerror=alert(1)>",
]


@pytest.mark.parametrize("text", PLAIN)
def test_long_text_holds_nothing_but_text(text: str) -> None:
    assert_harmless(text)


SIGNS = st.text(alphabet=list("ab1 \n\t<>[](){}|*_`~=+-#&;:!?.\\/'\"^$%@\x0bé🎪"), max_size=60)
PIECES = st.sampled_from(
    ["<p>", "</p>", "<a href='https://x.example'>", "</a>", "<ul>", "<li>", "</ul>", "<pre>",
     "</pre>", "<code>", "<h1>", "<br>", "<b>", "<blockquote>", "```", "{{x}}", "](", "- ", "1. "]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(SIGNS | PIECES, max_size=8).map("".join))
def test_any_text_holds_nothing_but_text(text: str) -> None:
    assert_harmless(text)


@settings(max_examples=300)
@given(SIGNS)
@example("null")
@example("- a")
@example("a: b # c")
@example("---")
@example("\ud83d")
def test_any_value_reads_back_from_yaml_as_it_is(text: str) -> None:
    text = clean.visible(text)
    for value in ({"key": text}, {"key": [text, "b"]}, {"key": {text or "x": text}}):
        problems = Problems()
        source = Source("s", "\n".join(entry("key", value["key"])))
        node = parse_yaml(source, problems)
        assert problems == []
        assert node is not None
        assert node.plain() == value
        assert flow(text) == flow(text).strip()


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ('https://x.example/a b?c="d"<e>', "https://x.example/a%20b?c=%22d%22%3Ce%3E"),
        ("mailto:w@x.example", "mailto:w@x.example"),
        ("javascript:alert(1)", ""),
        ("JAVASCRIPT:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//x.example/", ""),
        ("/relative", ""),
        ("https://user@evil.example@x.example/", ""),
        ("https://[::1", ""),
        ("https:///x", ""),
        ("file:///etc/passwd", ""),
    ],
)
def test_address_is_kept_if_it_leads_to_the_web(address: str, kept: str) -> None:
    assert clean.address(address) == kept


def test_mail_addresses_of_people_stay_in_the_file() -> None:
    for file in FILES:
        outcome = import_into(Folder("", {}), read_foreign(file.read_bytes()), zone="", title="F")
        text = "".join(text or "" for text in outcome.files.values())
        found = set(clean.MAIL.findall(text))
        assert found <= {"a@x.example", "a@x.example-20261107T1200"}, file.name


def survives(data: bytes) -> None:
    """Reads bytes as a build would: they are a programme, or refused."""
    try:
        outcome = import_into(Folder("", {}), read_foreign(data), zone="", title="F")
    except RefusedError:
        return
    names = [Path(name) for name in outcome.files]
    assert all(not name.is_absolute() and ".." not in name.parts for name in names)
    assert all(len(name.parts) <= 2 for name in names)


def test_a_label_longer_than_a_key_of_yaml_is_cut() -> None:
    long = "[^1]: " * 200
    text = (
        f"<schedule><conference/><day date='2026-10-24'><event id='1'><title>A</title><links>"
        f"<link href='https://x.example/1'>{long}</link><link href='https://x.example/2'>{long}"
        f"</link></links></event></day></schedule>"
    )

    programme, problems = schedule_in(Source("s", str(outcome_of(text).files["schedule.yaml"])))

    assert problems == []
    assert [link.url[-1] for link in programme.sessions[0].texts.links] == ["1", "2"]
    assert {len(link.label) for link in programme.sessions[0].texts.links} == {300, 302}


def test_what_is_cut_or_read_as_plain_text_is_told() -> None:
    long, html = "many words " * 20_000, "<p>one</p>&amp;" * 4_000
    event = "<event><title>{}</title><abstract>{}</abstract><description>{}</description></event>"
    events = event.format("T" * 1_001, long, "") + event.format("Knots", "", escape(html))
    text = f"<schedule><conference/><day date='2026-10-24'>{events}</day></schedule>"

    outcome = outcome_of(text)

    assert [f"{d.found}; {d.done}" for d in outcome.programme.doubts if d.found[:2] != "no"] == [
        f"a name or a title of over 1,000 characters of “{'T' * 59}…”; cut: “{'T' * 59}…”",
        f"a text of 219,999 characters of “{'T' * 59}…”; cut after 200,000",
        "HTML of more than 50,000 characters or 50 levels of “Knots”; read as plain text",
    ]
    assert str(outcome.files["talks/knots.md"]).count("\none\n&") == 4_000


def test_extra_data_that_cannot_be_seen_is_left_out() -> None:
    text = "title,start,Fee\nA,2026-10-24 10:00,\u200b\n"

    assert "extra" not in str(outcome_of(text).files["schedule.yaml"])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
@settings(max_examples=40)
@given(data=st.data())
def test_mutated_file_is_read_or_refused(file: Path, data: st.DataObject) -> None:
    whole = file.read_bytes()
    start = data.draw(st.integers(0, len(whole)))
    length = data.draw(st.integers(0, 200))
    other = data.draw(st.binary(max_size=20) | st.sampled_from(whole.split(b" ")))
    survives(whole[:start] + other + whole[start + length :])


@pytest.mark.parametrize(
    "unit",
    [
        "<b>",
        "<a href='https://x.example'>",
        "[",
        "**a",
        "[a](",
        "- a\n",
        "&amp;",
        "<p>",
        "<ul><li>",
        "\u0301\u0323",
        "\u0f73",
    ],
)
def test_long_text_takes_no_time(unit: str) -> None:
    begun = time.perf_counter()

    prose.markdown(unit * 40_000)

    assert time.perf_counter() - begun < 3
