"""The versions that an entry affects, as its author writes them, as ranges of version numbers.

    affects = "all" / "none" / term *( "," term )
    term    = branch                             ; 9.0: all versions of that branch
            / version                            ; 9.0.4
            / version ( "to" / "–" ) version     ; 9.0.0 to 9.0.6, both included
            / ( "<" / "before" ) version         ; all that come before it, on any branch
            / ( "<=" / "up to" ) version
            / ( ">=" / "from" / "since" ) version
            / version "and later"

Versions from an entry's own fix on, on the fix's branch, are never affected.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .model import Version

# Matches `9.0.0 to 9.0.6`, `9.0.0–9.0.6` and `9.0.0 - 9.0.6`; not `1.0.0-rc1`.
SPAN = re.compile(r"(?P<first>\S+?)(?:\s+(?:to|-|–)\s+|–)(?P<last>\S+)")
BEFORE = re.compile(r"(?:<(?!=)|before)\s*(?P<version>\S+)")
UP_TO = re.compile(r"(?:<=|≤|up to)\s*(?P<version>\S+)")
SINCE = re.compile(r"(?:>=|≥|from|since)\s*(?P<version>\S+)|(?P<later>\S+) and later")

EXPECTED = "a branch, a version, “9.0.0 to 9.0.6”, “before 9.0.7”, “since 9.0.0”, all or none"

Ranges = tuple[tuple[int, int], ...]


class UnknownVersionError(ValueError):
    """A term that names no version or branch of the product; its text is the name."""


def numbers_of(term: str, versions: Sequence[Version]) -> set[int]:
    """Return the numbers of the versions that a term names; raise UnknownVersionError."""
    if term in {"all", "none"}:
        return set(range(len(versions))) if term == "all" else set()
    if span := SPAN.fullmatch(term):
        return set(range(_number(span["first"], versions), _number(span["last"], versions) + 1))
    if before := BEFORE.fullmatch(term):
        return set(range(_number(before["version"], versions)))
    if up_to := UP_TO.fullmatch(term):
        return set(range(_number(up_to["version"], versions) + 1))
    if since := SINCE.fullmatch(term):
        return set(range(_number(since["version"] or since["later"], versions), len(versions)))
    branch = {number for number, version in enumerate(versions) if version.branch == term}
    return branch or {_number(term, versions)}


def _number(name: str, versions: Sequence[Version]) -> int:
    number = next((n for n, version in enumerate(versions) if version.name == name), None)
    if number is None:
        raise UnknownVersionError(name)
    return number


def without_fixed(numbers: set[int], fixed: Iterable[int], versions: Sequence[Version]) -> set[int]:
    """Return the numbers without the versions that have the fix through their own branch."""
    first = {versions[number].branch: number for number in sorted(fixed, reverse=True)}
    return {n for n in numbers if n < first.get(versions[n].branch, len(versions))}


def ranges_of(numbers: set[int]) -> Ranges:
    """Return the first and last of each run of numbers, in order."""
    starts = sorted(n for n in numbers if n - 1 not in numbers)
    ends = sorted(n for n in numbers if n + 1 not in numbers)
    return tuple(zip(starts, ends, strict=True))
