"""Where task items stand in their source, for problems with a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element

from msgspec import Struct

from ..source.problem import Source
from .ids import normalised

# Matches `- [ ] a`, `> 1. [x] a` and `* [?]`; not `- [a](b)`, `- [ab] c` or `text [x] y`.
TASK = re.compile(r"[\s>]*(?:[-*+]|\d{1,9}[.)])\s+(?P<box>\[(?P<mark>.?)\])(?=\s|$)(?P<text>.*)")

# Matches "```python" and "> ~~~"; not "`code`".
FENCE = re.compile(r"[\s>]*(?:[-*+]\s+|\d{1,9}[.)]\s+)?(?P<fence>`{3,}|~{3,})")


class TaskLine(Struct, frozen=True):
    """One line of a source that begins a task item."""

    line: int
    column: int
    """Of the bracket."""
    mark: str
    text: str
    """What follows the box, as written."""
    written: str
    """The whole line."""

    def column_of(self, text: str) -> int:
        """Where a text stands in the line, counted from 1; the bracket's column if it does not."""
        at = self.written.find(text, self.column - 1)
        return at + 1 if at >= 0 else self.column


def find_task_lines(source: Source) -> list[TaskLine]:
    """The lines that begin task items, outside fences and front matter, in order."""
    return [
        TaskLine(number, match.start("box") + 1, match["mark"], match["text"], line)
        for number, line in _body_lines(source)
        if (match := TASK.match(line))
    ]


def find_naming_lines(source: Source, words: str) -> tuple[int, str]:
    """The first line with these words in braces, and its number; 0 and nothing if there is none."""
    wanted = normalised(words)
    for number, line in _body_lines(source):
        if "{" in line and ".checklist" in line and wanted in normalised(line):
            return number, line
    return 0, ""


def pair(
    items: Iterable[tuple[Element, str, str]], lines: list[TaskLine]
) -> Mapping[Element, TaskLine]:
    """The line of each item (its element, mark and text), both being in document order.

    A line that no item fits, like one in a comment, is passed over; an item without a line is
    left out.
    """
    paired: dict[Element, TaskLine] = {}
    rest = lines
    for element, mark, text in items:
        at = next((i for i, line in enumerate(rest) if _fits(line, mark, text)), None)
        if at is not None:
            paired[element] = rest[at]
            rest = rest[at + 1 :]
    return paired


def _fits(line: TaskLine, mark: str, text: str) -> bool:
    first = normalised(text).split(" ", 1)[0]
    return line.mark == mark and first in normalised(line.text)


def _body_lines(source: Source) -> Iterator[tuple[int, str]]:
    lines = source.lines
    fence = ""
    for index in range(_body_start(lines), len(lines)):
        match = FENCE.match(lines[index])
        if match and not fence:
            fence = match["fence"]
        elif match and match["fence"].startswith(fence):
            fence = ""
        elif not fence:
            yield source.first_line + index, lines[index]


def _body_start(lines: list[str]) -> int:
    if not lines or lines[0].rstrip() != "---":
        return 0
    return next((i + 1 for i, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)
