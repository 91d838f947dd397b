"""The views that the templates of products get."""

from __future__ import annotations

from msgspec import Struct

from ..site.view import DateView, HeadView, LinkView


class ConditionView(Struct, frozen=True):
    """A condition, and a command or query that checks it."""

    words: str
    check: str


class ChangeView(Struct, frozen=True):
    """A change, as every page of a product shows it."""

    id: str
    url: str
    """Its permanent address, on the page of the first post about it; empty for none."""
    type: str
    html: str
    severity: str
    """The severity, like `High (7.5)`; empty if unknown."""
    vector: str
    fixed: str
    """`Fixed in 9.1.3, 9.0.7`; with “In” instead for a change that is no repair."""
    affects: str
    """The versions that it affects, in words; empty for what is no vulnerability."""
    condition: ConditionView | None
    credit: str
    issues: tuple[LinkView, ...]
    note: str = ""
    """A note like “8.3.15 is not affected”, on the page of an upgrade from that version."""


class GroupView(Struct, frozen=True):
    """Changes of one sort below a heading."""

    id: str
    title: str
    changes: tuple[ChangeView, ...]


class SupportView(Struct, frozen=True):
    """The support of a branch on the day of the build; a script corrects it by the reader's day."""

    state: str
    words: str
    maintained: str
    ends: str
    """ISO dates; empty if unknown."""


class VersionView(Struct, frozen=True):
    """A version in a line of a list."""

    name: str
    url: str
    """The address of the post about it; empty if there is none."""
    date: DateView | None
    withdrawn: str
    is_latest: bool
    security: int
    """The number of vulnerabilities that it repairs."""
    count: int
    """The number of changes that it brings."""
    ways: tuple[LinkView, ...] = ()
    """The upgrades that lead to it."""


class BranchView(Struct, frozen=True):
    """A branch in a line of a list."""

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
    """The supported branches, newest first."""


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
    """The versions with posts, newest first."""
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
    """An upgrade from one version to another. Template: release/upgrade.html."""

    head: HeadView
    product: ProductNavView
    start: VersionView
    end: VersionView
    summary: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    groups: tuple[GroupView, ...]
    between: tuple[LinkView, ...]
    """The versions between, by number: label and post."""
    withdrawn: tuple[VersionView, ...]
    untold: str
    """The versions on the way that have no post."""


class ChoiceView(Struct, frozen=True):
    """A version to choose, with the name of its branch."""

    name: str
    branch: str


class UpgradesPage(Struct, frozen=True):
    """The choice of any two versions. Template: release/upgrades.html."""

    head: HeadView
    product: ProductNavView
    choices: tuple[ChoiceView, ...]
    ways: tuple[WaysView, ...]


class WaysView(Struct, frozen=True):
    """Upgrades that have a page, below a heading."""

    title: str
    links: tuple[LinkView, ...]


class AffectedPage(Struct, frozen=True):
    """The check of a version for vulnerabilities. Template: release/affected.html."""

    head: HeadView
    product: ProductNavView
    choices: tuple[ChoiceView, ...]
    changes: tuple[ChangeView, ...]
    """Every vulnerability, the newest first."""
