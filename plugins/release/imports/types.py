"""The type of change that a heading of another program means."""

from __future__ import annotations

import re

from ..model import Type

MEANINGS: tuple[tuple[str, Type], ...] = (
    (r"securit|vulnerab", Type.SECURITY),
    (r"migrat|upgrad", Type.MIGRATION),
    (r"deprecations and removals|remov", Type.REMOVED),
    (r"deprecat", Type.DEPRECATED),
    (r"\bfix|\bbug", Type.FIXED),
    (r"\badd|\bfeat|\bnew\b", Type.ADDED),
    (
        r"chang|improv|perform|refactor|doc|styl|test|misc|chore|build|\bci\b|revert|other|internal"
        r"|contribut|break",
        Type.CHANGED,
    ),
)
"""Towncrier's and git-cliff's usual groups, Keep a Changelog's types, GitHub's generated notes."""


def type_of(heading: str) -> Type | None:
    """The type that a heading means; None for a heading of prose."""
    words = heading.casefold()
    return next((type for pattern, type in MEANINGS if re.search(pattern, words)), None)


def is_breaking(heading: str) -> bool:
    """Whether a heading stands over changes that break."""
    return "breaking" in heading.casefold()
