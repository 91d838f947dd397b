"""Checks that every link of every page to this site leads to an existing file and id.

Links that authors write are checked earlier, with their line (`site/links.py`). A dead link that is
found here is a bug of a template or a feature; it is reported with the page that shows it.
"""

from __future__ import annotations

import functools
import posixpath
from collections.abc import Iterable, Iterator, Mapping, Set
from urllib.parse import SplitResult, unquote, urlsplit

from msgspec import Struct, json

from ..markdown.html import ids_in, links_in, pointers_of
from ..site.site import file_for
from ..source.problem import quoted


class PageLinks(Struct, frozen=True, array_like=True):
    """The ids of one page, and the targets of its links."""

    ids: frozenset[str]
    files: frozenset[str]
    """The site's files that it links to, by their path below the output."""
    anchors: tuple[tuple[str, str], ...]
    """The file and id of each link that names an id, except existing ids of the page itself."""


def decoded(data: bytes) -> PageLinks:
    """Return the links of a page, decoded from JSON."""
    return json.decode(data, type=PageLinks)


def find_page_links(
    path: str,
    html: str,
    *,
    base: str,
    absolute: str = "",
    ids: Iterable[str] = (),
    addresses: Iterable[str] = (),
) -> PageLinks:
    """Return the ids of a page, and the targets of its links to the site.

    Addresses of the site begin with `base`, or with `absolute`, the site's whole address. `ids` and
    `addresses` are those of markup that is not in `html`.
    """
    pointers = pointers_of(html)
    links = {(pointer.name == "srcset", pointer.value) for pointer in links_in(pointers)}
    found = {address for is_set, value in links for address in _addresses(value, is_set=is_set)}
    targets = {
        target
        for address in found.union(addresses)
        if (target := _target(path, _from_root(address, base, absolute), base))
    }
    own = frozenset(ids_in(pointers)).union(ids)
    named = ((file, id) for file, id in targets if id and not (file == path and id in own))
    return PageLinks(own, frozenset(file for file, _ in targets), tuple(sorted(named)))


def dead_links(
    asked: Mapping[str, PageLinks], pages: Mapping[str, PageLinks], files: Set[str]
) -> Iterator[tuple[str, str]]:
    """Yield the page and the target, in words, of each link to a missing file or id.

    `asked` are the pages to check and `pages` all pages, by path below the output; `files` are the
    paths of all files.
    """
    return ((path, found) for path, page in asked.items() for found in _dead(page, pages, files))


def _dead(page: PageLinks, pages: Mapping[str, PageLinks], files: Set[str]) -> Iterator[str]:
    if not page.files <= files:
        for file in sorted(page.files - files):
            yield f"a link to {quoted('/' + file)}, which the site does not have"
    for file, id in page.anchors:
        if file in pages and id not in pages[file].ids:
            yield f"a link to {quoted(f'/{file}#{id}')}, an id that is not there"


def _addresses(value: str, *, is_set: bool) -> list[str]:
    if is_set:
        return [part.split()[0] for part in value.split(",") if part.strip()]
    return [value.strip()]


def _from_root(address: str, base: str, absolute: str) -> str:
    is_own = absolute and address.startswith(f"{absolute}/")
    return base + address.removeprefix(f"{absolute}/") if is_own else address


def _target(page: str, address: str, base: str) -> tuple[str, str] | None:
    """Return the file below the output and the fragment; None for an address outside the site."""
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
    """Return the target of an address that begins with `/`; cached, since many pages share it."""
    parts = urlsplit(address)
    if parts.netloc:
        return None
    path = unquote(parts.path)
    inside = path.removeprefix(base) if path.startswith(base) else f"..{path}"
    return file_for(inside), _fragment(parts)


def _fragment(parts: SplitResult) -> str:
    return unquote(parts.fragment) if parts.fragment != "top" else ""
