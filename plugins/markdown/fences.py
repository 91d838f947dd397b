"""Finds the fenced blocks of a document, with their lines, as any Markdown viewer would.

    fence-block = opening *line closing
    opening = prefix fence info EOL          ; fence: three or more of ` or ~
    closing = prefix fence EOL               ; the same character, at least as many
    prefix = *( blank / ">" / list-marker )  ; only blanks and ">" on later lines
    info = [ language ] [ blanks ] [ "{" options "}" / options ]
    options = *( word [ "=" ( word / quoted ) ] )

A block that does not end runs to the end of the document, or of the quotation that it stands in.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from msgspec import Struct

from ..source.problem import Problem, Source, quoted
from .reading import Fence

# Matches "```console {run}", "> ~~~", "1. ```"; not "`` ` ``" or "```js `x`".
OPENING = re.compile(
    r"(?P<prefix>(?:[ >]|(?:[-*+]|\d+[.)])[ ])*)(?P<fence>`{3,}|~{3,})(?P<info>[^`\n]*)"
)

# Matches `console {title="A b" run}` and `python hl_lines="2"`.
INFO = re.compile(
    r"\s*(?P<language>[^\s{}=]+(?![^\s{}]*=))?\s*(?:\{(?P<braced>.*)\}|(?P<loose>[^{}]*))\s*"
)

# Matches `title="A b"`, `run`, `tab=Debian`, `#id` and `.class`.
OPTION = re.compile(
    r"""(?P<name>[#.]?[\w-]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"']+)))?"""
)


TAB = 4
"""The columns between two tab stops, as in Markdown's own indentation."""


class FoundFence(Struct, frozen=True):
    """A fence with the indexes of its lines: `first` is the opening, `last` the closing line."""

    fence: Fence
    first: int
    last: int
    prefix: str
    """What stands before the opening, with blanks for list markers."""
    is_closed: bool


def find_fences(source: Source) -> Iterator[FoundFence]:
    """The fenced blocks of a text, in order; a fence inside another is its text."""
    lines = source.lines
    index = 0
    while index < len(lines):
        line = lines[index]
        may_open = "```" in line or "~~~" in line
        match = OPENING.fullmatch(line.expandtabs(TAB)) if may_open else None
        if not match:
            index += 1
            continue
        found = _read_fence(source, lines, index, match)
        yield found
        index = found.last + 1


def read_options(text: str) -> dict[str, str]:
    """The options in the braces; one without a value is an empty text."""
    return {
        match["name"]: match["double"] or match["single"] or match["bare"] or ""
        for match in OPTION.finditer(text)
    }


def unclosed(source: Source, found: FoundFence) -> Problem | None:
    """The problem of a fence that nothing closes."""
    if found.is_closed:
        return None
    return source.problem(
        source.first_line + found.first,
        len(found.prefix) + 1,
        found=f"a {quoted(found.fence.language or 'code')} block that does not end",
        expected="a closing fence, as long as the opening one",
    )


def _read_fence(source: Source, lines: list[str], first: int, match: re.Match[str]) -> FoundFence:
    prefix = re.sub(r"[^ >]", " ", match["prefix"])
    body, last, is_closed = _body(lines, first, prefix, match["fence"])
    info = INFO.fullmatch(match["info"])
    language = (info["language"] if info and info["language"] else "").lower()
    options = (info["braced"] or info["loose"] or "") if info else match["info"]
    number = source.first_line + first
    text = Source(source.path, "\n".join(body), first_line=number + 1, indent=len(prefix))
    fence = Fence(language, read_options(options), text, number, len(prefix))
    return FoundFence(fence, first, last, prefix, is_closed)


def _body(lines: list[str], first: int, prefix: str, opening: str) -> tuple[list[str], int, bool]:
    closing = _closing(len(prefix) + 3, opening)
    depth = prefix.count(">")
    body: list[str] = []
    for index in range(first + 1, len(lines)):
        line = _without_prefix(lines[index], prefix, depth)
        if line is None:
            return body, index - 1, False
        if opening in line and closing.fullmatch(line):
            return body, index, True
        body.append(line)
    return body, len(lines) - 1, False


@functools.cache
def _closing(indent: int, opening: str) -> re.Pattern[str]:
    """Matches the line that closes a fence."""
    return re.compile(rf"\s{{0,{indent}}}{re.escape(opening[0])}{{{len(opening)},}}\s*")


def _without_prefix(line: str, prefix: str, depth: int) -> str | None:
    """The line inside the quotation and list that the fence stands in; None when they ended."""
    if depth:
        match = re.match(rf"(?:\s*>){{{depth}}} ?", line)
        return line[match.end() :] if match else None
    return _without_blanks(line, len(prefix))


def _without_blanks(line: str, width: int) -> str:
    """The line without its first columns, as far as they are blank; tabs after them stay."""
    column = 0
    for index, character in enumerate(line):
        if column >= width or character not in " \t":
            return " " * (column - width) + line[index:]
        column += TAB - column % TAB if character == "\t" else 1
    return " " * max(0, column - width)
