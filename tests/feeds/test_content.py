"""What is left of a post's markup in a feed, and what a feed cannot hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.feeds.content import ATTRIBUTES, DROPPED, TAGS, clean_markup
from plugins.source.text import xml_text
from tests.cases import read_cases

CASES = Path(__file__).parent / "cases" / "content.md"
URL = "https://tea.example/posts/pot/"


@pytest.mark.parametrize(("markup", "expected"), read_cases(CASES))
def test_markup_is_cleaned(markup: str, expected: str) -> None:
    assert clean_markup(markup, URL) == expected


def test_allow_list_is_what_readers_show() -> None:
    """Whoever adds an element or an attribute reads this, and looks for what it could do."""
    assert TAGS.isdisjoint(DROPPED)
    assert set(ATTRIBUTES) - {"*"} <= TAGS
    named = {name for names in ATTRIBUTES.values() for name in names}
    assert named == set(
        "alt cite colspan controls datetime default dir height href hreflang kind label lang media "
        "open poster reversed rowspan scope sizes span src srclang srcset start title type value "
        "width".split()
    )


@pytest.mark.parametrize(
    "character",
    ["\0", "\x08", "\x0b", "\x1b", "\x7f", "\x85", "\ud800", "\ufffe", "\uffff"],
)
def test_characters_that_xml_forbids_are_left_out(character: str) -> None:
    assert xml_text(f"a{character}b") == "ab"


def test_all_other_characters_stay() -> None:
    text = "\t\n\r ~ \xa0 é \u200f العربية \ufffd 𝄞 \U0010ffff"
    assert xml_text(text) == text
