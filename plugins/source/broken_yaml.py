"""Finds an author's most likely mistake in broken YAML, at the place where it was made.

For a quote or bracket that is not closed, a parser reports the first place that makes no sense
afterwards, which may be many lines later.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from .problem import Problem, Source, quoted

# Matches the text before a value that begins with a quote or a bracket, and that sign: `title: "`,
# `- [` and `{`; not `it's`.
OPENING = re.compile(r"(?P<indent>\s*)(?:- +)*(?:[^\s\"'#\[{][^:#]*: +)?(?P<sign>[\"'\[{])")

# Matches a line that begins an entry of its own: `kind: news` and `- a talk`.
ENTRY = re.compile(r"(?P<indent>\s*)(?:- |[^\s\"'#,\]}][^:#]*:(?: |$))")

WHOLE = {'"': re.compile(r'"(?:[^"\\]|\\.)*"'), "'": re.compile(r"'(?:[^']|'')*'")}
"""Patterns of a quoted text that is closed on its line, by quote."""

CLOSING = {'"': '"', "'": "'", "[": "]", "{": "}"}


def broken(source: Source, error: yaml.MarkedYAMLError) -> Problem:
    """Return the problem of a text that is not valid YAML."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    last = len(source.lines) - 1
    if start := _unclosed(source.lines, min(line, last)):
        return _not_closed(source, *start)
    line, column = (line, column + 1) if line <= last else (last, 1)
    if "'\\t'" in (error.problem or ""):
        found, expected = "a tab", "blanks"
        hint = "YAML takes no tabs at the beginning of a line or a value"
    else:
        found, expected = (
            f"broken YAML: {error.problem or error.context}",
            "one “key: value” a line",
        )
        hint = "a value that holds “: ”, “#” or starts with a quote, bracket, @ or * needs quotes"
    return source.problem(
        source.first_line + line, column, found=found, expected=expected, hint=hint
    )


def _not_closed(source: Source, line: int, column: int) -> Problem:
    sign = source.lines[line][column]
    return source.problem(
        source.first_line + line,
        column + 1,
        found=f"a {quoted(sign)} that is not closed",
        expected=f"{quoted(CLOSING[sign])} at the end of what it begins",
        hint="close it; a text that has such a quote in it goes between the other quotes"
        if sign in WHOLE
        else "close it; a text that only begins with this sign needs quotes around it",
    )


def _unclosed(lines: Sequence[str], until: int) -> tuple[int, int] | None:
    """Return the line and column, from 0, of the first sign not closed before the next entry."""
    number = 0
    while number <= until:
        match = OPENING.match(lines[number])
        if match and not _is_closed(lines[number], match):
            end = _end(lines, number, match)
            if end is None:
                return number, match.start("sign")
            number = end
        number += 1
    return None


def _is_closed(line: str, opening: re.Match[str]) -> bool:
    start, sign = opening.start("sign"), opening["sign"]
    if sign in WHOLE:
        return WHOLE[sign].match(line, start) is not None
    return line.count(CLOSING[sign], start) >= line.count(sign, start)


def _end(lines: Sequence[str], number: int, opening: re.Match[str]) -> int | None:
    """Return the line that closes what another opened; None if an entry or the end comes first."""
    for later in range(number + 1, len(lines)):
        entry = ENTRY.match(lines[later])
        if entry and len(entry["indent"]) <= len(opening["indent"]):
            return None
        if CLOSING[opening["sign"]] in lines[later]:
            return later
    return None
