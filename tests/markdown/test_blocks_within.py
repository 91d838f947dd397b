"""Every block within every container, and that within another, at every legal indent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from xml.etree.ElementTree import Element

import pytest
from msgspec import Struct

from plugins.checklist.plugin import feature as checklist
from plugins.command.plugin import feature as command
from plugins.markdown.converter import Converter
from plugins.markdown.tree import parse_fragment
from plugins.schedule.plugin import feature as schedule
from plugins.site.feature import plain_makers
from plugins.site.read import DocumentReader
from plugins.source.problem import Problem
from tests.markdown.reading import POSTS, ZONE, told

HEAD = "---\ntitle: A\nkind: itinerary\ndate: 2012-01-01\n---\n"

Lines = list[str]


class Container(Struct, frozen=True):
    """A block that holds others, and the elements that it becomes."""

    wrap: Callable[[Lines], Lines]
    path: tuple[str, ...]


class Block(Struct, frozen=True):
    """A block, and how to find its element and what is typed in it."""

    lines: tuple[str, ...]
    is_found: Callable[[Element], bool]
    text_of: Callable[[Element], str]
    text: str


def below(first: str, *, by: int) -> Callable[[Lines], Lines]:
    """Lines below a first one, indented by so many columns."""
    return lambda lines: [first, "", *(" " * by + line if line else "" for line in lines)]


def after(*first: str) -> Callable[[Lines], Lines]:
    """Lines of a quotation."""
    return lambda lines: [*first, *(f"> {line}" if line else ">" for line in lines)]


CONTAINERS = {
    "bullet": Container(below("- item", by=2), ("ul", "li")),
    "bullet with a wide gap": Container(below("*   item", by=4), ("ul", "li")),
    "number": Container(below("1. item", by=3), ("ol", "li")),
    "long number": Container(below("10) item", by=4), ("ol", "li")),
    "quote": Container(after("> text", ">"), ("blockquote",)),
    "alert": Container(after("> [!NOTE]", "> text", ">"), ("admonition",)),
    "tab": Container(below('=== "A"', by=4), ("tabbed-block",)),
    "details": Container(below('??? note "A"', by=4), ("details",)),
    "admonition": Container(below("!!! note", by=4), ("admonition",)),
    "definition": Container(lambda lines: ["Term", *below(":   text", by=4)(lines)], ("dl", "dd")),
    "element": Container(
        lambda lines: ['<div class="own" markdown="1">', "", *lines, "", "</div>"], ("own",)
    ),
}

NOTE = Container(
    lambda lines: ["Text[^n].", "", *below("[^n]: note", by=4)(lines)], ("footnote", "ol", "li")
)

HOLDING = {"ul", "ol", "li", "blockquote", "dl", "dd", "details"}
CLASSES = {"tabbed-block", "admonition", "footnote", "own"}


def code_of(element: Element) -> str:
    """The text of a block of code."""
    return "".join(element.itertext())


BLOCKS = {
    "code": Block(
        ("```python", "if a:", "", "    b = 1", "```"),
        lambda e: e.tag == "pre",
        code_of,
        "if a:\n\n    b = 1\n",
    ),
    "tildes": Block(
        ("~~~~", "~~~", "a  b ", "~~~~"), lambda e: e.tag == "pre", code_of, "~~~\na  b \n"
    ),
    "console": Block(
        ("```console", "$ cat <<E", "  a", "", "E", "b", "```"),
        lambda e: e.tag == "command-block",
        lambda e: next(n.get("data-copy", "") for n in e.iter("button") if n.get("data-copy")),
        "cat <<E\n  a\n\nE",
    ),
    "itinerary": Block(
        ("```itinerary", "2012-01-09:", "  - A talk", "```"),
        lambda e: "itinerary" in e.get("class", "").split(),
        lambda e: "A talk" if "A talk" in "".join(e.itertext()) else "",
        "A talk",
    ),
    "checklist": Block(
        ("- [ ] one", "  - [x] two"),
        lambda e: e.tag == "check-list",
        lambda e: " ".join(
            n.text or "" for n in e.iter("span") if n.get("class") == "checklist-text"
        ),
        "one two",
    ),
    "table": Block(
        ("| a | b |", "|---|---|", "| 1 | 2 |"),
        lambda e: e.tag == "table",
        lambda e: " ".join("".join(e.itertext()).split()),
        "a b 1 2",
    ),
    "quotation": Block(
        ("> > deep", "> > er"),
        lambda e: e.tag == "blockquote" and len(e) == 1 and e[0].tag == "blockquote",
        lambda e: "".join(e.itertext()).strip(),
        "deep\ner",
    ),
}


@pytest.fixture(scope="module")
def reader() -> DocumentReader:
    engine = SimpleNamespace(settings={"PATH": "content"}, theme=Path("theme"))
    features = [make(engine) for make in (command, checklist, schedule)]
    return DocumentReader(Converter(features), ZONE, plain_makers(features))


def markup(reader: DocumentReader, text: str) -> tuple[str, list[Problem]]:
    document, problems = reader.read("posts/a.md", "a.md", (HEAD + text).encode(), section=POSTS)
    assert document is not None, told(problems)
    return document.body.html(lambda link: link.target), problems


def found(root: Element, block: Block) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each element that may be the block, with the containers around it, and its text."""
    yield from _found(root, block, ())


def _found(
    element: Element, block: Block, around: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], str]]:
    for child in element:
        if block.is_found(child):
            yield around, block.text_of(child)
        else:
            names = {*child.get("class", "").split()} & CLASSES or {child.tag} & HOLDING
            yield from _found(child, block, (*around, *names))


def assert_within(
    reader: DocumentReader, containers: tuple[Container, ...], block: Block, indent: int
) -> None:
    if block is BLOCKS["checklist"] and containers and containers[-1].path[-1] == "li":
        return  # with what is around it, that is one checklist
    lines = [" " * indent + line if line else "" for line in block.lines]
    path: tuple[str, ...] = ()
    for container in reversed(containers):
        lines = container.wrap(lines)
        path = container.path + path
    text = "\n".join([*lines, "", "After.", ""])

    html, problems = markup(reader, text)

    assert told(problems) == "", text
    assert list(found(parse_fragment(html), block)) == [(path, block.text)], text


INDENTS = range(4)


@pytest.mark.parametrize("indent", INDENTS)
@pytest.mark.parametrize("block", BLOCKS)
@pytest.mark.parametrize("container", [*CONTAINERS, "note", "nothing"])
def test_block_within_container(
    reader: DocumentReader, container: str, block: str, indent: int
) -> None:
    around = {**CONTAINERS, "note": NOTE}.get(container)

    assert_within(reader, (around,) if around else (), BLOCKS[block], indent)


@pytest.mark.parametrize("outer", [*CONTAINERS, "note"])
def test_block_within_container_within_container(reader: DocumentReader, outer: str) -> None:
    containers = {**CONTAINERS, "note": NOTE}

    for inner, block, indent in product(CONTAINERS, BLOCKS, INDENTS):
        assert_within(reader, (containers[outer], containers[inner]), BLOCKS[block], indent)


@pytest.mark.parametrize("block", ["code", "tildes", "console", "itinerary"])
@pytest.mark.parametrize(("marker", "width"), [("- ", 2), ("1. ", 3), ("-   ", 4), ("12) ", 4)])
def test_fence_directly_below_the_text_of_an_item(
    reader: DocumentReader, marker: str, width: int, block: str
) -> None:
    chosen = BLOCKS[block]
    lines = [" " * width + line if line else "" for line in chosen.lines]

    html, problems = markup(reader, "\n".join([f"{marker}item", *lines, f"{marker}next", ""]))

    kind = "ol" if marker[0].isdigit() else "ul"
    assert told(problems) == ""
    assert list(found(parse_fragment(html), chosen)) == [((kind, "li"), chosen.text)]


@pytest.mark.parametrize("block", ["code", "tildes", "console", "itinerary"])
@pytest.mark.parametrize("marker", ["- ", "1. ", "> "])
def test_fence_right_after_a_marker(reader: DocumentReader, marker: str, block: str) -> None:
    chosen = BLOCKS[block]
    rest = "> " if marker == "> " else " " * len(marker)
    first, *lines = chosen.lines

    text = "\n".join(
        [
            marker + first,
            *((rest + line).rstrip(" ") if not line else rest + line for line in lines),
            "",
        ]
    )
    html, problems = markup(reader, text)

    paths = {"- ": ("ul", "li"), "1. ": ("ol", "li"), "> ": ("blockquote",)}
    assert told(problems) == ""
    assert list(found(parse_fragment(html), chosen)) == [(paths[marker], chosen.text)]
