"""All versions of a product in one order, from its file and its posts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from ..blog.kinds import ReleaseFrontMatter
from ..markdown.document import Document
from ..source.marked import Marked
from ..source.problem import Place, Problem, Problems, Source, quoted
from .model import Version, Written
from .product_file import ProductFile
from .schemes import SCHEMES, branch_of, parse_version


class Listed(Struct, frozen=True):
    """A version as a file or post lists it."""

    version: Version
    key: Any
    """The value that orders it among others."""
    at: Written


def listed_in_file(
    file: ProductFile,
    places: Mapping[tuple[str, ...], Marked],
    source: Source,
    problems: Problems,
) -> list[Listed]:
    """Return the versions that a product's file lists itself; report those that are none."""
    found = []
    for branch, facts in file.branches.items():
        for name, version in facts.versions.items():
            at = _at(source, places[branch, name])
            own = Version(name, branch, version.date, "", version.withdrawn)
            if _is_of(branch, name, file, at, problems):
                found.append(Listed(own, parse_version(file.scheme, name), at))
    return found


def listed_in_posts(
    file: ProductFile, posts: Iterable[Document], problems: Problems
) -> Iterator[Listed]:
    """Yield the versions that posts are about; report those that are none."""
    branches = list(file.branches)
    for post in posts:
        head = post.front_matter
        assert isinstance(head, ReleaseFrontMatter)
        for name in head.versions:
            at = in_head(post, "versions", name)
            branch = branch_of(name, branches)
            if _is_of(branch, name, file, at, problems):
                withdrawn = head.withdrawn.get(name) or head.withdrawn.get("all", "")
                day = head.date.date()
                version = Version(name, branch, day, post.source, withdrawn)
                yield Listed(version, parse_version(file.scheme, name), at)


def in_head(post: Document, key: str, text: str) -> Written:
    """Return a text in the value of a front matter key, with its place."""
    place, excerpt = post.places.get(key, (Place(post.path), ""))
    at = excerpt.find(text, max(place.column - 1, 0))
    return Written(
        text, Place(place.path, place.line, at + 1 if at >= 0 else place.column), excerpt
    )


def problem_at(at: Written, *, found: str, expected: str, hint: str = "") -> Problem:
    """Return a problem with a written value."""
    return Problem(at.place, found, expected, hint, at.excerpt)


def versions_in_order(listed: Iterable[Listed], problems: Problems) -> tuple[Version, ...]:
    """Return the versions, oldest first, each once; report versions that are listed twice."""
    by_name: dict[str, Listed] = {}
    for one in listed:
        first = by_name.setdefault(one.version.name, one)
        if first is not one:
            where = Place(first.at.place.path, first.at.place.line)
            problems.append(
                problem_at(
                    one.at,
                    found=f"the version {quoted(one.version.name)} again",
                    expected=f"each version once; it stands in {where} already",
                )
            )
    in_order = sorted(by_name.values(), key=lambda one: one.key)
    return tuple(one.version for one in in_order)


def _at(source: Source, node: Marked) -> Written:
    line, column = node.key_line or node.line, node.key_column or node.column
    return Written("", source.place(line, column), source.lines[line - source.first_line])


def _is_of(branch: str, name: str, file: ProductFile, at: Written, problems: Problems) -> bool:
    """Return True if a text is a version of this branch; report it if not."""
    if parse_version(file.scheme, name) is None:
        problems.append(_no_version(name, file, at))
        return False
    own = branch_of(name, list(file.branches))
    if own != branch:
        problems.append(
            problem_at(
                at,
                found=f"the version {quoted(name)} below the branch {quoted(branch)}",
                expected=f"a version that begins with {branch}",
                hint=f"it belongs below {quoted(own)}" if own else "",
            )
        )
    elif not own:
        problems.append(
            problem_at(
                at,
                found=f"the version {quoted(name)}, which begins with no branch of {file.name}",
                expected=f"a version of one of its branches: {', '.join(file.branches)}",
                hint=f"a new branch is a line in the file of {file.name}",
            )
        )
    return bool(own) and own == branch


def _no_version(name: str, file: ProductFile, at: Written) -> Problem:
    fitting = [scheme for scheme in SCHEMES if parse_version(scheme, name) is not None]
    return problem_at(
        at,
        found=f"{quoted(name)}, which is no version",
        expected=f"a version as the scheme {file.scheme} has it",
        hint=f"the scheme {fitting[0]} would read it" if fitting else "",
    )
