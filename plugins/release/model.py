"""Products with their branches and versions, and the changes between versions."""

from __future__ import annotations

import enum
from datetime import date, timedelta

from msgspec import Struct, field

from ..source.problem import Place

NOTICE = timedelta(days=90)
"""How long before the end of support feeds announce it."""


class Type(enum.Enum):
    """The type of a change; the value is the heading that it stands below."""

    SECURITY = "Security"
    MIGRATION = "Migration"
    REMOVED = "Removed"
    CHANGED = "Changed"
    DEPRECATED = "Deprecated"
    ADDED = "Added"
    FIXED = "Fixed"


BREAKING = frozenset({Type.REMOVED, Type.CHANGED})
"""The types of change that may break what depends on the product, in a new branch."""


class Written(Struct, frozen=True):
    """A value as its author wrote it, with its place, for problems that are found later."""

    text: str
    place: Place = field(default_factory=lambda: Place(""))
    excerpt: str = ""


class Severity(Struct, frozen=True):
    """How severe a vulnerability is, computed from its CVSS vector."""

    vector: str
    """In its normal form, like `CVSS:3.1/AV:N/…`; of version 2 without a prefix."""
    standard: str
    """The name of the standard that OSV uses: `CVSS_V2`, `CVSS_V3` or `CVSS_V4`."""
    score: float
    rating: str
    """`Low`, `Medium`, `High` or `Critical`; `None` for a score of zero."""


class Condition(Struct, frozen=True):
    """A condition under which a change concerns its reader, in words: “you use SSL”."""

    words: str
    check: str = ""
    """A command or query that finds out, as text; empty when there is none."""


class Entry(Struct, frozen=True):
    """One change as a release post tells it: a list item below the heading of its type."""

    type: Type
    anchor: str
    """Its id within the post's page."""
    text: str
    html: str
    """The same with inline markup, without links."""
    at: Written
    """Where the item begins."""
    name: str = ""
    """The name that its author gave it, the same on all branches."""
    cves: tuple[str, ...] = ()
    severity: Severity | None = None
    affects: tuple[Written, ...] | None = None
    """The terms of the versions that it affects; None when the post does not say."""
    unknown: tuple[Written, ...] = ()
    """The terms of the versions of which nobody has said whether they are affected."""
    fixed_in: tuple[Written, ...] = ()
    """The versions that bring it; empty for all versions of the post."""
    condition: Condition | None = None
    before: tuple[str, ...] = ()
    """Actions before the restart."""
    after: tuple[str, ...] = ()
    """Actions after the upgrade."""
    credit: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    """Addresses of issues and discussions."""
    is_breaking: bool = False
    """Whether its text begins with “Breaking”."""


class Notes(Struct, frozen=True, tag=True):
    """All entries of one release post, in its order."""

    entries: tuple[Entry, ...]


class Branch(Struct, frozen=True):
    """A line of versions that is supported as one, like 9.1."""

    name: str
    released: date | None = None
    maintained: date | None = None
    """Until when it gets more than security fixes; None when that is not known."""
    ends: date | None = None
    """The last day of its support; None when that is not known."""
    migration: str = ""
    """What to do when coming from an older branch."""


class Version(Struct, frozen=True):
    """A version of a product."""

    name: str
    branch: str
    date: date | None = None
    source: str = ""
    """The path of the post that tells of it, below the content folder; empty without one."""
    withdrawn: str = ""
    """Why it was withdrawn; empty for a version that stands."""


class Change(Struct, frozen=True):
    """One change of a product, whatever number of branches and posts it is told in.

    Versions are numbers: their places among all versions of the product, from 0.
    """

    id: str
    """Distinct among the product's changes; it never changes for a CVE or a named entry."""
    type: Type
    text: str
    html: str
    fixed: tuple[int, ...]
    """The versions that bring it, in order."""
    affects: tuple[tuple[int, int], ...] | None
    """First and last of each range of versions that it affects; None when that is not known."""
    unknown: tuple[tuple[int, int], ...] = ()
    """Where `affects` is known: versions of which nobody has said whether they are affected."""
    source: str = ""
    """The post that told of it first; empty for what the product's file says."""
    anchor: str = ""
    """Its id on that post's page."""
    cves: tuple[str, ...] = ()
    severity: Severity | None = None
    condition: Condition | None = None
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    credit: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    is_breaking: bool = False

    @property
    def is_security(self) -> bool:
        """Whether it repairs a vulnerability."""
        return self.type is Type.SECURITY


class Product(Struct, frozen=True):
    """A product with all that is known of its versions."""

    slug: str
    name: str
    summary: str
    home: str
    scheme: str
    """The name of the scheme that orders its versions."""
    branches: tuple[Branch, ...]
    """Oldest first."""
    versions: tuple[Version, ...]
    """In order, oldest first."""
    changes: tuple[Change, ...]
    """By the first version that brings each, then in the order of its post."""
    ecosystem: str = ""
    """Its ecosystem's name in OSV; empty for none."""
    package: str = ""
    """Its name in that ecosystem."""

    def branch(self, name: str) -> Branch:
        """The branch of that name."""
        return next(branch for branch in self.branches if branch.name == name)

    def number(self, version: str) -> int:
        """The place of a version among all, from 0; -1 for one that is not known."""
        names = [each.name for each in self.versions]
        return names.index(version) if version in names else -1

    def versions_of(self, branch: str) -> tuple[int, ...]:
        """The numbers of a branch's versions, in order."""
        return tuple(n for n, version in enumerate(self.versions) if version.branch == branch)

    def latest(self, branch: str) -> int:
        """The number of a branch's last version that stands; -1 when it has none."""
        stand = (n for n in self.versions_of(branch) if not self.versions[n].withdrawn)
        return max(stand, default=-1)


class Releases(Struct, frozen=True):
    """The products of a site."""

    products: tuple[Product, ...] = ()
    """By name."""
    broken: tuple[str, ...] = ()
    """The slugs of products whose file is missing or broken; there are errors of them."""

    def product(self, slug: str) -> Product | None:
        """The product with that slug, if there is one."""
        return next((product for product in self.products if product.slug == slug), None)
