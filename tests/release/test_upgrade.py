"""From A to B: what a plain scan of a product's history finds, and no change twice."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from plugins.release.model import Change, Product, Type
from plugins.release.upgrade import upgrade
from tests.release.making import change, product


@st.composite
def histories(draw: st.DrawFn) -> Product:
    """Up to four branches of up to five versions each, and changes on any of them."""
    branches = draw(st.lists(st.integers(1, 5), min_size=1, max_size=4))
    names = [f"{b}.{n}" for b, count in enumerate(branches, 1) for n in range(count)]
    fixed = st.lists(st.integers(0, len(names) - 1), min_size=1, max_size=5, unique=True)
    told = draw(st.lists(fixed, max_size=8))
    changes = [change(f"c{n}", *sorted(numbers)) for n, numbers in enumerate(told)]
    return product(" ".join(names), *changes)


def scanned(history: Product, start: int, end: int) -> Iterator[Change]:
    """The changes by walking through releases: those of the start's own branch are known to it."""
    own = history.versions[start].branch
    known = {
        each.id
        for number, version in enumerate(history.versions)
        if version.branch == own and number <= start
        for each in history.changes
        if number in each.fixed
    }
    for number in range(start + 1, end + 1):
        for each in history.changes:
            if number in each.fixed and each.id not in known:
                known.add(each.id)
                yield each


@given(histories(), st.data())
def test_way_equals_a_plain_scan(history: Product, data: st.DataObject) -> None:
    last = len(history.versions) - 1
    start = data.draw(st.integers(0, last))
    end = data.draw(st.integers(start, last))

    found = upgrade(history, start, end).changes

    assert sorted(each.id for each in found) == sorted(
        each.id for each in scanned(history, start, end)
    )


def test_way_across_branches_leaves_out_what_its_start_has() -> None:
    """17.11 has what 18.3 brings too; 18.1's own news are new to it."""
    history = product(
        "17.10 17.11 18.0 18.3 18.6",
        change("both", 1, 3),
        change("news", 2),
        change("later", 4),
    )

    assert [each.id for each in upgrade(history, 1, 4).changes] == ["news", "later"]
    assert [each.id for each in upgrade(history, 0, 4).changes] == ["both", "news", "later"]


def test_way_groups_its_changes_and_collects_actions_once() -> None:
    stop = ("Stop it",)
    history = product(
        "1.0 1.1 2.0",
        change("hole", 1, type=Type.SECURITY, before=stop),
        change("gone", 2, type=Type.REMOVED, is_breaking=True, before=stop),
        change("move", 2, type=Type.MIGRATION, before=("Dump it",)),
        change("small", 1),
    )

    way = upgrade(history, 0, 2)

    groups = (way.security, way.breaking, way.migration, way.others)
    assert [[each.id for each in group] for group in groups] == [
        ["hole"],
        ["gone"],
        ["move"],
        ["small"],
    ]
    assert way.before == ("Stop it", "Dump it")
    assert way.between == (1,)
