"""Reads Markdown texts as posts, and writes what was read as text, to compare it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plugins.checklist.model import Checklist, Item, State
from plugins.checklist.read import tree_reader
from plugins.checklist.settings import Settings
from plugins.markdown.converter import Converter
from plugins.markdown.reading import Reading
from plugins.markdown.write import Written
from plugins.site.feature import Feature
from plugins.source.problem import Source
from plugins.source.schema import PostFrontMatter

CASES = Path(__file__).parent / "cases"
MARKS = {State.OPEN: "[ ]", State.DONE: "[x]", State.DOING: "[/]", State.SKIPPED: "[-]"}
CONVERTER = Converter([Feature(name="checklist", trees=(tree_reader(Settings()),))])


def read(text: str, *, kind: str = "guide") -> tuple[str, Reading]:
    """The markup of a post with this body, and what reading left."""
    source = Source("content/posts/doors.md", text)
    head = PostFrontMatter(title="The doors", kind=kind, date=datetime(2027, 3, 1, tzinfo=UTC))
    reading = Reading(source, head, "doors")
    root = CONVERTER.convert(source, reading).root
    return Written(reading).write(root).body.html(lambda link: link.target), reading


def checklists(text: str, *, kind: str = "guide") -> list[Checklist]:
    """The checklists of a post with this body."""
    return read(text, kind=kind)[1].parts_of(Checklist)


def cases(name: str) -> list[object]:
    """The cases of a file: each a title, its input and its output, ended by lines of one dot."""
    *parts, _ = (CASES / name).read_text().split("\n.\n")
    triples = zip(parts[0::3], parts[1::3], parts[2::3], strict=True)
    return [pytest.param(given, wanted, id=title) for title, given, wanted in triples]


def as_text(reading: Reading) -> str:
    """The checklists and problems of a reading, a line each."""
    lines = [line for checklist in reading.parts_of(Checklist) for line in _checklist(checklist)]
    return "\n".join([*lines, *(_problem(str(p)) for p in reading.problems)])


def _checklist(checklist: Checklist) -> Iterator[str]:
    yield f"{checklist.title} ({'#' if checklist.is_named else ''}{checklist.id})"
    for section in checklist.sections:
        if len(checklist.sections) > 1:
            yield f"  § {section.title} ({section.id})"
        for item in section.items:
            yield from _item(item, "  ")


def _item(item: Item, indent: str) -> Iterator[str]:
    mark = MARKS[item.state] if item.state else "---"
    words = [f"#{item.id}"] if item.is_named else []
    words += [f"T{item.due:+d}"] if item.due is not None else []
    yield f"{indent}{mark} {item.text or '(empty)'}{' {' + ' '.join(words) + '}' if words else ''}"
    for child in item.children:
        yield from _item(child, indent + "    ")


def _problem(text: str) -> str:
    return "! " + text.split("\n", maxsplit=1)[0].removeprefix("content/posts/doors.md:")
