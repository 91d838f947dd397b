"""The options of a fence that change nothing: unknown names, and values that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..source.problem import Problem, Severity, Source, did_you_mean, one_of, quoted
from .reading import Fence

# Matches `2`, `2 4-6`.
LINES = re.compile(r"\d+(?:-\d+)?(?:[ \t]+\d+(?:-\d+)?)*")

# Matches `1` and `1 5 10`.
NUMBERS = re.compile(r"(?P<first>\d+)(?:[ \t]+(?P<step>\d+))?(?:[ \t]+(?P<special>\d+))?")

ANYTHING = re.compile(r".*")

OF_CODE = {"title": ANYTHING, "hl_lines": LINES, "linenums": NUMBERS}
"""The options of code, with what their values match."""

FORMS = {"hl_lines": 'hl_lines="2 4-6"', "linenums": 'linenums="1"'}
"""What values look like."""


def wrong_options(
    fence: Fence, source: Source, known: Mapping[str, re.Pattern[str]]
) -> Iterator[Problem]:
    """Yield a warning for each option that changes nothing."""
    for name, value in fence.options.items():
        if name[0] in "#." or name.startswith("data-"):
            continue
        if name not in known:
            hint = did_you_mean(name, known) or _meant(name, known)
            yield _problem(fence, source, name, f"the option {quoted(name)}", one_of(known), hint)
        elif not known[name].fullmatch(value):
            found = f"the value {quoted(value)} for {quoted(name)}"
            yield _problem(fence, source, name, found, FORMS[name])
        elif name == "hl_lines" and (last := _last(value)) > (count := len(fence.body.lines)):
            found = f"line {last} to mark in a block of {count}"
            yield _problem(fence, source, name, found, f"a number up to {count}")


def _last(lines: str) -> int:
    return max(int(number) for number in re.findall(r"\d+", lines))


def _meant(name: str, known: Mapping[str, re.Pattern[str]]) -> str:
    is_lines = name[0].isdigit() and "hl_lines" in known
    return f"lines are marked by {FORMS['hl_lines']}" if is_lines else ""


def _problem(
    fence: Fence, source: Source, name: str, found: str, expected: str, hint: str = ""
) -> Problem:
    at = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
    match = at.search(source.excerpt(fence.line), fence.column + len(fence.language))
    column = match.start() + 1 if match else fence.column
    return source.problem(
        fence.line,
        column,
        found=found,
        expected=expected,
        hint=hint,
        severity=Severity.WARNING,
    )
