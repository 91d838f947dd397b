"""Maps Pygments' tokens to a few CSS class names. Nothing but the colours depends on Pygments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pygments.lexer import Lexer
from pygments.lexers.python import PythonLexer
from pygments.lexers.shell import BashLexer, PowerShellLexer
from pygments.lexers.sql import PostgresLexer
from pygments.token import Comment, Keyword, Name, Number, String, _TokenType, is_token_subtype

from .model import Dialect

STYLES: Sequence[tuple[_TokenType, str]] = (
    (Comment, "comment"),
    (String.Interpol, "variable"),
    (String, "string"),
    (Number, "number"),
    (Keyword, "keyword"),
    (Name.Variable, "variable"),
    (Name.Builtin, "name"),
    (Name.Function, "name"),
)
"""The first type that contains a token gives its word; any other token has none."""


def colours(text: str, dialect: Dialect) -> Iterator[tuple[int, int, str]]:
    """Yield coloured stretches in order as (start, end, word); text between them has no word."""
    first, last, word = 0, 0, ""
    for start, token, value in _lexer(dialect).get_tokens_unprocessed(text):
        style = _style(token) if value.strip() else ""
        if style != word or start != last:
            yield from [(first, last, word)] if word else []
            first, word = start, style
        last = start + len(value)
    if word:
        yield first, last, word


def _style(token: _TokenType) -> str:
    return next((word for kind, word in STYLES if is_token_subtype(token, kind)), "")


def _lexer(dialect: Dialect) -> Lexer:
    match dialect:
        case Dialect.SHELL:
            return BashLexer()
        case Dialect.PYTHON:
            return PythonLexer()
        case Dialect.POWERSHELL:
            return PowerShellLexer()
        case Dialect.SQL:
            return PostgresLexer()
