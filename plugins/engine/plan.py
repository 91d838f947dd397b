"""Stage 4, plan: one table of every file that will be written, without clashes or escapes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ..core.feature import Feature
from ..core.links import MOST_COMPARED, names_address
from ..core.problem import Place, Problem, did_you_mean, quoted, shown_path
from ..core.site import CopyRow, Row, Site, file_for, folders_of, without_index
from ..core.slug import folded
from ..ledger.redirects import redirect_rows

Lines = Mapping[Place, str]
"""The line of a file by each place at which an author may have chosen an address."""

MOST_BYTES = 200
"""The longest path below the output, in bytes of UTF-8; longer ones fail on some systems."""

# Names that Windows keeps for devices, whatever their ending.
RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))]
)


def plan_output(
    site: Site, features: Sequence[Feature], problems: list[Problem]
) -> tuple[Row, ...]:
    """Every row by its path, each path once; what is wrong with the table is in the problems."""
    rows = [row for feature in features if feature.plan for row in feature.plan(site)]
    rows += [CopyRow(f.path, _place_of(f.file), f.file) for f in site.files]
    for feature in features:
        rows = list(feature.theme(site, rows)) if feature.theme else rows
    rows += redirect_rows(site, rows, problems)
    rows.sort(key=lambda row: (row.path, row.origin))
    lines = {place: line for d in site.documents for place, line in d.places.values()}
    problems += [problem for row in rows if (problem := _unusable(row, lines))]
    problems += _clashes(rows, lines)
    problems += _dead_site_links(site, frozenset(row.path for row in rows))
    return tuple(rows)


def _place_of(file: Path) -> Place:
    return Place(shown_path(file))


def _dead_site_links(site: Site, paths: frozenset[str]) -> list[Problem]:
    """Links that authors wrote as a path of the site or as `{tag}x`, and that lead nowhere."""
    addresses = [f"/{without_index(path)}" for path in sorted(paths)]
    return [
        Problem(
            link.place,
            found=f"a link to {quoted(link.target)}, which the site does not have",
            expected="a path of the site, or a relative path to a file",
            hint=did_you_mean(link.target, _beside(link.target, addresses)),
            excerpt=link.excerpt,
        )
        for document in site.documents
        for link in document.body.links
        if names_address(link.target)
        and _file_at(site.links[document.source][link.target], site) not in paths
    ]


def _beside(target: str, addresses: list[str]) -> list[str]:
    """Some addresses that begin as the target does; to compare all would take long."""
    folder = target[: target.find("/", 1) + 1]
    return [address for address in addresses if address.startswith(folder)][:MOST_COMPARED]


def _file_at(address: str, site: Site) -> str:
    return file_for(unquote(urlsplit(address).path).removeprefix(site.settings.base))


def _unusable(row: Row, lines: Lines) -> Problem | None:
    if reason := _reason(row.path):
        return Problem(
            row.origin,
            found=f"the output path {quoted(row.path)}, {reason}",
            expected="a path inside the output that every system can hold",
            hint="give it a shorter or plainer slug",
            excerpt=lines.get(row.origin, ""),
        )
    return None


def _reason(path: str) -> str:
    parts = path.split("/")
    if path.startswith("/") or ".." in parts:
        return "which leads out of the output folder"
    if len(path.encode()) > MOST_BYTES:
        return f"which has {len(path.encode())} bytes, more than {MOST_BYTES}"
    if "\\" in path or any(part in {"", "."} for part in parts):
        return "which is not a plain path"
    if any(part.partition(".")[0].lower() in RESERVED for part in parts):
        return "whose name some systems keep for a device"
    return ""


def _clashes(rows: Iterable[Row], lines: Lines) -> list[Problem]:
    """Two rows at one path, or one at a path where another needs a folder."""
    taken: dict[str, Row] = {}
    problems = []
    for row in rows:
        other = taken.setdefault(folded(row.path), row)
        if other is not row:
            problems.append(_clash(row, other, lines))
    for row in taken.values():
        above = (taken.get(folded(folder)) for folder in folders_of(row.path))
        problems += [_clash(row, other, lines) for other in above if other]
    return problems


def _clash(row: Row, other: Row, lines: Lines) -> Problem:
    """The problem of two rows, told at the one whose address an author chose in a line."""
    if row.origin not in lines:
        row, other = other, row
    return Problem(
        row.origin,
        found=f"the output path {quoted(row.path)}, which {other.origin} has too{_as(row, other)}",
        expected="an address of its own for each",
        hint="change the slug, save_as or alias of one of them",
        excerpt=lines.get(row.origin, ""),
    )


def _as(row: Row, other: Row) -> str:
    """How the other writes the path that they share."""
    if row.path == other.path:
        return ""
    one, two = (unicodedata.normalize("NFC", path) for path in (row.path, other.path))
    how = "in characters that only look the same" if one == two else f"as {quoted(other.path)}"
    return f" ({how})"
