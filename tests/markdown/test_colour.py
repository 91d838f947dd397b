"""Code is coloured as Pygments' own formatter does it, byte for byte."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from pygments import lex
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import get_lexer_by_name

from plugins.markdown.colour import markup_of


@settings(max_examples=200)
@given(
    st.sampled_from(["python", "sql", "sh", "html", "text", "console"]),
    st.text("ab1 '\"<&\n#=", max_size=60),
)
def test_code_is_coloured_the_same(language: str, code: str) -> None:
    tokens = list(lex(code, get_lexer_by_name(language)))
    expected = "".join(line for _, line in HtmlFormatter()._format_lines(iter(tokens)))

    assert markup_of(tokens) == expected
