"""Every link of every page to this site leads to a file of it, and to an id that is there.

Links that authors write are checked earlier, with their line (`core/links.py`); what is found here
is a fault of a template or a feature, told with the page that shows it.
"""

from __future__ import annotations

import functools
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

from ..core.html import ids_in, links_in, pointers_of
from ..core.problem import Place, Problem, Severity, quoted
from ..core.site import file_for


@dataclass(frozen=True, slots=True)
class PageLinks:
    """What one page offers to links, and where its own lead."""

    path: str
    """Below the output."""
    origin: Place
    ids: frozenset[str]
    targets: frozenset[tuple[str, str]]
    """The site's files that it leads to, with the fragment or an empty text."""
    severity: Severity = Severity.ERROR
    """Of a link that leads nowhere."""


def find_page_links(
    path: str, origin: Place, html: str, *, base: str, absolute: str = ""
) -> PageLinks:
    """The ids of a page and its links to the site whose addresses begin with `base`.

    Links that begin with `absolute`, the site's whole address, are such links too.
    """
    pointers = pointers_of(html)
    links = {(pointer.name == "srcset", pointer.value) for pointer in links_in(pointers)}
    targets = {
        target
        for is_set, value in links
        for address in _addresses(value, is_set=is_set)
        if (target := _target(path, _from_root(address, base, absolute), base))
    }
    return PageLinks(path, origin, frozenset(ids_in(pointers)), frozenset(targets))


def dead_links(pages: Iterable[PageLinks], paths: frozenset[str]) -> list[Problem]:
    """A problem for each link that leads to no file of the site, or to no id on its page."""
    pages = list(pages)
    ids = {page.path: page.ids for page in pages}
    return [problem for page in pages for problem in _dead(page, paths, ids)]


def _dead(
    page: PageLinks, paths: frozenset[str], ids: Mapping[str, frozenset[str]]
) -> Iterator[Problem]:
    for path, fragment in sorted(page.targets):
        if path not in paths:
            yield _problem(page, f"a link to {quoted('/' + path)}, which the site does not have")
        elif fragment and fragment not in ids.get(path, {fragment}):
            address = quoted(f"/{path}#{fragment}")
            yield _problem(page, f"a link to {address}, an id that is not there")


def _problem(page: PageLinks, found: str) -> Problem:
    found = f"{found} (on the page {page.path})"
    return Problem(page.origin, found, "a link that leads somewhere", severity=page.severity)


def _addresses(value: str, *, is_set: bool) -> list[str]:
    if is_set:
        return [part.split()[0] for part in value.split(",") if part.strip()]
    return [value.strip()]


def _from_root(address: str, base: str, absolute: str) -> str:
    is_own = absolute and address.startswith(f"{absolute}/")
    return base + address.removeprefix(f"{absolute}/") if is_own else address


def _target(page: str, address: str, base: str) -> tuple[str, str] | None:
    """The file below the output and the fragment; None for what is not this site's."""
    if address.startswith("/"):
        return _target_from_root(address, base)
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not address:
        return None
    if not parts.path:
        return page, _fragment(parts)
    path = unquote(parts.path)
    inside = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    inside += "/" if path.endswith("/") and inside != "." else ""
    return file_for(inside), _fragment(parts)


@functools.lru_cache(maxsize=10_000)
def _target_from_root(address: str, base: str) -> tuple[str, str] | None:
    """The same for an address that any page may have, kept since many do."""
    parts = urlsplit(address)
    if parts.netloc:
        return None
    path = unquote(parts.path)
    inside = path.removeprefix(base) if path.startswith(base) else f"..{path}"
    return file_for(inside), _fragment(parts)


def _fragment(parts: SplitResult) -> str:
    return unquote(parts.fragment) if parts.fragment != "top" else ""
