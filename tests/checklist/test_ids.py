"""Ids made from texts stay while anything else changes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plugins.checklist.ids import normalised, text_id
from tests.checklist.reading import checklists

WORDS = st.text(st.sampled_from("abcdefghijk äéشл服"), min_size=1, max_size=12).filter(str.strip)
TEXTS = st.lists(WORDS, min_size=1, max_size=6, unique_by=normalised)


def ids_of(texts: list[str], mark: str = "[ ]") -> dict[str, str]:
    (checklist,) = checklists("\n".join(f"- {mark} {text}" for text in texts))
    return {normalised(item.text): item.id for s in checklist.sections for item in s.walk()}


@given(TEXTS, st.data())
def test_an_id_stays_when_items_come_go_and_move(texts: list[str], data: st.DataObject) -> None:
    kept = data.draw(st.lists(st.sampled_from(texts), min_size=1, unique=True))

    before, after = ids_of(texts), ids_of(kept)

    assert after == {normalised(text): before[normalised(text)] for text in kept}


@given(WORDS, st.sampled_from(["**{}**", "*{}*.", "“{}”", "[{}](https://example.org)", "  {} !"]))
def test_an_id_stays_when_markup_and_punctuation_change(text: str, markup: str) -> None:
    assert ids_of([markup.format(text.strip())]) == ids_of([text])


@given(TEXTS)
def test_an_id_does_not_depend_on_the_state(texts: list[str]) -> None:
    assert ids_of(texts, "[x]") == ids_of(texts)


@given(st.lists(WORDS, min_size=1, max_size=6))
def test_ids_in_a_list_are_distinct(texts: list[str]) -> None:
    (checklist,) = checklists("\n".join(f"- [ ] {text}" for text in texts))
    ids = [item.id for item in checklist.sections[0].walk()]

    assert len(set(ids)) == len(texts)


def test_the_same_text_under_another_parent_has_an_id_of_its_own() -> None:
    room_1, room_2 = text_id("Microphone", ["Room 1"]), text_id("Microphone", ["Room 2"])

    assert room_1 != room_2


def test_ids_are_what_they_were_when_this_was_written() -> None:
    # Readers' ticks are kept under them: a change here loses them all.
    assert text_id("Book a room") == "~49bb241a4e"
    assert text_id("Anna", ["Invite the speakers"]) == "~68d1fcb0d8"


def test_normalised_texts() -> None:
    pairs = {
        "“Book”  the ROOM.": "book the room",
        "don’t": "dont",
        "Ｃ＋＋": "c++",
        "Straße": "strasse",
        "…": "...",
    }

    assert {text: normalised(text) for text in pairs} == pairs
