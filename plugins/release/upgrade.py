"""From one version to another: what is new there, what is to be done, what lies between.

A change is part of the way from A to B when a version after A and up to B brings it, and A has not
got it already through its own branch: who comes from 17.11 to 18.6 has what 17.11 brought, although
18.3 brings it too.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from .model import Change, Product, Type, Version


class Upgrade(Struct, frozen=True):
    """The way from one version to a later one."""

    product: Product
    start: int
    end: int
    changes: tuple[Change, ...]
    """Each once, in the product's order."""
    between: tuple[int, ...]
    """The versions that are passed over, on any branch, in order."""

    @property
    def security(self) -> tuple[Change, ...]:
        """The vulnerabilities that are repaired."""
        return tuple(change for change in self.changes if change.is_security)

    @property
    def breaking(self) -> tuple[Change, ...]:
        """What may break what depends on the product."""
        return self._rest(is_breaking=True)

    @property
    def migration(self) -> tuple[Change, ...]:
        """What the way itself asks for."""
        return tuple(change for change in self.changes if change.type is Type.MIGRATION)

    @property
    def others(self) -> tuple[Change, ...]:
        """All that is in no other group."""
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
"""By version, the changes that it brings."""


def brought(product: Product) -> Brought:
    """The changes that each version brings, in the product's order."""
    lists: list[list[Change]] = [[] for _ in product.versions]
    for change in product.changes:
        for number in change.fixed:
            lists[number].append(change)
    return tuple(map(tuple, lists))


def upgrade(product: Product, start: int, end: int, told: Brought | None = None) -> Upgrade:
    """The way from one version to a later one, by their numbers."""
    passed = (told or brought(product))[start + 1 : end + 1]
    new = {c.id for changes in passed for c in changes if not has(c, start, product.versions)}
    changes = tuple(change for change in product.changes if change.id in new) if new else ()
    return Upgrade(product, start, end, changes, tuple(range(start + 1, end)))


def has(change: Change, number: int, versions: tuple[Version, ...]) -> bool:
    """Whether a version has a change through its own branch."""
    branch = versions[number].branch
    return any(n <= number and versions[n].branch == branch for n in change.fixed)


def pairs(product: Product, today: str) -> Iterator[tuple[int, int]]:
    """The ways that have a page: between neighbours of a branch, and to its latest version.

    The first version of each supported branch leads to its latest.
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
    """The ways from each branch's latest version to that of the newest branch."""
    latest = [product.latest(branch.name) for branch in product.branches]
    known = [number for number in latest if number >= 0]
    for number in known[:-1]:
        yield number, known[-1]
