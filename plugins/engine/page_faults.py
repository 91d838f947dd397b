"""The problems of rendered pages: dead links, and faults that many pages share."""

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
    """Return the dead links of pages; `fresh` has the links of the pages that were just rendered.

    The links of the other pages were right when those were rendered. They are checked again only if
    a page or an id that they may lead to is gone. Otherwise only the pages that fresh pages link to
    are read.
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
    """Return the problem of a page's dead link; only a warning in a theme for plain Pelican.

    Such a theme is not the author's, so that it must not stop the build.
    """
    found, expected = f"{found} (on the page {row.path})", "a link that leads somewhere"
    if isinstance(row, PelicanRow):
        theme = Place(shown_path(Path(str(row.names["THEME"]))))
        return Problem(theme, found, expected, severity=Severity.WARNING)
    return Problem(row.origin, found, expected)


def told_once(problems: Iterable[Problem]) -> list[Problem]:
    """Merge the problems that many pages have from one template or view, with their number."""
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
