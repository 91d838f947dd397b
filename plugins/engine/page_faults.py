"""What is wrong with the pages of a stage: links that lead nowhere, and what many pages share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec.structs import replace

from ..links.check import PageLinks, dead_links, decoded
from ..site.site import PelicanRow, Row
from ..source.problem import Place, Problem, Severity, shown_path, sorted_problems
from ..source.text import counted
from .memo import Memo


def dead_link_problems(
    rows: Iterable[Row], fresh: Mapping[str, PageLinks], memo: Memo
) -> list[Problem]:
    """What is wrong with the links of pages; `fresh` has those of the pages that were rendered.

    The others were right when they were rendered. They are asked again only when something is gone
    that they may lead to; else no more than the ids of those that fresh pages lead to.
    """
    by_path = {row.path: row for row in rows}
    wanted = {file for page in fresh.values() for file, _ in page.anchors} | fresh.keys()
    before = {path: decoded(data) for path, data in memo.links_of(wanted).items()}
    pages = {**before, **fresh}
    if memo.rows.keys() - by_path.keys() or any(
        before[path].ids - page.ids for path, page in fresh.items() if path in before
    ):
        kept = memo.links_of(memo.rows.keys() & by_path.keys() - pages.keys())
        pages |= {path: decoded(data) for path, data in kept.items()}
        fresh = pages
    dead = dead_links(fresh, pages, by_path.keys())
    return [_dead_link(by_path[path], found) for path, found in dead]


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
