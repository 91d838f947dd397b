"""Finds what a command leaves open after its lines, and the quoting of values in it.

    scan(text, dialect)  ->  Scan(spans, open)
    scanner(dialect)         the same, line by line

A line that leaves something open continues on the next one. shell.py reads the shell, which can
leave most open; for the other languages a regular expression matches quoted stretches.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Protocol

from .model import Dialect, Open, Quoting, Scan, Span
from .shell import Shell

# The groups have the names of `Quoting`; `quote` matches an opening quote that nothing closes.
SQL = re.compile(
    r"""
      '(?P<doubled>(?:''|[^'])*)'
    | "(?P<plain>(?:""|[^"])*)"
    | `(?P<name>[^`]*)`
    | (?P<none>--[^\n]*|/\*.*?\*/)
    | (?P<dollar>\$(?P<tag>(?:[a-zA-Z_]\w*)?)\$).*?\$(?P=tag)\$
    | (?P<quote>['"`]|/\*|\$(?:[a-zA-Z_]\w*)?\$)
    """,
    re.VERBOSE | re.DOTALL,
)
POWERSHELL = re.compile(
    r"""
      @"[ \t]*\n(?P<here_tick>.*?)\n"@
    | @'[ \t]*\n(?P<none>.*?)\n'@
    | "(?P<tick>(?:`.|""|[^"`])*)"
    | '(?P<doubled>(?:''|[^'])*)'
    | (?P<comment>\#[^\n]*|<\#.*?\#>)
    | (?P<escape>`.)
    | (?P<quote>["'])
    | (?P<opens>[({\[])
    | (?P<closes>[)}\]])
    """,
    re.VERBOSE | re.DOTALL,
)
PYTHON = re.compile(
    r'''
      """(?P<python_1>(?:\\.|.)*?)"""
    | \'\'\'(?P<python_2>(?:\\.|.)*?)\'\'\'
    | "(?P<python_3>(?:\\.|[^"\\\n])*)"
    | '(?P<python_4>(?:\\.|[^'\\\n])*)'
    | (?P<none>\#[^\n]*)
    | (?P<quote>"""|\'\'\'|["'])
    ''',
    re.VERBOSE | re.DOTALL,
)
QUOTINGS = {
    "doubled": Quoting.DOUBLED,
    "plain": Quoting.PLAIN,
    "name": Quoting.PLAIN,
    "none": Quoting.NONE,
    "comment": Quoting.NONE,
    "tick": Quoting.TICK,
    "here_tick": Quoting.TICK,
    **{f"python_{number}": Quoting.PYTHON for number in range(1, 5)},
}

# Matches what a client reads at the end of the line: `\d users`, `.tables`, `use crash`, `exit`;
# not `SELECT 1`, which continues until `;`.
CLIENT_COMMAND = re.compile(
    r"\s*(?:[\\.]|(?:exit|quit|help|use|status|source|connect|show)\b(?!.*;))", re.IGNORECASE
)

# Matches the end of a statement: `;` or psql's `\gx`, then blanks only.
STATEMENT_END = re.compile(r"(?:;|\\[a-zA-Z][^\n]*)\s*\Z")


class Scanner(Protocol):
    """A reader of a command, line by line."""

    def feed(self, line: str) -> None:
        """Read one more line, without its line end."""

    def left(self) -> Open | None:
        """Return what the lines so far leave open."""

    def scan(self) -> Scan:
        """Return the scan of the lines so far."""


def scanner(dialect: Dialect) -> Scanner:
    """Return a new reader for commands in this language."""
    return Shell() if dialect is Dialect.SHELL else _Whole(_SCANNERS[dialect])


def scan(text: str, dialect: Dialect) -> Scan:
    """Return what the text leaves open, and its quoted stretches."""
    reader = scanner(dialect)
    reader.feed(text)
    return reader.scan()


class _Whole:
    """A reader that reads all lines again for each question."""

    def __init__(self, read: Callable[[str], Scan]) -> None:
        self.read = read
        self.lines: list[str] = []

    def feed(self, line: str) -> None:
        """Read one more line."""
        self.lines.append(line)

    def left(self) -> Open | None:
        """Return what the lines so far leave open."""
        return self.scan().open

    def scan(self) -> Scan:
        """Return the scan of the lines so far."""
        return self.read("\n".join(self.lines))


def _scan_sql(text: str) -> Scan:
    if not text.strip() or CLIENT_COMMAND.match(text):
        return Scan(bare=Quoting.PLAIN)
    spans, unclosed, _ = _spans(text, SQL)
    code = re.sub(r"--[^\n]*|/\*.*?\*/", "", text, flags=re.DOTALL)
    if not unclosed and not STATEMENT_END.search(code):
        unclosed = Open("more", len(text) - 1)
    return Scan(spans, unclosed, Quoting.PLAIN)


def _scan_powershell(text: str) -> Scan:
    spans, unclosed, opened = _spans(text, POWERSHELL)
    if not unclosed and opened:
        unclosed = Open("block", opened[-1], {"(": ")", "{": "}", "[": "]"}[text[opened[-1]]])
    if not unclosed and re.search(r"(?:`|\|)[ \t]*\Z", text):
        unclosed = Open("more", len(text) - 1)
    return Scan(spans, unclosed, Quoting.WINDOWS)


def _scan_python(text: str) -> Scan:
    spans, unclosed, _ = _spans(text, PYTHON)
    return Scan(spans, unclosed, Quoting.PLAIN)


def _spans(text: str, pattern: re.Pattern[str]) -> tuple[tuple[Span, ...], Open | None, list[int]]:
    """Return the quoted stretches, the unclosed quote if any, and the offsets of open brackets."""
    spans: list[Span] = []
    brackets: list[int] = []
    for match in pattern.finditer(text):
        groups = match.groupdict()
        if match["quote"]:
            quoting = Quoting.NONE if pattern is SQL else Quoting.PLAIN
            spans.append(Span(match.end(), len(text), quoting))
            closes = "*/" if match["quote"] == "/*" else match["quote"]
            return tuple(spans), Open("quote", match.start(), closes), brackets
        if groups.get("opens"):
            brackets.append(match.start())
        elif groups.get("closes") and brackets:
            brackets.pop()
        spans += (
            Span(*match.span(name), quoting)
            for name, quoting in QUOTINGS.items()
            if groups.get(name)
        )
    return tuple(spans), None, brackets


_SCANNERS: Mapping[Dialect, Callable[[str], Scan]] = {
    Dialect.SQL: _scan_sql,
    Dialect.POWERSHELL: _scan_powershell,
    Dialect.PYTHON: _scan_python,
}
