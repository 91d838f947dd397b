"""What the templates of products see."""

from __future__ import annotations

from msgspec import Struct

from ..site.view import DateView, HeadView, LinkView


class ConditionView(Struct, frozen=True):
    """A condition, and how to find out whether it holds."""

    words: str
    check: str


class ChangeView(Struct, frozen=True):
    """A change, as every page of a product shows it."""

    id: str
    url: str
    """Its permanent address, on the page of the post that told of it first; empty for none."""
    type: str
    html: str
    severity: str
    """Like `High (7.5)`; empty when it is not known."""
    vector: str
    fixed: str
    """`Fixed in 9.1.3, 9.0.7`, or “In” for what is no repair."""
    affects: str
    """The versions that it affects, in words; empty for what is no vulnerability."""
    condition: ConditionView | None
    credit: str
    issues: tuple[LinkView, ...]
    note: str = ""
    """Like “8.3.15 is not affected”, on the way from that version."""


class GroupView(Struct, frozen=True):
    """Changes of one sort below a heading."""

    id: str
    title: str
    changes: tuple[ChangeView, ...]


class SupportView(Struct, frozen=True):
    """How far a branch is supported on the day of the build, and what corrects that later."""

    state: str
    words: str
    maintained: str
    ends: str
    """ISO days; empty when they are not known."""


class VersionView(Struct, frozen=True):
    """A version in a line."""

    name: str
    url: str
    """Of the post that tells of it; empty when none does."""
    date: DateView | None
    withdrawn: str
    is_latest: bool
    security: int
    """How many vulnerabilities it repairs."""
    count: int
    """How many changes it brings."""
    ways: tuple[LinkView, ...] = ()
    """The ways that lead to it."""


class BranchView(Struct, frozen=True):
    """A branch in a line."""

    name: str
    url: str
    released: DateView | None
    latest: VersionView | None
    support: SupportView


class ProductCardView(Struct, frozen=True):
    """A product on a list."""

    name: str
    url: str
    summary: str
    branches: tuple[BranchView, ...]
    """Those that are supported, newest first."""


class ProductNavView(Struct, frozen=True):
    """The product that a page belongs to, and its other pages."""

    name: str
    url: str
    data: str
    """The address of its JSON."""
    links: tuple[LinkView, ...]


class ProductsPage(Struct, frozen=True):
    """All products. Template: release/products.html."""

    head: HeadView
    products: tuple[ProductCardView, ...]


class ProductPage(Struct, frozen=True):
    """A product. Template: release/product.html."""

    head: HeadView
    product: ProductNavView
    summary: str
    home: str
    branches: tuple[BranchView, ...]
    """Newest first."""
    timeline_html: str
    releases: tuple[VersionView, ...]
    """The versions that posts tell of, newest first."""
    files: tuple[LinkView, ...]


class BranchPage(Struct, frozen=True):
    """A branch. Template: release/branch.html."""

    head: HeadView
    product: ProductNavView
    branch: BranchView
    migration: str
    versions: tuple[VersionView, ...]
    """Newest first."""


class UpgradePage(Struct, frozen=True):
    """The way from one version to another. Template: release/upgrade.html."""

    head: HeadView
    product: ProductNavView
    start: VersionView
    end: VersionView
    summary: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    groups: tuple[GroupView, ...]
    between: tuple[LinkView, ...]
    """The versions that are passed over, by branch: label and post."""
    withdrawn: tuple[VersionView, ...]
    untold: str
    """The versions on the way of which no post tells."""


class ChoiceView(Struct, frozen=True):
    """A version to choose, with the name of its branch."""

    name: str
    branch: str


class UpgradesPage(Struct, frozen=True):
    """From any version to any other. Template: release/upgrades.html."""

    head: HeadView
    product: ProductNavView
    choices: tuple[ChoiceView, ...]
    ways: tuple[WaysView, ...]


class WaysView(Struct, frozen=True):
    """Ways that have a page, below a heading."""

    title: str
    links: tuple[LinkView, ...]


class AffectedPage(Struct, frozen=True):
    """Whether one is affected. Template: release/affected.html."""

    head: HeadView
    product: ProductNavView
    choices: tuple[ChoiceView, ...]
    changes: tuple[ChangeView, ...]
    """Every vulnerability, the newest first."""
