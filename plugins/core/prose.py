"""The text of a document without its code, and where in it something stands."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

from .fences import find_fences
from .problem import Source

# Matches "`a`" and "`` ` ``"; not a lone "`".
CODE_SPAN = re.compile(r"(?<![`\\])(?P<marks>`+)(?!`).*?(?<!`)(?P=marks)(?!`)")

Find = Callable[[str], tuple[int, int, Source]]
"""Line, column and source of the next place where a text stands."""


class Prose:
    """A body and its text without code, which most documents are never asked for."""

    def __init__(self, body: Source) -> None:
        self.body = body

    @functools.cached_property
    def text(self) -> str:
        """The text without code, line for line and column for column."""
        return without_code(self.body)


class Locator:
    """Finds where in a body a text stands, each time the next place, not in code."""

    def __init__(self, prose: Prose) -> None:
        self.prose, self.body = prose, prose.body
        self.seen: dict[str, int] = {}

    def find(self, text: str) -> tuple[int, int, Source]:
        """Line, column and source of the next place; the body's first line when there is none."""
        return self._next(text, rf"(?<![\w./-]){re.escape(text)}(?![\w/#?-]|\.\w)")

    def find_anywhere(self, text: str) -> tuple[int, int, Source]:
        """The same for a text that may touch others, and be broken between lines."""
        return self._next(text, r"\s+".join(map(re.escape, text.split())))

    def _next(self, text: str, expression: str) -> tuple[int, int, Source]:
        pattern, prose = re.compile(expression), self.prose.text
        match = pattern.search(prose, self.seen.get(text, 0)) or pattern.search(prose)
        if not match:
            return self.body.first_line, 1, self.body
        self.seen[text] = match.end()
        line = prose.count("\n", 0, match.start())
        column = match.start() - (prose.rfind("\n", 0, match.start()) + 1) + 1
        return self.body.first_line + line, column, self.body


def without_code(body: Source) -> str:
    """The text with fenced blocks and code spans blanked, so that places stay the same."""
    lines = body.lines
    for found in find_fences(body):
        for index in range(found.first, found.last + 1):
            lines[index] = ""
    return "\n".join(
        CODE_SPAN.sub(lambda m: " " * len(m[0]), line) if "`" in line else line for line in lines
    )
