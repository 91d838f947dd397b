"""Published addresses that would lead nowhere, and how the author can answer for them.

A document that is lost gets a problem of its own, since somebody has removed a text. All other
pages, feeds and calendars, which come and go with their contents, share one problem. It suggests
lines for `REDIRECTS`: one for each thing, or one for a whole folder with many of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence

from ..site.site import Row, Site
from ..source.problem import Place, Problem, Source, printable, quoted
from .records import given_up, moves, withheld_folders
from .redirects import Taken, address_at, lost_paths

SHOWN = 3
"""The number of addresses that a problem names; it counts the others."""

FEW = 3
"""The most things of one folder that get a line each."""


def vanished(
    site: Site, rows: Sequence[Row], *, shown: Callable[[str], str], ledger: Callable[[], Source]
) -> Iterator[Problem]:
    """Report each published address that would lead nowhere and that nobody has given up.

    `shown` returns the name of a content file in problems; `ledger` reads the text of the ledger's
    file.
    """
    taken, gone = Taken(rows), given_up(site.settings, site.ledger)
    withheld = withheld_folders(site)
    for source, record in sorted(site.ledger.documents.items()):
        is_withheld = source in site.marks and source not in site.paths
        for address in () if is_withheld else record.addresses:
            is_below = bool(withheld) and address.startswith(withheld)
            if address not in taken and address not in gone and not is_below:
                yield _lost_page(shown(source), address)
    told = moves(site.settings, site.ledger)
    others = {**site.ledger.pages, **site.ledger.feeds}
    lost = [
        path
        for path in lost_paths(site, taken, told)
        if path in others and not (withheld and path.startswith(withheld))
    ]
    if lost:
        yield _lost(ledger(), sorted(lost), frozenset(row.path for row in rows))


def _lost_page(file: str, path: str) -> Problem:
    address = address_at(path)
    return Problem(
        Place(file),
        found=f"no page at {_whole(address)} any more, which was published",
        expected="every published address to lead somewhere",
        hint=f"write `aliases: [{address}]` into the page that takes its place,"
        f" or if it is gone for good, `{address!r}: None,` into REDIRECTS in pelicanconf.py",
    )


def _lost(ledger: Source, lost: Sequence[str], living: Collection[str]) -> Problem:
    """Return the problem of these paths, at the line of the first."""
    named = ", ".join(_whole(address_at(path)) for path in lost[:SHOWN])
    more = f" and {len(lost) - SHOWN} more" if len(lost) > SHOWN else ""
    answers = "".join(f"\n        {old!r}: {new!r}," for old, new in _answers(lost, living))
    return ledger.problem(
        *_place(ledger, lost[0]),
        found=f"nothing any more at {named}{more}, published before",
        expected="every published address to lead somewhere",
        hint="say in REDIRECTS in pelicanconf.py where each is now, or None of what is gone for"
        f" good:{answers}",
    )


def _place(ledger: Source, path: str) -> tuple[int, int]:
    starts = (f'"page {path}":', f'"feed {path}":')
    lines = (number for number, line in enumerate(ledger.lines, 1) if line.startswith(starts))
    return next(lines, 1), 1


def _whole(address: str) -> str:
    """Return the whole address in quotes: it is there to be copied."""
    return quoted(address, limit=len(printable(address)))


def _answers(lost: Sequence[str], living: Collection[str]) -> Iterator[tuple[str, str | None]]:
    """Yield lines of `REDIRECTS` for these paths; `…` is for the author to fill in."""
    things: dict[str, list[str]] = defaultdict(list)
    pages = {path for path in lost if path.endswith("/index.html")}
    for path in lost:
        things[_thing(path, pages)].append(path)
    folders: dict[str, list[str]] = defaultdict(list)
    for thing in things:
        folders[thing.rstrip("/").rpartition("/")[0] + "/"].append(thing)
    many = {folder for folder, group in folders.items() if len(group) > FEW and folder != "/"}
    for folder, group in sorted(folders.items()):
        if any(folder != other and folder.startswith(other) for other in many):
            continue
        if folder in many:
            has_page = any(path.endswith(".html") for thing in group for path in things[thing])
            yield f"/{folder}*", _page_above(folder, living) if has_page else None
        else:
            yield from (_answer(thing, things[thing], living) for thing in group)


def _thing(path: str, pages: Collection[str]) -> str:
    """Return the thing that a path belongs to.

    It is the folder of a lost page (`tags/tea/`), or a file without its format's ending
    (`feeds/tea`).
    """
    folder, slash, name = path.rpartition("/")
    is_beside = f"{folder}/index.html" in pages
    return folder + slash if is_beside else folder + slash + name.partition(".")[0]


def _answer(thing: str, paths: Sequence[str], living: Collection[str]) -> tuple[str, str | None]:
    if len(paths) == 1:
        to = _page_above(thing, living) if paths[0].endswith(".html") else "/…"
        return address_at(paths[0]), to
    if thing.endswith("/"):
        return f"/{thing}*", _page_above(thing, living)
    return f"/{thing}.*", "/….*"


def _page_above(thing: str, living: Collection[str]) -> str:
    """Return the address of the nearest living page above."""
    folder = thing.rstrip("/")
    while folder and f"{folder}/index.html" not in living:
        folder = folder.rpartition("/")[0]
    return f"/{folder}/" if folder else "/"
