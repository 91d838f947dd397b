"""Compares the output that a page shows with what was printed.

    expected = { line }
    line     = "..." | "…"               alone: any number of lines, none too
             | { any | capture | character }
    any      = "..." | "…"               any text within the line, also none
    capture  = "[" name "]"              any text that is not empty, the same on the whole page
    name     = a-z { a-z | 0-9 | "_" }   so `[OK]`, `[1]` and `[a.b]` stand for themselves

Blanks at the end of a line, and empty lines before and after all output, do not count. Nor does the
blank that an author has to write before a line that would otherwise be read as a prompt.
"""

from __future__ import annotations

import enum
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from ...source.problem import printable, quoted

Captures = Mapping[str, str]

ANY_LINES = frozenset({"...", "…"})

# Matches `...`, `…`, `[first]`; not `[OK]`, `[1]`, `[alembic.runtime]` or `..`.
LOOSE = re.compile(r"\.\.\.|…|\[(?P<name>[a-z][a-z0-9_]*)\]")

# Matches the blank of ` $ x`, ` ada@db1:~# x`, ` >>> x`; not that of ` x`, `  $ x` or ` $x`.
BLANK_BEFORE_PROMPT = re.compile(r" (?=\S*(?:[$#%>❯])(?: |$))")

DIFF_LINES = 300
"""The number of lines of each side that are searched for a difference."""

CONTEXT = 3
"""The number of equal lines shown around a difference."""


class Difference(Struct, frozen=True):
    """The first difference, with the lines around it: `-` written, `+` printed, `.` covered."""

    line: int
    """The index of the expected line that differs; the number of lines if more was printed."""
    found: str
    expected: str
    hint: str
    diff: tuple[str, ...]


class Comparison(Struct, frozen=True):
    """The outcome: the difference, if any, and the captures that hold from here on."""

    captures: Captures
    difference: Difference | None = None


def compare(expected: Sequence[str], printed: str, captures: Captures) -> Comparison:
    """Compare the printed text with the expected lines, given the captures made before."""
    wanted, lines = [line.rstrip() for line in expected], printed_lines(printed)
    bound = _match(wanted, lines, captures)
    if bound is not None:
        return Comparison(bound)
    bound = _longest_beginning(wanted, lines, captures)
    return Comparison(bound, _difference(wanted, lines, bound))


def printed_lines(text: str) -> list[str]:
    """Return the lines of a printed text, without trailing blanks and outer empty lines."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    filled = [index for index, line in enumerate(lines) if line]
    return lines[filled[0] : filled[-1] + 1] if filled else []


# Matching -----------------------------------------------------------------------------------


def _match(wanted: Sequence[str], lines: Sequence[str], bound: Captures) -> Captures | None:
    """Return the captures after matching the lines, or None if they do not match."""
    first, *others = _segments(wanted)
    if not others and len(first) != len(lines):
        return None
    after = _match_run(first, lines, 0, bound)
    return None if after is None else _match_rest(others, lines, len(first), after)


def _segments(wanted: Sequence[str]) -> list[list[str]]:
    """Return the expected lines, split at those that stand for any lines."""
    segments: list[list[str]] = [[]]
    for line in wanted:
        if line.strip() in ANY_LINES:
            segments.append([])
        else:
            segments[-1].append(line)
    return segments


def _match_rest(
    segments: Sequence[Sequence[str]], lines: Sequence[str], start: int, bound: Captures
) -> Captures | None:
    """Do the same as `_match` for segments that may each begin at any line from `start` on."""
    if not segments:
        return bound
    segment, *others = segments
    last = len(lines) - len(segment)
    for at in range(start if others else max(start, last), last + 1):
        after = _match_run(segment, lines, at, bound)
        if after is None:
            continue
        answer = _match_rest(others, lines, at + len(segment), after)
        # A later place could help only if it captured something else.
        if answer is not None or after == bound:
            return answer
    return None


def _match_run(
    segment: Sequence[str], lines: Sequence[str], start: int, bound: Captures
) -> Captures | None:
    """Return the captures after matching each line of the segment from `start` on, or None."""
    if start + len(segment) > len(lines):
        return None
    for wanted, line in zip(segment, lines[start:], strict=False):
        match = pattern_of(wanted, bound).fullmatch(line)
        if not match:
            return None
        bound = {**bound, **match.groupdict()}
    return bound


def pattern_of(wanted: str, bound: Captures) -> re.Pattern[str]:
    """Return the pattern that a printed line must match whole."""
    names = {match["name"] for match in LOOSE.finditer(wanted)} & set(bound)
    return _compiled(wanted, tuple(sorted((name, bound[name]) for name in names)))


@lru_cache(maxsize=4096)
def _compiled(wanted: str, bound: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    known, seen = dict(bound), set[str]()
    blank = BLANK_BEFORE_PROMPT.match(wanted)
    pieces, last = (["[ ]?"], 1) if blank else ([], 0)
    for match in LOOSE.finditer(wanted):
        pieces += (re.escape(wanted[last : match.start()]), _piece(match["name"], known, seen))
        last = match.end()
    return re.compile("".join([*pieces, re.escape(wanted[last:])]))


def _piece(name: str | None, known: Captures, seen: set[str]) -> str:
    if name is None:
        return ".*?"
    if name in known:
        return re.escape(known[name])
    if name in seen:
        return f"(?P={name})"
    seen.add(name)
    return f"(?P<{name}>.+?)"


def _longest_beginning(wanted: list[str], lines: list[str], bound: Captures) -> Captures:
    """Return the captures of the longest matching run of expected lines from the first on."""

    def after(count: int) -> Captures | None:
        return _match([*wanted[:count], "..."], lines, bound)

    count = bisect_right(range(1, len(wanted) + 1), False, key=lambda n: after(n) is None)
    return after(count) or bound


# Differences --------------------------------------------------------------------------------


class _Move(enum.Enum):
    SAME = " "
    MISSING = "-"
    MORE = "+"
    COVERED = "."
    """Printed, and covered by dots on a line of their own."""


class _Row(Struct, frozen=True):
    move: _Move
    text: str
    index: int
    """The index of the expected line next to it."""


def _difference(wanted: list[str], lines: list[str], bound: Captures) -> Difference:
    rows = [*_Alignment(wanted[:DIFF_LINES], lines[:DIFF_LINES], bound).rows()]
    changes = [row for row in rows if row.move in (_Move.MISSING, _Move.MORE)]
    index = changes[0].index if changes else min(len(wanted), len(lines), DIFF_LINES)
    missing = next((r.text for r in changes if r.move is _Move.MISSING), None)
    more = next((r.text for r in changes if r.move is _Move.MORE), None)
    if missing is not None and more is not None and not _belong_together(rows):
        missing, more = (missing, None) if changes[0].move is _Move.MISSING else (None, more)
    return Difference(
        line=index,
        found=_found(more, is_empty=not lines),
        expected=_expected(missing, is_empty=not wanted),
        hint=_hint(missing, wanted, bound),
        diff=tuple(_shown(rows)),
    )


def _belong_together(rows: Sequence[_Row]) -> bool:
    """Return whether the first missing line and the first extra one are of the same change."""
    moves = [row.move for row in rows]
    first, second = sorted((moves.index(_Move.MISSING), moves.index(_Move.MORE)))
    return set(moves[first:second]) <= {_Move.MISSING, _Move.MORE}


class _Alignment:
    """The shortest edit from the expected to the printed lines, by dynamic programming."""

    def __init__(self, wanted: list[str], lines: list[str], bound: Captures) -> None:
        self.wanted, self.lines = wanted, lines
        self.patterns = [pattern_of(line, bound) for line in wanted]
        self.is_dots = [line.strip() in ANY_LINES for line in wanted]
        # The cost of the rest of the way from expected line i and printed line j.
        self.costs = [[0] * (len(lines) + 1) for _ in range(len(wanted) + 1)]
        self.moves: dict[tuple[int, int], _Move] = {}

    def rows(self) -> Iterator[_Row]:
        """Yield the rows of the shortest edit."""
        self._find_moves()
        i = j = shown = 0
        while (i, j) in self.moves:
            move = self.moves[i, j]
            is_printed = move in (_Move.MORE, _Move.COVERED)
            if move is not _Move.MORE and i >= shown:
                yield _Row(
                    _Move.MISSING if move is _Move.MISSING else _Move.SAME, self.wanted[i], i
                )
                shown = i + 1
            if is_printed:
                yield _Row(move, self.lines[j], i)
            j += is_printed or (move is _Move.SAME and not self.is_dots[i])
            i += not is_printed

    def _find_moves(self) -> None:
        for i in range(len(self.wanted), -1, -1):
            for j in range(len(self.lines), -1, -1):
                choices = self._choices(i, j)
                if choices:
                    self.costs[i][j], self.moves[i, j] = min(choices, key=lambda c: c[0])

    def _choices(self, i: int, j: int) -> list[tuple[int, _Move]]:
        """Return the possible moves from a place with their costs; on a tie the first wins."""
        has_wanted, has_line = i < len(self.wanted), j < len(self.lines)
        choices = []
        if has_wanted and self.is_dots[i]:
            choices.append((self.costs[i + 1][j], _Move.SAME))
            return choices + ([(self.costs[i][j + 1], _Move.COVERED)] if has_line else [])
        if has_wanted and has_line and self.patterns[i].fullmatch(self.lines[j]):
            choices.append((self.costs[i + 1][j + 1], _Move.SAME))
        if has_wanted:
            choices.append((self.costs[i + 1][j] + 1, _Move.MISSING))
        if has_line:
            choices.append((self.costs[i][j + 1] + 1, _Move.MORE))
        return choices


def _found(more: str | None, *, is_empty: bool) -> str:
    if more is not None:
        return quoted(more, limit=100) if more else "an empty line"
    return "no output" if is_empty else "output without this line"


def _expected(missing: str | None, *, is_empty: bool) -> str:
    if missing is not None:
        return quoted(missing, limit=100) if missing else "an empty line"
    return "no output" if is_empty else "no such line"


def _hint(missing: str | None, wanted: Sequence[str], bound: Captures) -> str:
    if not wanted:
        return "write what it prints below it; a line “...” stands for any output"
    names = dict.fromkeys(match["name"] for match in LOOSE.finditer(missing or ""))
    known = [f"[{name}] is {quoted(bound[name])}" for name in names if name in bound]
    return f"on this page {', '.join(known)}" if known else ""


def _shown(rows: Sequence[_Row]) -> Iterator[str]:
    """Yield the rows near a change; each gap becomes one line."""
    changed = [n for n, row in enumerate(rows) if row.move in (_Move.MISSING, _Move.MORE)]
    near = {n + d for n in changed for d in range(-CONTEXT, CONTEXT + 1)}
    is_gap = False
    for number, row in enumerate(rows):
        if number in near:
            yield f"{row.move.value} {_visible(row.text)}".rstrip()
        elif not is_gap:
            yield "  (…)"
        is_gap = number not in near


def _visible(line: str) -> str:
    return "\t".join(printable(part) for part in line.split("\t"))
