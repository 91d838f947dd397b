"""What is wrong with the pages of a stage: links that lead nowhere, and what many pages share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from ..links.check import PageLinks, dead_links
from ..site.site import PelicanRow, Row
from ..source.problem import Place, Problem, Severity, shown_path, sorted_problems
from ..source.text import counted
from .cache import Cache, Entry


def dead_link_problems(
    rows: Iterable[Row], entries: Mapping[str, Entry], cache: Cache
) -> list[Problem]:
    """What is wrong with the links of all pages."""
    known = cache.memory.links
    known.turn()
    pages = {
        path: known.of(path, entry.links, partial(PageLinks.decoded, entry.links))
        for path, entry in entries.items()
        if entry.links
    }
    by_path = {row.path: row for row in rows}
    return [_dead_link(by_path[path], found) for path, found in dead_links(pages, by_path.keys())]


def _dead_link(row: Row, found: str) -> Problem:
    """What is wrong with a page's link; one of a theme that is not the author's stops no build."""
    found, expected = f"{found} (on the page {row.path})", "a link that leads somewhere"
    if isinstance(row, PelicanRow):
        theme = Place(shown_path(Path(str(row.names["THEME"]))))
        return Problem(theme, found, expected, severity=Severity.WARNING)
    return Problem(row.origin, found, expected)


def told_once(problems: Iterable[Problem]) -> list[Problem]:
    """One of the problems that many pages have from one template or view, and how many they are."""
    groups: dict[tuple[Place | str, str, Severity], list[Problem]] = {}
    for problem in problems:
        found = problem.found.partition(" (on ")[0]
        place = problem.place if problem.place.line else found
        groups.setdefault((place, found, problem.severity), []).append(problem)
    return [_counted(group) for group in groups.values()]


def _counted(group: list[Problem]) -> Problem:
    first = sorted_problems(group)[0]
    if len(group) == 1:
        return first
    others = len(group) - 1
    also = f"{counted(others, 'other page')} {'has' if others == 1 else 'have'} it too"
    return replace(first, hint=f"{first.hint}; {also}" if first.hint else also)
