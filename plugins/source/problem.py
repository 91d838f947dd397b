"""A problem in an author's file: where it is, what was found, what was expected, and a hint.

Every reader of text reports through this one type, so that all problems of a site can be shown
at once, sorted, each as

    content/posts/x.md:6:9: found “publised”; expected one of published, draft, hidden
        6 | status: publised
          |         ^
        hint: did you mean “published”?
"""

from __future__ import annotations

import difflib
import enum
import unicodedata
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from msgspec import Struct

EXCERPT_WIDTH = 96


class Severity(enum.IntEnum):
    """Whether a problem stops the build."""

    ERROR = 0
    WARNING = 1
    UNCHECKED = 2
    """Not told by itself: the rest of a file could not be checked, for which errors are told."""


class Place(Struct, frozen=True, order=True):
    """A place in a file: line and column count from 1, and 0 means the whole file or line."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        numbers = [str(n) for n in (self.line, self.column) if n]
        return ":".join([self.path, *numbers])


class Problem(Struct, frozen=True):
    """One thing that is wrong with one place of a file."""

    place: Place
    found: str
    """What stands there, as the author would say it."""
    expected: str
    """What should stand there instead."""
    hint: str = ""
    """How to get there, a sentence without a full stop."""
    excerpt: str = ""
    """The line of the file, for the caret; empty when there is no line."""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        lines = [self._headline(), *self._frame()]
        if self.hint:
            lines.append(f"    hint: {self.hint}")
        return "\n".join(lines)

    def _headline(self) -> str:
        word = "warning: " if self.severity is Severity.WARNING else ""
        return f"{self.place}: {word}found {self.found}; expected {self.expected}"

    def _frame(self) -> list[str]:
        if not self.excerpt or not self.place.line:
            return []
        text, column = _window(self.excerpt, max(self.place.column, 1))
        number = str(self.place.line)
        pad = _caret_pad(text[: column - 1])
        return [f"    {number} | {text}", f"    {' ' * len(number)} | {pad}^"]


class Source(Struct, frozen=True, dict=True):
    """The text of one file, or lines cut out of it, with the path that its problems name."""

    path: str
    text: str
    first_line: int = 1
    """The number of the first line of `text` in the file, for a text cut out of it."""
    whole: Source | None = None
    """What it was cut out of; each line of `text` is the end of a line there."""

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines without their ends; only a newline ends a line, as in the reader."""
        return tuple(self.text.split("\n"))

    def problem(
        self,
        line: int,
        column: int,
        *,
        found: str,
        expected: str,
        hint: str = "",
        severity: Severity = Severity.ERROR,
    ) -> Problem:
        """Return a problem at a line of the file and a column of `text`, with that line."""
        place = self.place(line, column)
        return Problem(place, found, expected, hint, self.excerpt(line), severity)

    def excerpt(self, line: int) -> str:
        """Return a line of the file, as it stands there; nothing if there is no such line."""
        lines = (self.whole or self).lines
        index = line - (self.whole or self).first_line
        return lines[index].removesuffix("\r") if 0 <= index < len(lines) else ""

    def place(self, line: int, column: int) -> Place:
        """Return where a line of the file and a column of `text` are in the file."""
        return Place(self.path, line, max(1, column + self.shift(line)) if column else 0)

    def shift(self, line: int) -> int:
        """Return how far the text of a line stands to the right in the file.

        Where a tab was cut in two, blanks stand for the rest of it: then it may be less than none.
        """
        index = line - self.first_line
        if not self.whole or not 0 <= index < len(self.lines):
            return 0
        return len(self.excerpt(line)) - len(self.lines[index].removesuffix("\r"))


def sorted_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, by file, line and column, then by its text."""

    def order(p: Problem) -> tuple[object, ...]:
        return p.place, p.severity, p.found, p.expected, p.hint, p.excerpt

    return sorted(set(problems), key=order)


def unchecked(path: str) -> Problem:
    """What says that a file, of whose beginning there are errors, was not checked to its end."""
    return Problem(Place(path), "errors", "a file without them", severity=Severity.UNCHECKED)


def quoted(text: str, *, limit: int = 60) -> str:
    """The text in typographic quotes, on one line, printable, at most `limit` characters long."""
    shown = printable(text)
    return f"“{shown[: limit - 1]}…”" if len(shown) > limit else f"“{shown}”"


def printable(text: str) -> str:
    """The text with every character that a terminal would not show written as U+XXXX."""
    return "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in text)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word, or an empty string when none is near."""
    near = nearest(word, known)
    return f"did you mean {quoted(near)}?" if near else ""


def nearest(word: str, known: Iterable[str], *, alike: float = 0.6) -> str:
    """The known word that this one is most like, or an empty string when none is near.

    Of many words some are a little like any: there, `alike` has to be more.

    The slashes around an address say nothing: /nope/ is no more like /news/ than nope like news.
    """
    folded = {_folded(name): name for name in known}
    near = difflib.get_close_matches(_folded(word), sorted(folded), n=1, cutoff=alike)
    return folded[near[0]] if near else ""


def _folded(word: str) -> str:
    return word.casefold().strip("/")


def one_of(words: Iterable[str]) -> str:
    """`a, b or c`, for the expected half of a problem."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


def _window(line: str, column: int) -> tuple[str, int]:
    """The part of a long line around a column, and the column in that part."""
    if len(line) <= EXCERPT_WIDTH:
        return _visible(line), column
    start = min(max(0, column - EXCERPT_WIDTH // 2), len(line) - EXCERPT_WIDTH)
    return _visible(line[start : start + EXCERPT_WIDTH]), column - start


def _visible(line: str) -> str:
    return "".join(c if c == "\t" or c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)


def _caret_pad(before: str) -> str:
    return "".join("\t" if c == "\t" else " " * _cells(c) for c in before)


def _cells(character: str) -> int:
    """How many terminal cells a character takes: 0 for a mark, 2 for a wide one."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def shown_start(folder: Path) -> str:
    """What the shown path of every file below a folder begins with."""
    return shown_path(folder, "x").removesuffix("x")


def shown_path(folder: Path, source: str = "") -> str:
    """How people are told of a file: from where they work, if it is below there."""
    file = folder / source
    try:
        return file.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return file.as_posix()
