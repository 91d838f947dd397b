"""Typed punctuation becomes that of a language: each line of a case is a language and markup."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.markdown.punctuation import smarten
from plugins.markdown.tree import parse_fragment, render_fragment
from tests.cases import read_cases

CASES = Path(__file__).parent / "cases" / "punctuation.md"

SHOWN = {"\u00a0": "[nbsp]", "\u202f": "[narrow]"}

STRAIGHT = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»‹›「」『』‘’‚", ""),
        **dict.fromkeys("\"'\u00a0\u202f ", ""),
        "…": "...",
        "–": "--",
        "—": "---",
    }
)


def smart(line: str) -> str:
    language, _, markup = line.partition(": ")
    root = parse_fragment(markup)
    smarten(root, language)
    html = render_fragment(root)
    for character, name in SHOWN.items():
        html = html.replace(character, name)
    return html


@pytest.mark.parametrize(("given", "wanted"), read_cases(CASES))
def test_punctuation(given: str, wanted: str) -> None:
    assert "\n".join(map(smart, given.split("\n"))) == wanted


@given(
    st.text(alphabet="\"'-.ab1 \u05d0「テ<", max_size=40),
    st.sampled_from(["en", "de", "fr", "ja", "he", "nl"]),
)
def test_nothing_but_punctuation_changes(text: str, language: str) -> None:
    root = parse_fragment("<p></p>")
    root[0].text = text

    smarten(root, language)

    changed = (root[0].text or "").replace("״", '"')
    assert changed.translate(STRAIGHT).replace("-", "") == text.translate(STRAIGHT).replace("-", "")


@pytest.mark.parametrize(
    "part", ['"', "'", "'\"", '"a', "-", "--", ".", "a-", "1", "é'", "a.", "/", "@", "a@"]
)
def test_long_text_ends_at_once(part: str) -> None:
    root = parse_fragment("<p></p>")
    root[0].text = part * 20_000
    start = time.process_time()

    smarten(root, "en")

    assert time.process_time() - start < 2
