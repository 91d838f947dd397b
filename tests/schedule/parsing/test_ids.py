"""Ids are distinct, an author's own stay as they are, and the same text gives the same ids."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plugins.schedule.parsing.ids import Wish, distinct_ids

WISHES = st.lists(
    st.builds(
        Wish,
        own=st.sampled_from(["", "", "a", "a-2", "b"]),
        title=st.sampled_from(["A", "a 2", "B", "!"]),
    ),
    max_size=12,
)


@given(WISHES)
def test_ids_are_distinct(wishes: list[Wish]) -> None:
    ids = distinct_ids(wishes, word="session")

    assert len(set(ids)) == len(wishes)


@given(WISHES)
def test_an_author_s_own_id_is_kept_where_it_stands_first(wishes: list[Wish]) -> None:
    ids = distinct_ids(wishes, word="session")

    own = [wish.own for wish in wishes]
    assert all(ids[own.index(id)] == id for id in own if id)


@given(WISHES, WISHES)
def test_what_is_added_behind_changes_no_id_before(wishes: list[Wish], more: list[Wish]) -> None:
    unnamed = [Wish("", wish.title) for wish in more]

    ids = distinct_ids([*wishes, *unnamed], word="session")

    assert ids[: len(wishes)] == distinct_ids(wishes, word="session")
