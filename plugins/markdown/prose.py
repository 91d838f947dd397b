"""The text of a document without its code, and where in it something stands."""

from __future__ import annotations

import functools
import re

from ..source.problem import Problem, Severity, Source
from .fences import find_fences

# Matches "`a`" and "`` ` ``"; not a lone "`".
CODE_SPAN = re.compile(r"(?<![`\\])(?P<marks>`+)(?!`).*?(?<!`)(?P=marks)(?!`)")


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

    def __init__(self, prose: Prose, *, may_touch: bool = False) -> None:
        """It finds what stands alone, as an address does; or in others too, and broken by lines."""
        self.prose, self.may_touch = prose, may_touch
        self.seen: dict[str, int] = {}

    def problem(
        self,
        text: str,
        *,
        found: str,
        expected: str,
        hint: str = "",
        severity: Severity = Severity.ERROR,
    ) -> Problem:
        """What is wrong at the next place; in the body's first line when there is none."""
        line, column = self.find(text)
        return self.prose.body.problem(
            line, column, found=found, expected=expected, hint=hint, severity=severity
        )

    def find(self, text: str) -> tuple[int, int]:
        """Line and column of that place."""
        pattern, prose = re.compile(self._expression(text)), self.prose.text
        match = pattern.search(prose, self.seen.get(text, 0)) or pattern.search(prose)
        if not match:
            return self.prose.body.first_line, 1
        self.seen[text] = match.end()
        line = prose.count("\n", 0, match.start())
        column = match.start() - (prose.rfind("\n", 0, match.start()) + 1) + 1
        return self.prose.body.first_line + line, column

    def _expression(self, text: str) -> str:
        if self.may_touch:
            return r"\s+".join(map(re.escape, text.split()))
        return rf"(?<![\w./-]){re.escape(text)}(?![\w/#?-]|\.\w)"


def without_code(body: Source) -> str:
    """The text with fenced blocks and code spans blanked, so that places stay the same."""
    lines = body.lines
    for found in find_fences(body):
        for index in range(found.first, found.last + 1):
            lines[index] = ""
    return "\n".join(
        CODE_SPAN.sub(lambda m: " " * len(m[0]), line) if "`" in line else line for line in lines
    )
