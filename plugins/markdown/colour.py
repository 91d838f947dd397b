"""Code in colours: Pygments' lexers, and the markup that its formatter writes.

The markup of a block is written here, since a formatter of Pygments takes longer to make than to
use. `tests/markdown/test_colour.py` compares it with that of Pygments' own.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

from pygments.formatters.html import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_by_name
from pygments.util import ClassNotFound

from .fast.lexing import tokens_of

CLASSES: Any = HtmlFormatter()
ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;", 39: "&#39;"}

COLOURLESS = frozenset("ascii csv log none plain plaintext raw text tsv txt".split())
"""Languages, as people call them, that have no colours."""


def coloured(kind: type[Lexer] | None, code: str, *, is_fast: bool = True) -> str:
    """Return the markup of code; every line has whole elements."""
    if kind is None or not code:
        return code.translate(ESCAPES)
    lexer = _lexer(kind)
    return markup_of(tokens_of(lexer, code) if is_fast else lexer.get_tokens(code))


@functools.lru_cache(maxsize=1000)
def _lexer(kind: type[Lexer]) -> Lexer:
    """Return a lexer of a class, which keeps blank lines at both ends."""
    return kind(stripnl=False)


@functools.lru_cache(maxsize=1000)
def lexer_class(language: str) -> type[Lexer] | None:
    """Return the class of a language's lexer, searched for in Pygments; None if it has none."""
    if not language or language in COLOURLESS:
        return None
    try:
        return find_lexer_class_by_name(language)
    except ClassNotFound:
        return None


@functools.cache
def _opening(kind: Any) -> str:
    """Return the start tag that Pygments gives to tokens of a kind; empty for plain text."""
    classes = CLASSES._get_css_classes(kind)
    return f'<span class="{classes}">' if classes else ""


def markup_of(tokens: Iterable[tuple[Any, str]]) -> str:
    """Return coloured code: neighbours of one kind share an element, as far as the line goes."""
    parts: list[str] = []
    write = parts.append
    open: str | None = None
    """The start tag that the text of the line stands in; None at the beginning of a line."""
    for kind, value in tokens:
        span = _opening(kind)
        lines = [value] if value.isalnum() else value.translate(ESCAPES).split("\n")
        for number, line in enumerate(lines):
            if number:
                write("</span>\n" if open else "\n")
                open = None
            if line:
                write(line if span == open else f"</span>{span}{line}" if open else span + line)
                open = span
    if open is not None:
        write("</span>\n" if open else "\n")
    return "".join(parts)
