"""Stage 4, plan: one table of every file to write, without clashes or paths that lead out."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec.structs import replace

from ..ledger.redirects import redirect_rows
from ..site.feature import Feature
from ..site.links import MOST_COMPARED, names_address
from ..site.site import CopyRow, Row, Site, file_for, folders_of, without_index
from ..source.problem import Place, Problem, Problems, did_you_mean, quoted, shown_path
from ..source.slug import folded, is_reserved
from .stage import MARK

MOST_BYTES = 200
"""The longest path below the output, in bytes of UTF-8; longer ones fail on some systems."""


def plan_output(site: Site, features: Sequence[Feature], problems: Problems) -> tuple[Row, ...]:
    """Return all rows, sorted by path; report clashes, unusable paths and dead links."""
    rows = [row for feature in features if feature.plan for row in feature.plan(site)]
    rows += [CopyRow(f.path, _place_of(f.file), f.file) for f in site.files]
    for feature in features:
        rows = list(feature.theme(site, rows)) if feature.theme else rows
    rows += redirect_rows(site, rows, features, problems)
    rows.sort(key=lambda row: (row.path, row.origin))
    bad, clashing = faults(tuple(row.path for row in rows))
    if bad or clashing:
        # The excerpt of every place at which an author may have chosen an address.
        lines = {place: line for d in site.documents for place, line in d.places.values()}
        told = [_unusable(rows[number]) for number in bad]
        told += [_clash(rows[one], rows[other], lines) for one, other in clashing]
        problems += [replace(each, excerpt=lines.get(each.place, "")) for each in told]
    problems += _dead_site_links(site, rows, features)
    return tuple(rows)


def _place_of(file: Path) -> Place:
    return Place(shown_path(file))


def _dead_site_links(site: Site, rows: Iterable[Row], features: Sequence[Feature]) -> list[Problem]:
    """Return the dead links that authors wrote as a path of the site or as `{tag}x`."""
    paths = frozenset(row.path for row in rows)
    checked = [feature.own_links for feature in features if feature.own_links]
    return [
        Problem(
            link.place,
            found=f"a link to {quoted(link.target)}, which the site does not have",
            expected="a path of the site, or a relative path to a file",
            hint=did_you_mean(link.target, _beside(link.target, paths)),
            excerpt=link.excerpt,
        )
        for document in site.documents
        for own in [frozenset(link for links in checked for link in links(document))]
        for link in document.body.links
        if names_address(link.target)
        and link.target not in own
        and _file_at(site.links[document.source][link.target], site) not in paths
    ]


def _beside(target: str, paths: Iterable[str]) -> list[str]:
    """Return up to MOST_COMPARED addresses in the target's folder; more would take too long."""
    folder = target[: target.find("/", 1) + 1]
    addresses = (f"/{without_index(path)}" for path in sorted(paths))
    return [address for address in addresses if address.startswith(folder)][:MOST_COMPARED]


def _file_at(address: str, site: Site) -> str:
    return file_for(unquote(urlsplit(address).path).removeprefix(site.settings.base))


@functools.lru_cache(maxsize=1)
def faults(paths: tuple[str, ...]) -> tuple[list[int], list[tuple[int, int]]]:
    """Return the indexes of unusable paths, and the pairs of indexes whose paths clash.

    The answer is cached, since a process that builds again nearly always asks for the same paths.
    """
    return [number for number, path in enumerate(paths) if _reason(path)], list(_clashes(paths))


def _unusable(row: Row) -> Problem:
    return Problem(
        row.origin,
        found=f"the output path {quoted(row.path)}, {_reason(row.path)}",
        expected="a path inside the output that every system can hold",
        hint="give it a shorter or plainer slug",
    )


def _reason(path: str) -> str:
    parts = path.split("/")
    if path.startswith("/") or ".." in parts:
        return "which leads out of the output folder"
    if len(path.encode()) > MOST_BYTES:
        return f"which has {len(path.encode())} bytes, more than {MOST_BYTES}"
    if folded(parts[0]) == MARK:
        return "by which a build knows its own folder"
    if "\\" in path or any(part in {"", "."} for part in parts):
        return "which is not a plain path"
    if any(map(is_reserved, parts)):
        return "whose name some systems keep for a device"
    return ""


def _clashes(paths: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield two indexes of one path, or of a file and a path that needs a folder in its place."""
    taken: dict[str, int] = {}
    for number, path in enumerate(paths):
        other = taken.setdefault(folded(path), number)
        if other != number:
            yield number, other
    for number in taken.values():
        above = (taken.get(folded(folder)) for folder in folders_of(paths[number]))
        yield from ((number, other) for other in above if other is not None)


def _clash(row: Row, other: Row, chosen: Collection[Place]) -> Problem:
    """Return the problem of two rows, placed at the one whose address an author chose."""
    if row.origin not in chosen:
        row, other = other, row
    return Problem(
        row.origin,
        found=f"the output path {quoted(row.path)}, which {other.origin} has too{_as(row, other)}",
        expected="an address of its own for each",
        hint="change the slug, save_as or alias of one of them",
    )


def _as(row: Row, other: Row) -> str:
    """Return the other spelling of the path that the two rows share; empty if it is the same."""
    if row.path == other.path:
        return ""
    one, two = (unicodedata.normalize("NFC", path) for path in (row.path, other.path))
    how = "in characters that only look the same" if one == two else f"as {quoted(other.path)}"
    return f" ({how})"
