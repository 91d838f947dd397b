"""Texts become documents: each case of `cases/` is an input with what it becomes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import to_builtins

from plugins.markdown.blocks import find_blocks
from plugins.markdown.converter import Converter
from plugins.markdown.fences import is_closed, read_fence
from plugins.markdown.html import plain_text, with_unique_ids
from plugins.source.problem import Source
from plugins.source.slug import slugify, url_path
from plugins.source.times import parse_moment
from tests.cases import read_cases
from tests.markdown.reading import PAGES, POSTS, ZONE, read_body, read_bytes, told

CASES = Path(__file__).parent / "cases"


def post_head(text: str) -> str:
    """What a post says of itself, as JSON, or its problems."""
    return head_of(text, is_page=False)


def page_head(text: str) -> str:
    """What a page says of itself."""
    return head_of(text, is_page=True)


def head_of(text: str, *, is_page: bool) -> str:
    document, problems = read_bytes(text.encode(), section=PAGES if is_page else POSTS)
    if not document or not document.is_sound:
        return told(problems)
    head = to_builtins(document.front_matter)
    del head["head"]
    lines = [f"{key}: {json.dumps(head[key], ensure_ascii=False)}" for key in head]
    return "\n".join([*lines, *([told(problems)] if problems else [])])


def markup(text: str) -> str:
    """The markup of a body with its links as written, and its problems."""
    document, problems = read_body(text + "\n")
    html = document.body.html(lambda link: link.target)
    return "\n".join([html, *([told(problems)] if problems else [])])


def links(text: str) -> str:
    """The links of a body that lead to something of the site, with their places."""
    document, problems = read_body(text + "\n")
    found = [f"{link.place} {link.attribute} {link.target}" for link in document.body.links]
    return "\n".join([*found, *([told(problems)] if problems else [])])


def leads(text: str) -> str:
    """What lists show of a body, and whether it goes on."""
    document, problems = read_body(text + "\n")
    lead = document.lead.html(lambda link: link.target)
    more = ["(goes on)"] if document.is_cut else []
    return "\n".join([lead, *more, *([told(problems)] if problems else [])])


def pictures(text: str) -> str:
    """The markup of a body whose own pictures are 40 by 30 pixels."""
    document, _ = read_body(text + "\n")
    return document.body.html(lambda link: link.target, {"a.png": (40, 30)})


def contents(text: str) -> str:
    """The headings of a body, indented."""
    document, _ = read_body(text + "\n")
    levels = [(0, heading) for heading in document.headings]
    lines = []
    while levels:
        level, heading = levels.pop(0)
        lines.append(f"{'  ' * level}#{heading.id} {heading.html}")
        levels[:0] = [(level + 1, child) for child in heading.children]
    return "\n".join(lines)


def fences(text: str) -> str:
    """The fenced blocks of a text: lines, language, options, body."""
    source = Source("post.md", text)
    lines = []
    for token in find_blocks(text, Converter(()).md, {}):
        if token.type == "fence":
            fence = read_fence(token, source)
            end = "" if is_closed(token) else " (does not end)"
            lines.append(f"{fence.line}-{token.map[1]} {fence.language} {fence.options}{end}")
            lines += [f"  |{line}" for line in fence.body.lines if fence.body.text]
    return "\n".join(lines)


def slugs(text: str) -> str:
    """The slug of each line, and its form in an address."""
    slugs = [slugify(line) for line in text.split("\n")]
    return "\n".join(f"{slug} {url_path(slug)}" if slug else "(none)" for slug in slugs)


def moments(text: str) -> str:
    """Each line as an instant, or why it is none."""
    return "\n".join(moment(line) for line in text.split("\n"))


def moment(text: str) -> str:
    try:
        return parse_moment(text, zone=ZONE).isoformat()
    except ValueError as error:
        return str(error)


def unique_ids(text: str) -> str:
    """The markup as it stands on a list, beside others."""
    return with_unique_ids(text, prefix="p", url="/posts/p/")


WAYS: dict[str, Callable[[str], str]] = {
    "contents": contents,
    "fences": fences,
    "leads": leads,
    "links": links,
    "markdown": markup,
    "moments": moments,
    "pages": page_head,
    "pictures": pictures,
    "plain": plain_text,
    "posts": post_head,
    "slugs": slugs,
    "unique_ids": unique_ids,
}


@pytest.mark.parametrize(
    ("way", "given", "wanted"),
    [
        pytest.param(way, *case.values, id=f"{name}: {case.id}")
        for name, way in WAYS.items()
        for case in read_cases(CASES / f"{name}.md")
    ],
)
def test_case(way: Callable[[str], str], given: str, wanted: str) -> None:
    assert way(given) == wanted


OTHERS = ("blocks", "dollars", "formula_places", "formulas", "included", "punctuation")
"""Read by tests of their own, named for them."""


def test_every_case_file_is_read() -> None:
    assert sorted(file.stem for file in CASES.glob("*.md")) == sorted([*WAYS, *OTHERS])
