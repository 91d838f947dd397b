"""The identity of a change in several posts or branches: by name, by CVE, or by equal text.

Texts that are only alike, and equal texts that are repeated on one branch, are reported: their
author has to say what is meant. Steps of a migration are never merged by their text, since each new
branch asks for them again.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from ..source.problem import Place, Problem, Problems, Severity, quoted
from .model import Entry, Type, Version

ALIKE = 0.9
"""The similarity from which two texts are probably one."""

MOST_COMPARED = 40
"""The most texts with one beginning that are compared with each other: that is quadratic."""

BEGINNING = 3
"""The number of first words that texts must share to be compared."""


class Told(Struct, frozen=True):
    """An entry of one post, with the versions that bring it."""

    entry: Entry
    source: str
    fixed: tuple[int, ...]


Group = tuple[Told, ...]
"""All entries of one change, that of the first post first."""


def group_told(
    told: Iterable[Told], versions: Sequence[Version], problems: Problems
) -> list[Group]:
    """Return the entries of all posts in groups, one for each change, in order of first entries."""
    groups: dict[tuple[str, ...], list[Told]] = defaultdict(list)
    for one in told:
        groups[_key(one)].append(one)
    parted = [part for group in groups.values() for part in _parted(group, versions, problems)]
    problems += _alike(parted, versions)
    return parted


def _key(one: Told) -> tuple[str, ...]:
    """Return the key that the entries of one change share."""
    entry = one.entry
    if entry.name:
        return "name", entry.name
    if entry.cves and entry.type is Type.SECURITY:
        return "cve", *sorted(entry.cves)
    if entry.type is Type.MIGRATION:
        return "migration", one.source, entry.anchor
    return "text", entry.type.value, _words(entry.text)


def _words(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")


def _parted(group: list[Told], versions: Sequence[Version], problems: Problems) -> Iterator[Group]:
    """Yield the group; or each entry alone, if a branch has the same text in several releases."""
    if _key(group[0])[0] != "text" or len(group) == 1:
        yield tuple(group)
        return
    branches = [{versions[n].branch for n in one.fixed} for one in group]
    is_repeated = sum(map(len, branches)) > len(set[str]().union(*branches))
    if not is_repeated:
        yield tuple(group)
        return
    if len(set[str]().union(*branches)) > 1:
        problems.append(_doubtful(group[-1], group[0], "is the same text"))
    yield from ((one,) for one in group)


def _alike(groups: Sequence[Group], versions: Sequence[Version]) -> Iterator[Problem]:
    """Report changes with almost the same words on different branches."""
    buckets: dict[tuple[str, ...], list[Group]] = defaultdict(list)
    for group in groups:
        entry = group[0].entry
        if _key(group[0])[0] == "text":
            beginning = _words(entry.text).split()[:BEGINNING]
            buckets[entry.type.value, *beginning].append(group)
    for bucket in buckets.values():
        for number, group in enumerate(bucket[:MOST_COMPARED]):
            for other in bucket[:number]:
                if _are_alike(group, other, versions):
                    yield _doubtful(group[0], other[0], "is almost the text")


def _are_alike(group: Group, other: Group, versions: Sequence[Version]) -> bool:
    mine, theirs = (
        {versions[n].branch for one in each for n in one.fixed} for each in (group, other)
    )
    texts = _words(group[0].entry.text), _words(other[0].entry.text)
    if mine & theirs or texts[0] == texts[1]:
        return False
    return difflib.SequenceMatcher(None, *texts).ratio() >= ALIKE


def _doubtful(one: Told, first: Told, relation: str) -> Problem:
    at = one.entry.at
    where = Place(first.entry.at.place.path, first.entry.at.place.line)
    return Problem(
        at.place,
        found=f"{quoted(one.entry.text)}, which {relation} of {where}",
        expected="entries that are clearly one change or clearly two",
        hint="give both one “Name: …” if they are one change, or each its own if they are not",
        excerpt=at.excerpt,
        severity=Severity.WARNING,
    )
