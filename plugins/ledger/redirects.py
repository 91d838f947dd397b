"""Redirects of old addresses: as pages, and as lines of a file for hosts that read it.

Old addresses come from front matter (`aliases`), from the ledger, and from the setting `REDIRECTS`.
Each leads directly to a living page, never to another old address, so that there are no chains and
no loops. An address with a living page is never a redirect.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain

from msgspec.structs import replace

from ..markdown.document import Document
from ..site.feature import Feature
from ..site.head import head_view
from ..site.links import MOST_COMPARED
from ..site.site import (
    CopyRow,
    PageRow,
    Row,
    Site,
    TemplateRow,
    WriterRow,
    folders_of,
    without_index,
)
from ..site.view import RedirectPage
from ..source.problem import Place, Problem, Problems, did_you_mean, quoted
from ..source.slug import folded
from .records import moves, path_at

HOSTS_FILE = "_redirects"
"""The file of redirects that Netlify and Cloudflare Pages read."""

SETTING = Place("REDIRECTS")


class Taken:
    """The paths below the output that rows have, as a file system sees them."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.paths = {row.path for row in rows}
        self.files = set(map(folded, self.paths))
        self.folders = {folder for file in self.files for folder in folders_of(file)}

    def __contains__(self, path: str) -> bool:
        """Return True if a file or folder is there already, so that no other file can be."""
        if path in self.paths:
            return True
        file = folded(path)
        above = any(folder in self.files for folder in folders_of(file))
        return file in self.files or file in self.folders or above


def redirect_rows(
    site: Site, rows: Sequence[Row], features: Iterable[Feature], problems: Problems
) -> list[Row]:
    """Return a page for each old address of this site, and the file for its host.

    `rows` are all other rows. An author's alias that meets a living page is left to the check for
    clashes; wrong values of REDIRECTS are reported.
    """
    taken, told = Taken(rows), moves(site.settings, site.ledger)
    old = [*_aliases(site), *_remembered(site, taken, told)]
    found: list[Row] = [
        redirect_row(site, path, site.paths[d.source], origin=_origin(d), title=d.title)
        for path, d in old
    ]
    documents = {path: site.paths[document.source] for path, document in old}
    lost = lost_paths(site, taken, {*told, *documents})
    sure = _sure(site, features, lost)
    by_path = {row.path: row for row in rows}
    steps = {**sure, **{old: new for old, new in told.items() if new}, **documents}
    settled = dict(_settled(site, told, steps, by_path, problems))
    settled |= {path: end for path in sure if (end := _end(path, steps, by_path)) in by_path}
    settled |= _beside(lost, settled, by_path)
    found += [_moved(site, path, by_path[target]) for path, target in settled.items()]
    moved = redirects_of(site, [*rows, *found]) | {
        old: site.url(new) for old, new in settled.items()
    }
    return [*found, *_hosts_file(site, moved)]


def redirect_row(site: Site, path: str, target: str, *, origin: Place, title: str) -> TemplateRow:
    """Return a page at an old path that leads to the page at another."""
    head = head_view(site, target, title=title, is_indexed=False)
    view = RedirectPage(head, site.url(target))
    return TemplateRow(path, origin, "redirect.html", view, leads_to=target)


def redirects_of(site: Site, rows: Iterable[Row]) -> dict[str, str]:
    """Return the old path of each page, feed and calendar that leads on, with the new address."""
    return {
        row.path: site.url(row.leads_to)
        for row in rows
        if isinstance(row, TemplateRow | WriterRow) and row.leads_to
    }


def lost_paths(site: Site, taken: Taken, told: Collection[str]) -> list[str]:
    """Return published paths that have nothing now, without those in `told`.

    Those of documents that still exist are left out too.
    """
    known = {**site.records, **site.marks}
    gone = (r.addresses for s, r in site.ledger.documents.items() if s not in known)
    paths = dict.fromkeys((*site.ledger.pages, *site.ledger.feeds, *chain.from_iterable(gone)))
    return [path for path in paths if path not in told and path not in taken]


def _aliases(site: Site) -> Iterator[tuple[str, Document]]:
    for document in site.documents:
        for alias in document.front_matter.aliases:
            yield path_at(alias), document


def _remembered(site: Site, taken: Taken, told: Collection[str]) -> Iterator[tuple[str, Document]]:
    """Yield old addresses of documents from the ledger, if nothing else is there now."""
    settled = {*told, *(path for path, _ in _aliases(site))}
    for document in site.documents:
        for path in site.records[document.source].addresses[:-1]:
            if path not in taken and path not in settled:
                yield path, document


def _origin(document: Document) -> Place:
    return document.places.get("aliases", (Place(document.path), ""))[0]


def _sure(site: Site, features: Iterable[Feature], lost: Sequence[str]) -> dict[str, str]:
    """Return the targets of lost paths, from the ledger or else from features."""
    known = {**site.ledger.pages, **site.ledger.feeds}
    found = {path: to for path in lost if (to := known.get(path))}
    open_paths = [path for path in lost if path not in found]
    for feature in features:
        found |= feature.moved(site, open_paths) if feature.moved and open_paths else {}
    return found


def _settled(
    site: Site,
    told: Mapping[str, str | None],
    steps: Mapping[str, str],
    by_path: Mapping[str, Row],
    problems: Problems,
) -> Iterator[tuple[str, str]]:
    """Yield the old paths of the setting, each with the living path that it leads to in the end.

    A pattern (`*`) skips paths that exist. A feed or calendar that would lead to a page leads to
    the feed or calendar next to that page; without one it is gone.
    """
    named = {path_at(old) for old in site.settings.redirects if not old.endswith("*")}
    for old, first in told.items():
        new = _end(first, steps, by_path) if first is not None else None
        if new is None or (old in by_path and old not in named):
            continue
        if old in site.ledger.feeds and isinstance(by_path.get(new), PageRow):
            yield from _beside([old], {_page_of(old): new}, by_path).items()
        elif old in by_path:
            problems.append(_living(old))
        elif new in by_path:
            yield old, new
        else:
            problems.append(_dead_end(old, new, by_path, is_loop=new in steps))


def _end(path: str, steps: Mapping[str, str], by_path: Collection[str]) -> str:
    """Return the path where the steps end: a living one, one without a step, or one in a loop."""
    seen = set[str]()
    while path not in by_path and path in steps and path not in seen:
        seen.add(path)
        path = steps[path]
    return path


def _beside(
    lost: Iterable[str], settled: Mapping[str, str], by_path: Collection[str]
) -> dict[str, str]:
    """Return the new paths of feeds and calendars next to moved pages, if the new page has them."""
    pairs = ((p, settled.get(_page_of(p), "")) for p in lost if not p.endswith("/index.html"))
    found = {p: _folder(page) + p.removeprefix(_folder(p)) for p, page in pairs if page}
    return {path: new for path, new in found.items() if new in by_path}


def _page_of(path: str) -> str:
    return f"{_folder(path)}index.html"


def _folder(path: str) -> str:
    return path[: path.rfind("/") + 1]


def _moved(site: Site, path: str, target: Row) -> Row:
    """Return a row at the old path: a page that leads on, or for programs the file itself.

    Programs that read feeds and calendars do not follow pages.
    """
    if isinstance(target, PageRow):
        return redirect_row(site, path, target.path, origin=SETTING, title="Moved")
    if isinstance(target, CopyRow):
        return replace(target, path=path, origin=SETTING)
    return replace(target, path=path, origin=SETTING, leads_to=target.path)


def _hosts_file(site: Site, moved: Mapping[str, str]) -> list[Row]:
    """Return the file of all redirects; no row if nothing has moved."""
    origin = Place("the redirects of the site")
    return [WriterRow(HOSTS_FILE, origin, partial(_lines, moved, site))] if moved else []


def _lines(moved: Mapping[str, str], site: Site) -> bytes:
    """Return one line per redirect. In this file “:” and “*” would stand for any text."""
    pairs = [(site.url(old), url) for old, url in sorted(moved.items())]
    lines = [f"{_plain(old)} {_plain(url)} 301\n" for old, url in pairs]
    return "".join(lines).encode()


def _plain(url: str) -> str:
    return url.replace("*", "%2A").replace(":", "%3A")


def _living(path: str) -> Problem:
    found = f"{quoted(address_at(path))}, where the site has something now"
    return Problem(SETTING, found, "an address at which nothing is any more")


def _dead_end(old: str, new: str, paths: Iterable[str], *, is_loop: bool) -> Problem:
    known = [address_at(path) for path in paths]
    return Problem(
        SETTING,
        found=f"{quoted(address_at(old))}, which leads "
        + ("back to itself" if is_loop else f"to {quoted(address_at(new))}, where nothing is"),
        expected="an address of the site, or None for what is gone",
        hint="" if is_loop else did_you_mean(address_at(new), known[:MOST_COMPARED]),
    )


def address_at(path: str) -> str:
    """Return the address of a path below the output, as people write it."""
    return f"/{without_index(path)}"
