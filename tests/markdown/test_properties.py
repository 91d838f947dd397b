"""What holds for any input, tried on those that Hypothesis thinks of."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from html import unescape

from hypothesis import example, given, settings
from hypothesis import strategies as st

from plugins.markdown.html import (
    ids_of,
    map_attributes,
    plain_text,
    reading_minutes,
    shortened,
    with_unique_ids,
)
from plugins.markdown.plain import plain_html
from plugins.markdown.tree import parse_fragment, render_fragment
from plugins.source.problem import Place, Problem, Severity, printable, quoted, sorted_problems
from plugins.source.slug import MOST_BYTES, slugify, url_path
from plugins.source.times import parse_moment
from tests.markdown.reading import HEAD, PAGES, POSTS, ZONE, read_bytes

# Pieces that mean something to one of our readers, put together at random.
PIECES = st.sampled_from(
    [
        *("---\n", "...\n", "\n", "\n\n", " ", "    ", "\t", "title: ", "date: ", "kind: essay\n"),
        *("tags: [", "]", "{", "}", "&a ", "*a", "!!python ", "? ", "- ", ": ", "|\n", '"', "'"),
        *("```", "````python {", "~~~\n", "> ", ">", "[", "](", ")", "![", "[^1]", "[^1]: ", "*["),
        *("#", "## ", "=== ", '"A"\n', "??? ", "> [!NOTE]\n", "|a|b|\n|-|-|\n", "==", "++ctrl++"),
        *(
            "<",
            "<a href=",
            "<p>",
            "</p>",
            "<!--",
            "-->",
            "<!-- more -->",
            "<script>",
            "&amp;",
            "&#0;",
        ),
        *(
            "{: .x #y }",
            "{filename}",
            "https://",
            "\\",
            "`",
            "``",
            "^",
            "2012-03-01",
            "é",
            "あ",
            "ع",
        ),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=6), max_size=40).map("".join)
MARKUP = st.lists(
    st.sampled_from(
        [
            *('<b id="a">', "</b>", '<a href="#a">', "</a>", '<label for="a b">', "<!--", "-->"),
            *("<script>", "</script>", " ", "text", "&lt;", "&amp;", "<", ">", '"', "<br/>"),
            *('<input name="n" id=\'i"\'>', '<a href="#gone">', '<i title="x > y">', "<b id=c>"),
        ]
    ),
    max_size=12,
).map("".join)


@given(st.binary(max_size=300), st.sampled_from([POSTS, PAGES]))
@example(b"", POSTS)
@example(b"\xef\xbb\xbf", POSTS)
@example(b"---\n", PAGES)
@example(b"---\n---", PAGES)
@example(b"---\n!\n---", POSTS)
@example(b"---\n? \n---", POSTS)
def test_any_bytes_are_a_document_or_problems(data: bytes, section: object) -> None:
    document, problems = read_bytes(data, section=section)

    assert document or problems


@given(TEXTS, st.sampled_from([POSTS, PAGES]))
def test_any_text_is_a_document_or_problems(text: str, section: object) -> None:
    document, problems = read_bytes(text.encode("utf-8", "surrogatepass"), section=section)

    assert document or problems


@given(TEXTS)
@settings(max_examples=200)
def test_any_head_is_one_or_problems(text: str) -> None:
    document, problems = read_bytes(f"---\n{text}\n---\n".encode("utf-8", "surrogatepass"))

    assert document or problems


@given(TEXTS)
@settings(max_examples=200)
def test_any_body_is_read_with_problems_in_its_lines(text: str) -> None:
    data = (HEAD + text).encode("utf-8", "surrogatepass")

    document, problems = read_bytes(data)

    assert document or problems
    lines = (HEAD + text).replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    told = [p for p in problems if p.severity is not Severity.UNCHECKED]
    assert [p for p in told if not 1 <= p.place.line <= lines] == []
    if document:
        for body in (document.body, document.lead):
            assert len(body.segments) == len(body.links) + 1


@given(MARKUP)
def test_ids_are_made_unique_and_nothing_else_changes(html: str) -> None:
    changed = with_unique_ids(html, prefix="p", url="/u/")

    assert ids_of(changed) == {f"p-{name}" for name in ids_of(html)}
    assert plain_text(changed) == plain_text(html)


@given(MARKUP)
def test_two_texts_with_ids_of_their_own_share_none(html: str) -> None:
    one = with_unique_ids(html, prefix="one", url="/1/")
    two = with_unique_ids(html, prefix="two", url="/2/")

    assert ids_of(one) & ids_of(two) == frozenset()


@given(MARKUP)
def test_markup_that_is_not_changed_keeps_its_bytes(html: str) -> None:
    assert map_attributes(html, lambda tag, name, value: None) == html


@given(st.text(max_size=80), st.integers(2, 60))
def test_shortened_text_is_short_and_a_beginning(text: str, limit: int) -> None:
    short = shortened(text, limit)

    assert len(short) <= limit
    assert short == text if len(text) <= limit else text.startswith(short.removesuffix("…"))


@given(st.text(max_size=200))
def test_slug_is_one_safe_lower_case_part_of_a_path(words: str) -> None:
    slug = slugify(words)

    assert slug == slug.strip("-")
    assert "--" not in slug
    assert len(slug.encode()) <= MOST_BYTES
    assert slug == unicodedata.normalize("NFC", slug)
    allowed = {"Mn", "Mc"}
    assert all(c == "-" or c.isalnum() or unicodedata.category(c) in allowed for c in slug)
    assert re.fullmatch(r"[A-Za-z0-9%-]*", url_path(slug))


@given(st.text(max_size=100))
def test_slug_of_a_slug_is_itself(words: str) -> None:
    assert slugify(slugify(words)) == slugify(words)


@given(st.text(max_size=60))
def test_same_words_in_another_form_have_the_same_slug(words: str) -> None:
    assert slugify(unicodedata.normalize("NFD", words)) == slugify(words)


@given(st.text(max_size=40))
def test_any_text_is_a_moment_or_a_value_error(text: str) -> None:
    assert_moment_or_error(text)


@given(st.from_regex(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:?\d\d)?)?", fullmatch=True))
def test_anything_like_a_date_is_a_moment_or_a_value_error(text: str) -> None:
    assert_moment_or_error(text)


def assert_moment_or_error(text: str) -> None:
    try:
        moment = parse_moment(text, zone=ZONE)
    except ValueError:
        return
    assert moment.tzinfo is not None
    assert datetime.fromisoformat(moment.isoformat()) == moment


@given(st.text(max_size=200))
def test_quoted_text_is_short_and_printable(text: str) -> None:
    assert len(quoted(text)) <= 62
    assert printable(text).isprintable()


@given(st.text(max_size=2000))
def test_reading_takes_a_minute_at_least(text: str) -> None:
    assert 1 <= reading_minutes(text) <= 10


@given(st.text(alphabet="<>&;\"'ab lt#", max_size=60))
def test_plain_text_of_escaped_text_is_the_text(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    assert plain_text(escaped) == " ".join(unescape(escaped).split())


PROBLEMS = st.builds(
    Problem,
    st.builds(Place, st.sampled_from("ab"), st.integers(0, 3), st.integers(0, 200)),
    found=st.sampled_from("xy"),
    expected=st.just("z"),
    excerpt=st.text(max_size=200).map(lambda line: line.replace("\n", " ")),
)


@given(st.lists(PROBLEMS, max_size=8))
def test_problems_are_told_once_in_the_same_order_whatever_the_order(
    problems: list[Problem],
) -> None:
    told = sorted_problems(problems)

    assert [p.place for p in told] == sorted(p.place for p in told)
    assert [str(p) for p in sorted_problems(reversed(problems))] == [str(p) for p in told]
    assert len(told) == len(set(problems))


@given(PROBLEMS)
def test_problem_is_told_in_printable_lines(problem: Problem) -> None:
    lines = str(problem).split("\n")

    assert len(lines) <= 3
    assert all(line.replace("\t", " ").isprintable() for line in lines)


def test_attribute_whose_name_looks_like_a_namespace_is_left_out_of_plain_markup() -> None:
    assert render_fragment(parse_fragment('<p {: .x #y title="z">Text</p>')) == (
        '<p .x="" #y="" title="z">Text</p>'
    )


def test_markup_that_only_looks_like_tabs_stays_in_plain_markup() -> None:
    markup = '<div class="tabbed-set"><label>Debian</label><p>apt</p></div>'

    assert plain_html(markup, (), has_blocks=False) == markup
