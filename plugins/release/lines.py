"""Where list items stand in their source, so that problems with them have a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element

from msgspec import Struct

from ..source.problem import Source
from .model import Written

# Matches `- text`, `> 1. text` and `* **CVE-2012-0866**: text`; not `text - more` or `---`.
ITEM = re.compile(r"[\s>]*(?:[-*+]|\d{1,9}[.)])\s+(?P<text>\S.*)")

# Matches "```sql" and "> ~~~"; not "`code`".
FENCE = re.compile(r"[\s>]*(?:[-*+]\s+|\d{1,9}[.)]\s+)?(?P<fence>`{3,}|~{3,})")

# Matches a run of letters and digits; the signs of Markdown are none.
WORDS = re.compile(r"[^\W_]+")


class ItemLine(Struct, frozen=True):
    """A line that begins a list item."""

    line: int
    column: int
    """Of the text, from 1."""
    text: str
    """What follows the list's sign, as written."""
    written: str
    """The whole line."""


class Lines(Struct, frozen=True):
    """The source of one post, and which line begins which list item."""

    source: Source
    of: Mapping[Element, ItemLine]

    def written(self, item: Element, text: str, *, within: str = "") -> Written:
        """A text of an item with its place: where it, or what stands around it, is in the line."""
        line = self.of.get(item)
        if not line:
            return Written(text, self.source.place(0, 0))
        at = line.written.find(text, line.column - 1)
        if at < 0 and within:
            at = line.written.find(within, line.column - 1)
        place = self.source.place(line.line, at + 1 if at >= 0 else line.column)
        return Written(text, place, line.written)

    def block_below(self, item: Element) -> str:
        """The text of the first fenced block below an item's line and above the next item's."""
        line = self.of.get(item)
        if not line:
            return ""
        lines = self.source.lines[line.line - self.source.first_line + 1 :]
        return "\n".join(_first_block(lines))


def find_lines(source: Source, root: Element) -> Lines:
    """The lines of all list items below an element.

    Items and lines are both in document order: each item gets the next line that begins with its
    first word. An item that no line fits, one of an included text, has none.
    """
    rest, found = list(_item_lines(source)), {}
    for item in root.iter("li"):
        words = WORDS.findall("".join(item.itertext())[:200])
        fitting = (n for n, line in enumerate(rest) if words and words[0] in _words(line.text))
        at = next(fitting, None)
        if at is not None:
            found[item] = rest[at]
            rest = rest[at + 1 :]
    return Lines(source, found)


def _words(text: str) -> list[str]:
    return WORDS.findall(text)


def _item_lines(source: Source) -> Iterator[ItemLine]:
    for number, line in _outside_fences(source):
        if match := ITEM.match(line):
            yield ItemLine(number, match.start("text") + 1, match["text"], line)


def _outside_fences(source: Source) -> Iterator[tuple[int, str]]:
    lines, fence = source.lines, ""
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


def _first_block(lines: Iterable[str]) -> Iterator[str]:
    fence = ""
    for line in lines:
        match = FENCE.match(line)
        if fence and match and match["fence"].startswith(fence):
            return
        if fence:
            yield line.strip()
        elif match:
            fence = match["fence"]
        elif ITEM.match(line):
            return
