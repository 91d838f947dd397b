"""A problem in an author's file: its place, what was found, what was expected, and a hint.

Every reader of text reports through this one type, so that all problems of a site can be shown at
once, sorted, each as

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
    """The effect of a problem on the build."""

    ERROR = 0
    WARNING = 1
    UNCHECKED = 2
    """Says that the rest of a file could not be checked. Never shown alone: the errors that
    prevented it are.
    """


class Place(Struct, frozen=True, order=True):
    """A place in a file: line and column count from 1; 0 means the whole file or line."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        numbers = [str(n) for n in (self.line, self.column) if n]
        return ":".join([self.path, *numbers])


class Problem(Struct, frozen=True):
    """One thing that is wrong at one place of a file."""

    place: Place
    found: str
    """The text at that place, in the author's words."""
    expected: str
    """The text that should be there instead."""
    hint: str = ""
    """The way to correct it, as a sentence without a full stop."""
    excerpt: str = ""
    """The line of the file, for the caret; empty if there is no line."""
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
    """The number, in the file, of the first line of `text`; more than 1 for a text cut out of it.
    """
    whole: Source | None = None
    """The source that it was cut out of; each line of `text` is the end of a line there."""

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
        """Return a line of the file unchanged; empty if there is no such line."""
        lines = (self.whole or self).lines
        index = line - (self.whole or self).first_line
        return lines[index].removesuffix("\r") if 0 <= index < len(lines) else ""

    def place(self, line: int, column: int) -> Place:
        """Return the place in the file of a line of the file and a column of `text`."""
        return Place(self.path, line, max(1, column + self.shift(line)) if column else 0)

    def shift(self, line: int) -> int:
        """Return how many characters further right the text of a line is in the file.

        It can be negative: if a tab was cut in two, blanks replace the rest of it.
        """
        index = line - self.first_line
        if not self.whole or not 0 <= index < len(self.lines):
            return 0
        return len(self.excerpt(line)) - len(self.lines[index].removesuffix("\r"))


class Problems(list[Problem]):
    """The one collector of problems.

    A function that finds problems is passed the collector and adds to it; it neither returns
    problems nor raises them. They are sorted, and repeated ones dropped, when all of them are
    shown.
    """

    def add(
        self,
        place: Place,
        *,
        found: str,
        expected: str,
        hint: str = "",
        excerpt: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Add a problem at a place."""
        self.append(Problem(place, found, expected, hint, excerpt, severity))


def sorted_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Return each problem once, sorted by file, line and column, then by its text."""

    def order(p: Problem) -> tuple[object, ...]:
        return p.place, p.severity, p.found, p.expected, p.hint, p.excerpt

    return sorted(set(problems), key=order)


def unchecked(path: str) -> Problem:
    """Return the note that a file was not checked to its end, because its beginning has errors."""
    return Problem(Place(path), "errors", "a file without them", severity=Severity.UNCHECKED)


def quoted(text: str, *, limit: int = 60) -> str:
    """Return the text quoted, printable, on one line, with at most `limit` characters."""
    shown = printable(text)
    return f"“{shown[: limit - 1]}…”" if len(shown) > limit else f"“{shown}”"


def printable(text: str) -> str:
    """Return the text with every character that a terminal would not show written as <U+XXXX>."""
    return "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in text)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint that names the nearest known word, or an empty string if none is near."""
    near = nearest(word, known)
    return f"did you mean {quoted(near)}?" if near else ""


def nearest(word: str, known: Iterable[str], *, alike: float = 0.6) -> str:
    """Return the known word that is most like this one, or an empty string if none is near.

    `alike` is the least likeness, from 0 to 1. Among many words, some are a little like any word:
    then it has to be higher.

    Slashes around an address are ignored: /nope/ is no more like /news/ than nope is like news.
    """
    folded = {_folded(name): name for name in known}
    near = difflib.get_close_matches(_folded(word), sorted(folded), n=1, cutoff=alike)
    return folded[near[0]] if near else ""


def _folded(word: str) -> str:
    return word.casefold().strip("/")


def one_of(words: Iterable[str]) -> str:
    """Return `a, b or c`, for the expected half of a problem."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


def _window(line: str, column: int) -> tuple[str, int]:
    """Return the part of a long line around a column, and the column in that part."""
    if len(line) <= EXCERPT_WIDTH:
        return _visible(line), column
    start = min(max(0, column - EXCERPT_WIDTH // 2), len(line) - EXCERPT_WIDTH)
    return _visible(line[start : start + EXCERPT_WIDTH]), column - start


def _visible(line: str) -> str:
    return "".join(c if c == "\t" or c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)


def _caret_pad(before: str) -> str:
    return "".join("\t" if c == "\t" else " " * _cells(c) for c in before)


def _cells(character: str) -> int:
    """Return how many terminal cells a character takes: 0 for a mark, 2 for a wide one."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def shown_start(folder: Path) -> str:
    """Return the beginning that the shown paths of all files below a folder share."""
    return shown_path(folder, "x").removesuffix("x")


def shown_path(folder: Path, source: str = "") -> str:
    """Return a file's path for messages: relative to the working directory if it is below that."""
    file = folder / source
    try:
        return file.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return file.as_posix()
