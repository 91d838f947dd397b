"""The reader of a product's file, `content/products/<slug>.yaml`.

name: PostgreSQL
scheme: pep440                      ; the order of its versions; a key of schemes.SCHEMES
branches:
  "9.1":
    released: 2011-09-12
    ends: 2016-10-27                ; the last day of support
    migration: Dump and restore, or pg_upgrade.
    versions:                       ; those without a post
      "9.1.0": 2011-09-12
      "9.1.2": {date: 2011-12-05, withdrawn: Lost data at a restart.}
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from zoneinfo import ZoneInfo

from msgspec import Meta, field

from ..source.front_matter import validated
from ..source.marked import Marked, parse_yaml
from ..source.problem import Problems, Source, one_of
from ..source.rules import Before, fault
from ..source.schema import Day, Strict, Text, WebAddress
from .schemes import SCHEMES


def _scheme(value: object) -> object:
    if value not in SCHEMES:
        raise fault(one_of(SCHEMES))
    return value


def _version(value: object) -> object:
    return {"date": value} if isinstance(value, str) else value or {}


class VersionFacts(Strict, frozen=True, kw_only=True):
    """The entry of a version without a post."""

    date: Day | None = None
    withdrawn: str = ""


class BranchFacts(Strict, frozen=True, kw_only=True):
    """The entry of a branch."""

    released: Day | None = None
    maintained: Day | None = None
    """The last day on which it gets more than security fixes."""
    ends: Day | None = None
    """The last day of its support."""
    migration: str = ""
    versions: Mapping[str, Annotated[VersionFacts, Before(_version)]] = field(default_factory=dict)


class ProductFile(Strict, frozen=True, kw_only=True):
    """The content of a product's file."""

    name: Text
    summary: str = ""
    home: WebAddress | None = None
    scheme: Annotated[str, Before(_scheme)] = "semver"
    ecosystem: str = ""
    """Its ecosystem as OSV names it, like PyPI, if it has one."""
    package: str = ""
    """Its name there."""
    branches: Annotated[Mapping[str, BranchFacts], Meta(min_length=1)]


def read_product(
    source: Source, zone: ZoneInfo, problems: Problems
) -> tuple[ProductFile, Mapping[tuple[str, ...], Marked]] | None:
    """Return the file's values, and the place of each branch and version; None with problems."""
    marked = parse_yaml(source, problems)
    if marked is None or not isinstance(marked.value, dict):
        expected = "a product's name and branches"
        problems.append(source.problem(1, 1, found="no product", expected=expected))
        return None
    file = validated(source, marked, ProductFile, zone, problems)
    return (file, _places(file, marked)) if file else None


def _places(file: ProductFile, marked: Marked) -> dict[tuple[str, ...], Marked]:
    places: dict[tuple[str, ...], Marked] = {}
    for name, branch in file.branches.items():
        places[(name,)] = marked.at(("branches", name))
        for version in branch.versions:
            places[name, version] = marked.at(("branches", name, "versions", version))
    return places
