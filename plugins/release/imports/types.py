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
"""Patterns of headings: groups of towncrier and git-cliff, Keep a Changelog, GitHub's notes."""


def type_of(heading: str) -> Type | None:
    """Return the type that a heading means; None for a heading of prose."""
    words = heading.casefold()
    return next((type for pattern, type in MEANINGS if re.search(pattern, words)), None)


def is_breaking(heading: str) -> bool:
    """Return True if a heading is that of breaking changes."""
    return "breaking" in heading.casefold()
