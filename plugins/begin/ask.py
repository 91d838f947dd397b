"""The questions for missing answers: asked on a terminal; elsewhere defaults are printed."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from .answers import QUESTIONS


def asked(given: Mapping[str, str]) -> dict[str, str]:
    """Return the given values and those that the person at the terminal types."""
    missing = [name for name in QUESTIONS if not given.get(name)]
    if sys.stdin.isatty() and sys.stdout.isatty():
        return {**given, **{name: _typed(name) for name in missing}}
    for name in missing:
        print(f"{QUESTIONS[name].name} was not given: took “{QUESTIONS[name].default}”")
    return dict(given)


def _typed(name: str) -> str:
    """Ask until an answer is right, and return it."""
    question = QUESTIONS[name]
    while True:
        value = input(f"{question.text} [{question.default}] ").strip() or question.default
        expected = question.check(value)
        if not expected:
            return value
        print(f"  That is not {expected}.")
