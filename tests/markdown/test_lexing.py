"""Joined rules give the tokens that Pygments' own loop gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pygments.lexers import get_lexer_by_name

from plugins.markdown.fast.lexing import MUCH, tokens_of

ROOT = Path(__file__).parents[2]

LANGUAGES = "python sql bash javascript css html rust c go ini toml markdown perl nginx".split()

FILES = {
    "python": "plugins/markdown/fast/lexing.py",
    "javascript": "theme/static/js/site.js",
    "css": "theme/static/css/tokens.css",
    "markdown": "README.md",
    "toml": "pyproject.toml",
    "html": "theme/templates/base.html",
}

# What the rules of many languages look for, with states that are left and entered.
PIECES = [*"ab1 \n\t\"'#/*{}()<>&$%@\\é日=:;`-|!", '"""', "let ", "def f", "0x1f", "1.5e3", "-- "]

pieces = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


@pytest.mark.parametrize(("language", "file"), FILES.items(), ids=FILES.keys())
def test_tokens_of_a_file_are_the_same(language: str, file: str) -> None:
    code = (ROOT / file).read_text("utf-8")
    warm(language)

    given = list(tokens_of(get_lexer_by_name(language, stripnl=False), code))

    assert given == list(get_lexer_by_name(language, stripnl=False).get_tokens(code))


@settings(max_examples=300)
@given(st.sampled_from(LANGUAGES), pieces)
def test_tokens_of_any_text_are_the_same(language: str, code: str) -> None:
    warm(language)

    given = list(tokens_of(get_lexer_by_name(language, stripnl=False), code))

    assert given == list(get_lexer_by_name(language, stripnl=False).get_tokens(code))


def warm(language: str) -> None:
    """Read so much that the rules are joined."""
    for _ in tokens_of(get_lexer_by_name(language, stripnl=False), "\n" * (MUCH + 1)):
        pass
