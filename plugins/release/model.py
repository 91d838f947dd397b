"""Products with their branches and versions, and the changes between versions."""

from __future__ import annotations

import enum
from datetime import date, timedelta

from msgspec import Struct, field

from ..source.problem import Place

NOTICE = timedelta(days=90)
"""The time before the end of support at which feeds announce it."""


class Type(enum.Enum):
    """The type of a change; the value is its heading in release posts."""

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
    """The severity of a vulnerability, computed from its CVSS vector."""

    vector: str
    """The vector in its normal form, like `CVSS:3.1/AV:N/…`; of version 2 without a prefix."""
    standard: str
    """The name of the standard that OSV uses: `CVSS_V2`, `CVSS_V3` or `CVSS_V4`."""
    score: float
    rating: str
    """`Low`, `Medium`, `High` or `Critical`; `None` for a score of zero."""


class Condition(Struct, frozen=True):
    """A condition under which a change concerns its reader, in words: “you use SSL”."""

    words: str
    check: str = ""
    """A command or query that checks the condition, as text; empty if there is none."""


class Entry(Struct, frozen=True):
    """One change in a release post: a list item below the heading of its type."""

    type: Type
    anchor: str
    """Its id within the post's page."""
    text: str
    html: str
    """The text with inline markup, without links."""
    at: Written
    """The place where the item begins."""
    name: str = ""
    """The name that its author gave it, the same on all branches."""
    cves: tuple[str, ...] = ()
    severity: Severity | None = None
    affects: tuple[Written, ...] | None = None
    """The terms of the versions that it affects; None if the post does not say."""
    unknown: tuple[Written, ...] = ()
    """The terms of the versions that may or may not be affected."""
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
    """True for a removal, and for a text that begins with “Breaking”."""


class Notes(Struct, frozen=True, tag=True):
    """All entries of one release post, in its order."""

    entries: tuple[Entry, ...]


class Branch(Struct, frozen=True):
    """A line of versions that are supported together, like 9.1."""

    name: str
    released: date | None = None
    maintained: date | None = None
    """The last day on which it gets more than security fixes; None if unknown."""
    ends: date | None = None
    """The last day of its support; None if unknown."""
    migration: str = ""
    """The steps to take when coming from an older branch."""


class Version(Struct, frozen=True):
    """A version of a product."""

    name: str
    branch: str
    date: date | None = None
    source: str = ""
    """The path of the post about it, below the content folder; empty without one."""
    withdrawn: str = ""
    """The reason why it was withdrawn; empty for a version that was not."""


class Change(Struct, frozen=True):
    """One change of a product, however many branches and posts mention it.

    Versions are numbers: their positions among all versions of the product, from 0.
    """

    id: str
    """An id, unique among the product's changes; it never changes for a CVE or a named entry."""
    type: Type
    text: str
    html: str
    fixed: tuple[int, ...]
    """The versions that bring it, in order."""
    affects: tuple[tuple[int, int], ...] | None
    """First and last of each range of versions that it affects; None if unknown."""
    unknown: tuple[tuple[int, int], ...] = ()
    """If `affects` is known: ranges of versions that may or may not be affected."""
    source: str = ""
    """The first post about it; empty for a change from the product's file."""
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
        """True if it repairs a vulnerability."""
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
    """Sorted by the first version that brings each, then in the order of its post."""
    ecosystem: str = ""
    """Its ecosystem's name in OSV; empty for none."""
    package: str = ""
    """Its name in that ecosystem."""

    def branch(self, name: str) -> Branch:
        """Return the branch of that name; raise StopIteration if there is none."""
        return next(branch for branch in self.branches if branch.name == name)

    def number(self, version: str) -> int:
        """Return the position of a version among all, from 0; -1 for an unknown version."""
        names = [each.name for each in self.versions]
        return names.index(version) if version in names else -1

    def versions_of(self, branch: str) -> tuple[int, ...]:
        """Return the numbers of a branch's versions, in order."""
        return tuple(n for n, version in enumerate(self.versions) if version.branch == branch)

    def latest(self, branch: str) -> int:
        """Return the number of a branch's last version that was not withdrawn; -1 if none."""
        stand = (n for n in self.versions_of(branch) if not self.versions[n].withdrawn)
        return max(stand, default=-1)


class Releases(Struct, frozen=True):
    """The products of a site."""

    products: tuple[Product, ...] = ()
    """Sorted by name."""
    broken: tuple[str, ...] = ()
    """The slugs of products whose file is missing or broken, which is reported as errors."""

    def product(self, slug: str) -> Product | None:
        """Return the product with that slug; None if there is none."""
        return next((product for product in self.products if product.slug == slug), None)
