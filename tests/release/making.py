"""Products made for tests: versions from a line of text, changes from their versions."""

from __future__ import annotations

from datetime import date

from plugins.release.model import Branch, Change, Condition, Product, Type, Version
from plugins.release.schemes import branch_of

DAY = date(2012, 1, 1)


def product(versions: str, *changes: Change, branches: str = "") -> Product:
    """A product whose versions are given in order, like `1.0 1.1 2.0`, a branch a first number."""
    names = versions.split()
    known = branches.split() or list(dict.fromkeys(name.partition(".")[0] for name in names))
    return Product(
        slug="tea",
        name="Tea",
        summary="",
        home="",
        scheme="pep440",
        branches=tuple(Branch(name, DAY, None, date(2030, 1, 1)) for name in known),
        versions=tuple(Version(name, branch_of(name, known), DAY) for name in names),
        changes=changes,
    )


def change(
    id: str,
    *fixed: int,
    type: Type = Type.FIXED,
    affects: tuple[tuple[int, int], ...] | None = None,
    condition: str = "",
    is_breaking: bool = False,
    before: tuple[str, ...] = (),
) -> Change:
    """A change that these versions bring."""
    return Change(
        id=id,
        type=type,
        text=f"{id}.",
        html=f"{id}.",
        fixed=fixed,
        affects=affects,
        condition=Condition(condition) if condition else None,
        is_breaking=is_breaking,
        before=before,
    )
