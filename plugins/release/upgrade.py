"""The upgrade from one version to another: changes, actions, and versions between.

A change is part of the upgrade from A to B if a version after A and up to B brings it, and A does
not have it already through its own branch. Whoever comes from 17.11 to 18.6 has the changes of
17.11, although 18.3 brings them too.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from .model import Change, Product, Type, Version


class Upgrade(Struct, frozen=True):
    """The upgrade from one version to a later one."""

    product: Product
    start: int
    end: int
    changes: tuple[Change, ...]
    """Each change once, in the product's order."""
    between: tuple[int, ...]
    """The versions between, on any branch, in order."""

    @property
    def security(self) -> tuple[Change, ...]:
        """The vulnerabilities that are repaired."""
        return tuple(change for change in self.changes if change.is_security)

    @property
    def breaking(self) -> tuple[Change, ...]:
        """The changes that may break what depends on the product."""
        return self._rest(is_breaking=True)

    @property
    def migration(self) -> tuple[Change, ...]:
        """The steps of the migration itself."""
        return tuple(change for change in self.changes if change.type is Type.MIGRATION)

    @property
    def others(self) -> tuple[Change, ...]:
        """The changes of no other group."""
        return self._rest(is_breaking=False)

    @property
    def before(self) -> tuple[str, ...]:
        """The actions before the restart, each once, in order."""
        return tuple(dict.fromkeys(action for c in self.changes for action in c.before))

    @property
    def after(self) -> tuple[str, ...]:
        """The actions after the upgrade, each once, in order."""
        return tuple(dict.fromkeys(action for c in self.changes for action in c.after))

    def _rest(self, *, is_breaking: bool) -> tuple[Change, ...]:
        apart = {Type.SECURITY, Type.MIGRATION}
        rest = (change for change in self.changes if change.type not in apart)
        return tuple(change for change in rest if change.is_breaking is is_breaking)


Brought = tuple[tuple[Change, ...], ...]
"""The changes that each version brings, by version number."""


def brought(product: Product) -> Brought:
    """Return the changes that each version brings, in the product's order."""
    lists: list[list[Change]] = [[] for _ in product.versions]
    for change in product.changes:
        for number in change.fixed:
            lists[number].append(change)
    return tuple(map(tuple, lists))


def upgrade(product: Product, start: int, end: int, told: Brought | None = None) -> Upgrade:
    """Return the upgrade from one version to a later one, by their numbers."""
    passed = (told or brought(product))[start + 1 : end + 1]
    new = {c.id for changes in passed for c in changes if not has(c, start, product.versions)}
    changes = tuple(change for change in product.changes if change.id in new) if new else ()
    return Upgrade(product, start, end, changes, tuple(range(start + 1, end)))


def has(change: Change, number: int, versions: tuple[Version, ...]) -> bool:
    """Return True if a version has a change through its own branch."""
    branch = versions[number].branch
    return any(n <= number and versions[n].branch == branch for n in change.fixed)


def pairs(product: Product, today: str) -> Iterator[tuple[int, int]]:
    """Yield the upgrades that have a page, as pairs of version numbers.

    They are those between neighbours of a branch, and that from the first version of each supported
    branch to its latest.
    """
    for branch in product.branches:
        numbers = product.versions_of(branch.name)
        ways = list(pairwise(numbers))
        latest = product.latest(branch.name)
        is_supported = branch.ends is None or branch.ends.isoformat() >= today
        if is_supported and numbers and numbers[0] < latest:
            ways.append((numbers[0], latest))
        yield from dict.fromkeys(ways)


def across(product: Product) -> Iterator[tuple[int, int]]:
    """Yield the upgrades from each branch's latest version to that of the newest branch."""
    latest = [product.latest(branch.name) for branch in product.branches]
    known = [number for number in latest if number >= 0]
    for number in known[:-1]:
        yield number, known[-1]
