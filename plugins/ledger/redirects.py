"""Old addresses lead to where things are now: as pages, and as lines for hosts that read them.

Old addresses come from front matter (`aliases`), from the ledger, and from the setting `REDIRECTS`.
Each leads to a living page at once, never to another old address, so that there are neither chains
nor loops; and where a living page stands, no old address is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby

from msgspec.structs import replace

from ..core.document import Document
from ..core.head import head_view
from ..core.ledger import LEDGER
from ..core.links import MOST_COMPARED
from ..core.problem import Place, Problem, did_you_mean, quoted
from ..core.site import PageRow, Row, Site, TemplateRow, WriterRow, folders_of, without_index
from ..core.slug import folded
from ..core.view import RedirectPage
from .records import given_up, moves, path_at

HOSTS_FILE = "_redirects"
"""The file of redirects that Netlify and Cloudflare Pages read."""

SETTING = Place("REDIRECTS")


class Taken:
    """Which paths below the output rows have, as a file system sees them."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.files = {folded(row.path) for row in rows}
        self.folders = {folder for file in self.files for folder in folders_of(file)}

    def __contains__(self, path: str) -> bool:
        """Whether something stands there already, so that no other file can."""
        file = folded(path)
        above = any(folder in self.files for folder in folders_of(file))
        return file in self.files or file in self.folders or above


def redirect_rows(site: Site, rows: Sequence[Row], problems: list[Problem]) -> list[Row]:
    """A page for each old address of this site, and the file for its host; `rows` are all else.

    An author's alias that meets a living page is left to the check for clashes.
    """
    old = [*_aliases(site), *_remembered(site, Taken(rows))]
    found: list[Row] = [
        redirect_row(site, path, site.paths[d.source], origin=_origin(d), title=d.title)
        for path, d in old
    ]
    by_path = {row.path: row for row in rows}
    leads_to = {path: site.paths[document.source] for path, document in old}
    settled = dict(_settled(site, leads_to, by_path, problems))
    found += [_moved(site, path, by_path[target]) for path, target in settled.items()]
    moved = redirects_of([*rows, *found]) | {old: site.url(new) for old, new in settled.items()}
    return [*found, *_hosts_file(site, moved)]


def redirect_row(site: Site, path: str, target: str, *, origin: Place, title: str) -> TemplateRow:
    """A page at an old path that leads to the page at another."""
    head = head_view(site, target, title=title, is_indexed=False)
    return TemplateRow(path, origin, "redirect.html", RedirectPage(head, site.url(target)))


def redirects_of(rows: Iterable[Row]) -> dict[str, str]:
    """The old path of each redirect page, and the address that it leads to."""
    return {
        row.path: row.view.url
        for row in rows
        if isinstance(row, TemplateRow) and isinstance(row.view, RedirectPage)
    }


def vanished(site: Site, rows: Iterable[Row], *, shown: Callable[[str], str]) -> Iterator[Problem]:
    """Each published address that readers would find nothing at, and that nobody gave up.

    `shown` is how problems name a file of the content folder.
    """
    taken = Taken(rows)
    gone = given_up(site.settings, site.ledger)
    for source, record in sorted(site.ledger.documents.items()):
        is_withheld = source in site.marks and source not in site.paths
        for address in () if is_withheld else record.addresses:
            if address not in taken and address not in gone:
                yield _lost_page(shown(source), address)
    lost = [feed for feed in site.ledger.feeds if feed not in taken and feed not in gone]
    for _, group in groupby(lost, key=_stem):
        yield _lost_feeds(shown(LEDGER), list(group))


def _aliases(site: Site) -> Iterator[tuple[str, Document]]:
    for document in site.documents:
        for alias in document.front_matter.aliases:
            yield path_at(alias), document


def _remembered(site: Site, taken: Taken) -> Iterator[tuple[str, Document]]:
    """The old addresses of documents that the ledger knows, where nothing else stands now."""
    settled = set(moves(site.settings, site.ledger))
    settled |= {path for path, _ in _aliases(site)}
    for document in site.documents:
        for path in site.records[document.source].addresses[:-1]:
            if path not in taken and path not in settled:
                yield path, document


def _origin(document: Document) -> Place:
    return document.places.get("aliases", (Place(document.path), ""))[0]


def _settled(
    site: Site,
    leads_to: Mapping[str, str],
    by_path: Mapping[str, Row],
    problems: list[Problem],
) -> Iterator[tuple[str, str]]:
    """The setting's old paths, each with the living one that it leads to in the end."""
    steps = {old: new for old, new in moves(site.settings, site.ledger).items() if new is not None}
    for old, new in steps.items():
        seen = {old}
        while new not in by_path and new not in seen and (new in leads_to or new in steps):
            seen.add(new)
            new = leads_to.get(new) or steps[new]  # noqa: PLW2901  the next step
        if old in by_path:
            problems.append(_living(old))
        elif new in by_path:
            yield old, new
        else:
            problems.append(_dead_end(old, new, by_path, is_loop=new in seen))


def _moved(site: Site, path: str, target: Row) -> Row:
    """A page that leads on; of what programs read, which see no page, the thing itself."""
    if isinstance(target, PageRow):
        return redirect_row(site, path, target.path, origin=SETTING, title="Moved")
    return replace(target, path=path, origin=SETTING)


def _hosts_file(site: Site, moved: Mapping[str, str]) -> list[Row]:
    """The file of all redirects; none where nothing moved."""
    origin = Place("the redirects of the site")
    return [WriterRow(HOSTS_FILE, origin, partial(_lines, moved, site))] if moved else []


def _lines(moved: Mapping[str, str], site: Site) -> bytes:
    """A line a redirect. In this file “:” and “*” would stand for any text."""
    pairs = [(site.url(old), url) for old, url in sorted(moved.items())]
    lines = [f"{_plain(old)} {_plain(url)} 301\n" for old, url in pairs]
    return "".join(lines).encode()


def _plain(url: str) -> str:
    return url.replace("*", "%2A").replace(":", "%3A")


def _living(path: str) -> Problem:
    found = f"{quoted(_address(path))}, where the site has something now"
    return Problem(SETTING, found, "an address at which nothing is any more")


def _dead_end(old: str, new: str, paths: Iterable[str], *, is_loop: bool) -> Problem:
    known = [_address(path) for path in paths]
    return Problem(
        SETTING,
        found=f"{quoted(_address(old))}, which leads "
        + ("back to itself" if is_loop else f"to {quoted(_address(new))}, where nothing is"),
        expected="an address of the site, or None for what is gone",
        hint="" if is_loop else did_you_mean(_address(new), known[:MOST_COMPARED]),
    )


def _lost_page(file: str, path: str) -> Problem:
    address = _address(path)
    return Problem(
        Place(file),
        found=f"no page at {quoted(address)} any more, which was published",
        expected="every published address to lead somewhere",
        hint=f"write `aliases: [{address}]` into the page that takes its place,"
        f" or if it is gone for good, `{address!r}: None,` into REDIRECTS in pelicanconf.py",
    )


def _lost_feeds(file: str, paths: Sequence[str]) -> Problem:
    """The problem of the feeds of one thing, in all formats."""
    address = f"/{paths[0]}" if len(paths) == 1 else f"/{_stem(paths[0])}.*"
    return Problem(
        Place(file),
        found=f"no feed at {quoted(address)} any more, which readers' programs ask for",
        expected="every published feed and calendar to be there",
        hint=f"write what takes its place into REDIRECTS in pelicanconf.py, `{address!r}: '/…',`,"
        " or None if it is gone for good",
    )


def _stem(path: str) -> str:
    """The path without what names the format: `feeds/tag/tea`."""
    folder, slash, name = path.rpartition("/")
    return folder + slash + name.partition(".")[0]


def _address(path: str) -> str:
    return f"/{without_index(path)}"
