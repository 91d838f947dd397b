"""A product as our own JSON, for the pages' scripts and other programs.

`product.schema.json` describes it. Empty fields are left out. The schema shows the docstrings of
these classes.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.json import encode, schema

from ..site.site import Site
from . import paths
from .model import Change, Condition, Product, Severity, Version


class ConditionData(Struct, frozen=True, omit_defaults=True):
    """A condition under which a change concerns its reader."""

    words: str
    check: str = ""
    """A command or query that checks the condition."""


class SeverityData(Struct, frozen=True):
    """The severity of a vulnerability."""

    vector: str
    score: float
    rating: str


class ChangeData(Struct, frozen=True, omit_defaults=True):
    """One change, whatever number of branches have it."""

    id: str
    type: str
    """`Security`, `Migration`, `Removed`, `Changed`, `Deprecated`, `Added` or `Fixed`."""
    html: str
    """The text with inline markup and no links."""
    fixed: tuple[str, ...]
    """The versions that bring it, in order."""
    anchor: str = ""
    """The part after `#` of its address, which begins with `notes` of `told`; `id` where absent."""
    told: str = ""
    """The first version whose notes mention it; the first of `fixed` where absent."""
    affects: tuple[tuple[str, str], ...] | None = None
    """First and last version of each range that it affects; absent if unknown."""
    unknown: tuple[tuple[str, str], ...] = ()
    """Ranges of versions that may or may not be affected."""
    breaking: bool = False
    cves: tuple[str, ...] = ()
    severity: SeverityData | None = None
    condition: ConditionData | None = None
    before: tuple[str, ...] = ()
    """Actions before the restart."""
    after: tuple[str, ...] = ()
    """Actions after the upgrade."""
    credit: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()


class VersionData(Struct, frozen=True, omit_defaults=True):
    """A version."""

    name: str
    branch: str
    date: str = ""
    notes: str = ""
    """The address of the post about it."""
    withdrawn: str = ""
    """The reason why it was withdrawn."""


class BranchData(Struct, frozen=True, omit_defaults=True):
    """A branch, with the days of its support."""

    name: str
    released: str = ""
    maintained: str = ""
    ends: str = ""
    """The last day of its support; absent if unknown."""
    latest: str = ""


class ProductData(Struct, frozen=True, omit_defaults=True):
    """A product with its versions, oldest first, and its changes."""

    name: str
    url: str
    branches: tuple[BranchData, ...]
    versions: tuple[VersionData, ...]
    changes: tuple[ChangeData, ...]
    scheme: str = ""
    """The scheme that orders its versions."""


def product_data(site: Site, product: Product) -> ProductData:
    """Return a product as it is written."""
    names = [version.name for version in product.versions]
    told = {version.source: version.name for version in reversed(product.versions)}
    return ProductData(
        name=product.name,
        url=site.absolute(paths.product(product.slug)),
        branches=tuple(
            BranchData(
                branch.name,
                str(branch.released or ""),
                str(branch.maintained or ""),
                str(branch.ends or ""),
                names[latest] if (latest := product.latest(branch.name)) >= 0 else "",
            )
            for branch in product.branches
        ),
        versions=tuple(_version(site, version) for version in product.versions),
        changes=tuple(_change(change, names, told) for change in product.changes),
        scheme=product.scheme,
    )


def write_product(data: ProductData) -> bytes:
    """Return the product as JSON."""
    return encode(data)


def write_schema() -> bytes:
    """Return the JSON Schema of a product."""
    described = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema(ProductData)}
    return encode(described)


def _version(site: Site, version: Version) -> VersionData:
    notes = site.url(site.paths[version.source]) if version.source else ""
    return VersionData(
        version.name, version.branch, str(version.date or ""), notes, version.withdrawn
    )


def _change(change: Change, names: list[str], told: Mapping[str, str]) -> ChangeData:
    """Return the change; `told` has the first version of each post."""
    ranges, first = change.affects, told.get(change.source, "") if change.source else ""
    return ChangeData(
        id=change.id,
        type=change.type.value,
        html=change.html,
        fixed=tuple(names[number] for number in change.fixed),
        anchor="" if change.anchor == change.id else change.anchor,
        told="" if first == names[change.fixed[0]] else first,
        affects=None if ranges is None else tuple((names[a], names[b]) for a, b in ranges),
        unknown=tuple((names[a], names[b]) for a, b in change.unknown),
        breaking=change.is_breaking,
        cves=change.cves,
        severity=_severity(change.severity),
        condition=_condition(change.condition),
        before=change.before,
        after=change.after,
        credit=change.credit,
        issues=change.issues,
    )


def _severity(severity: Severity | None) -> SeverityData | None:
    return SeverityData(severity.vector, severity.score, severity.rating) if severity else None


def _condition(condition: Condition | None) -> ConditionData | None:
    return ConditionData(condition.words, condition.check) if condition else None
