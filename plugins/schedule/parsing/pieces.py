"""Tokens: parts of an author's text with their places, and the problems found in them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from ...source.marked import Marked
from ...source.problem import Place, Problems, Severity, Source, quoted


class Piece(Struct, frozen=True):
    """A text with the line and column of its first character; both count from 1."""

    text: str
    line: int
    column: int

    def cut(self, start: int, end: int | None = None) -> Piece:
        """Return a part of the text without the blanks around it."""
        part = self.text[start:end]
        lead = len(part) - len(part.lstrip())
        return Piece(part.strip(), self.line, self.column + start + lead)

    def split(self, mark: str) -> list[Piece]:
        """Return the parts between the marks, without the blanks around them; empty parts stay."""
        return self.split_at(re.compile(re.escape(mark)))

    def split_at(self, pattern: re.Pattern[str]) -> list[Piece]:
        """Return the parts between the matches of a pattern, without the blanks around them."""
        bounds = [(match.start(), match.end()) for match in pattern.finditer(self.text)]
        starts, ends = [0, *(end for _, end in bounds)], [start for start, _ in bounds]
        return [self.cut(a, b) for a, b in zip(starts, [*ends, len(self.text)], strict=True)]


class Faults(Struct):
    """A source, and the collector to which its problems are added."""

    source: Source
    problems: Problems

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of the source."""
        return self.source.lines

    def add(
        self,
        at: Piece | Marked | Place,
        *,
        found: str,
        expected: str,
        hint: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Report a problem at a place of the source."""
        column = at.column - self.source.shift(at.line) if isinstance(at, Place) else at.column
        self.problems.append(
            self.source.problem(
                at.line, column, found=found, expected=expected, hint=hint, severity=severity
            )
        )

    def is_in_braces(self, node: Marked) -> bool:
        """Return True if a mapping is written in braces, not as a line with a colon in it."""
        index = node.line - self.source.first_line
        return 0 <= index < len(self.lines) and self.lines[index].startswith("{", node.column - 1)

    def place(self, at: Piece) -> Place:
        """Return the place of a token, for the model."""
        return self.source.place(at.line, at.column)


def piece_of(node: Marked, faults: Faults) -> Piece | None:
    """Return the text of a value; None, with a problem, if it is a list, a mapping or empty."""
    if isinstance(node.value, str) and node.value.strip():
        return _placed(node.value, node.line, node.column, faults)
    faults.add(node, found=shown(node), expected="some text")
    return None


def key_piece(text: str, node: Marked, faults: Faults) -> Piece:
    """Return the text of a key, at its place."""
    return _placed(text, node.key_line, node.key_column, faults)


def texts(node: Marked, faults: Faults, *, mark: str = ",") -> tuple[Piece, ...]:
    """Return the texts of a list, or the non-empty parts of one text between marks."""
    if isinstance(node.value, tuple):
        found: Iterable[Piece | None] = (piece_of(child, faults) for child in node.value)
    else:
        whole = piece_of(node, faults)
        found = whole.split(mark) if whole else ()
    return tuple(piece for piece in found if piece and piece.text)


def shown(node: Marked) -> str:
    """Describe a value for a problem message.

    The result is its text in quotes, `a list`, `keys with values` or `no value`.
    """
    if isinstance(node.value, str) and node.value.strip():
        return quoted(node.value)
    if isinstance(node.value, tuple):
        return "a list"
    return "keys with values" if node.value else "no value"


def _placed(text: str, line: int, column: int, faults: Faults) -> Piece:
    """Return the text at the place of its first character, which is after an opening quote."""
    index = line - faults.source.first_line
    written = faults.lines[index] if 0 <= index < len(faults.lines) else ""
    is_quoted = written[column - 1 : column] in {'"', "'"} and not written.startswith(
        text, column - 1
    )
    lead = len(text) - len(text.lstrip())
    return Piece(text.strip(), line, column + lead + int(is_quoted))
