"""The parser of changelogs in Markdown or reStructuredText.

It reads those of Keep a Changelog, towncrier and git-cliff.

    changelog = *( release / other )
    release   = heading with a version, a date and perhaps “[YANKED]”, then sections
    section   = heading that names a type, then items
    item      = ( "-" / "*" / "+" / number "." ) text, then lines that are indented

A heading is a line that begins with `#`, or a line with a line of `=`, `-`, `~` … below it. Items
without a section are of the type Changed. Other text of a release is its prose. Text before the
first release or below “Unreleased”, and the addresses of links, are skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from ..model import Type
from .model import Changelog, ForeignEntry, ForeignRelease
from .types import is_breaking, type_of

# Matches `1.2.0`, `v1.2.0-rc.1` and `9.1`; not `2012-02-27` or `#123`.
VERSION = re.compile(r"(?<![\w.#-])v?(\d+(?:\.\d+)+(?:[-.+]?[A-Za-z][\w.+-]*)?)(?![\w-])")
DAY = re.compile(r"\b(\d{4}-\d\d-\d\d)\b")
HEADING = re.compile(r"#{1,6}\s+(?P<text>.*?)\s*#*$")
UNDERLINE = re.compile(r"([=\-~^\"'`+*.])\1{2,}\s*$")
ITEM = re.compile(r"(?P<indent> {0,3})(?:[-*+]|\d{1,3}[.)])\s+(?P<text>\S.*)")
YANKED = re.compile(r"yanked|withdrawn", re.IGNORECASE)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
RST_CODE = re.compile(r"``(.+?)``")


# Matches `[1.1.0]: https://example.org`, the address of a link.
ADDRESS = re.compile(r"\[[^\]]+\]:\s")


class _Heading(Struct, frozen=True):
    text: str
    line: int


class _Prose(Struct, frozen=True):
    text: str
    line: int


_Piece = _Heading | _Prose | list[str]
"""A heading, a line of text, or the lines of an item."""


def read_text(text: str) -> Changelog:
    """Return the releases of a changelog."""
    is_rst = bool(re.search(r"^(=|-|~){3,}\s*$", text, re.MULTILINE)) and not re.search(
        r"^#{1,3} ", text, re.MULTILINE
    )
    text = COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    reader = _Reader(RST_CODE.sub(r"`\1`", text) if is_rst else text)
    releases = tuple(reader.releases())
    name = "reStructuredText" if is_rst else "Markdown"
    return Changelog(f"a changelog in {name}", releases, tuple(reader.passed))


def read_body(text: str) -> tuple[tuple[ForeignEntry, ...], tuple[str, ...]]:
    """Return the entries and the prose of one release, from its text on GitHub."""
    reader = _Reader(COMMENT.sub("", text))
    pieces = list(reader.pieces())
    return tuple(reader.entries(pieces)), tuple(_paragraphs(pieces))


class _Reader:
    """One pass over the lines of a changelog."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.passed: list[str] = []

    def releases(self) -> Iterator[ForeignRelease]:
        heading: _Heading | None = None
        held: list[_Piece] = []
        for piece in self.pieces():
            if isinstance(piece, _Heading) and self._begins_release(piece):
                yield from self._release(heading, held)
                heading, held = piece, []
            else:
                held.append(piece)
        yield from self._release(heading, held)

    def _begins_release(self, heading: _Heading) -> bool:
        is_unreleased = "unreleased" in heading.text.casefold()
        return is_unreleased or bool(VERSION.search(DAY.sub("", heading.text)))

    def _release(self, heading: _Heading | None, held: list[_Piece]) -> Iterator[ForeignRelease]:
        if heading is None:
            return
        found = VERSION.search(DAY.sub("", heading.text))
        entries = tuple(self.entries(held))
        if not found:
            if entries:
                count = len(entries)
                self.passed.append(f"line {heading.line}: {count} unreleased, passed over")
            return
        day = DAY.search(heading.text)
        yield ForeignRelease(
            version=found[1],
            date=date.fromisoformat(day[1]) if day else None,
            line=heading.line,
            entries=entries,
            prose=tuple(_paragraphs(held)),
            withdrawn=bool(YANKED.search(heading.text)),
        )

    def entries(self, pieces: Iterable[_Piece]) -> Iterator[ForeignEntry]:
        """Yield the items among pieces, each with the type of the heading above it."""
        type, breaks = Type.CHANGED, False
        for piece in pieces:
            if isinstance(piece, _Heading):
                type, breaks = type_of(piece.text) or Type.CHANGED, is_breaking(piece.text)
            elif not isinstance(piece, _Prose):
                first, *rest = piece
                first = f"Breaking: {first}" if breaks and not is_breaking(first) else first
                yield ForeignEntry(type, (first, *rest))

    def pieces(self) -> Iterator[_Piece]:
        """Yield headings, lines of text and items, in order."""
        index = 0
        while index < len(self.lines):
            if heading := self._heading(index):
                yield heading
                index += 1 if heading.line == index + 1 and self._is_atx(index) else 2
            elif match := ITEM.match(self.lines[index]):
                item, index = self._item(match, index)
                yield item
            else:
                line, index = self.lines[index], index + 1
                if line.strip() and not ADDRESS.match(line):
                    yield _Prose(line.strip(), index)

    def _is_atx(self, index: int) -> bool:
        return bool(HEADING.match(self.lines[index]))

    def _heading(self, index: int) -> _Heading | None:
        if match := HEADING.match(self.lines[index]):
            return _Heading(match["text"], index + 1)
        below = self.lines[index + 1] if index + 1 < len(self.lines) else ""
        line = self.lines[index]
        is_text = bool(line.strip()) and not ITEM.match(line) and not UNDERLINE.match(line)
        return _Heading(line.strip(), index + 1) if is_text and UNDERLINE.match(below) else None

    def _item(self, match: re.Match[str], index: int) -> tuple[list[str], int]:
        """Return the lines of an item, without its indentation, and the index after it."""
        lines, index = [match["text"].strip()], index + 1
        base = len(match["indent"]) + 2
        while index < len(self.lines):
            line = self.lines[index]
            if line.strip() and not line.startswith(" " * (len(match["indent"]) + 1)):
                break
            lines.append(line[base:] if line[:base].isspace() else line.strip())
            index += 1
        while lines and not lines[-1].strip():
            lines.pop()
        return lines, index


def _paragraphs(pieces: Iterable[_Piece]) -> Iterator[str]:
    """Yield the lines of prose, with an empty line where something else was between them."""
    last = 0
    for piece in pieces:
        if isinstance(piece, _Prose):
            yield from [""] if last and piece.line > last + 1 else []
            yield piece.text
            last = piece.line
