"""Colours code as pymdownx.highlight and Pygments do: the same bytes, with less work.

A block needs no formatter of its own, and no search for its lexer.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import Any

from pygments.formatters.html import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_by_name
from pygments.util import ClassNotFound
from pymdownx.highlight import Highlight, HighlightExtension

from .lexing import tokens_of


class SwiftHighlightExtension(HighlightExtension):  # type: ignore[misc]
    """pymdownx.highlight with the highlighter below."""

    def get_pymdownx_highlighter(self) -> type[Highlight]:
        """The highlighter that fences are coloured with."""
        return SwiftHighlight


class SwiftHighlight(Highlight):  # type: ignore[misc]
    """Colours code; a block without line numbers and marked lines needs no formatter of its own."""

    def highlight(
        self, src: str, language: str, css_class: str = "highlight", **options: Any
    ) -> Any:
        """The block's markup."""
        if any(options.get(name) for name in ("hl_lines", "inline", "id_value", "attrs")):
            return super().highlight(src, language, css_class, **options)
        if options.get("linestart", -1) > 0 or not self.is_plain:
            return super().highlight(src, language, css_class, **options)
        lexer, name = self.get_lexer(src, language, inline=False, stripnl=self.stripnl)
        classes = " ".join(
            [self.language_prefix + name, *(options.get("classes") or []), css_class]
        )
        title = (options.get("title") or "").strip()
        head = f'<span class="filename">{title}</span>' if title else ""
        code = "".join(coloured(tokens_of(lexer, src)))
        return f'<div class="{classes}">{head}<pre><span></span><code>{code}</code></pre></div>'

    @property
    def is_plain(self) -> bool:
        """Whether the settings are those that `highlight` knows; converter.py makes them."""
        return (
            self.pygments_lang_class
            and self.use_pygments
            and not (self.noclasses or self.linenums or self.auto_title or self.default_lang)
            and not (self.line_spans or self.line_anchors or self.title_mode != "text")
        )

    def get_lexer(
        self,
        src: str,
        language: str,
        inline: bool,  # noqa: FBT001  as pymdownx calls it
        stripnl: bool,  # noqa: FBT001
    ) -> tuple[Lexer, str]:
        """The lexer for a language, and its name; that of plain text for an unknown one."""
        kind = lexer_class(language) if not self.extend_pygments_lang else None
        if kind is None:
            answer: tuple[Lexer, str] = super().get_lexer(src, language, inline, stripnl)
            return answer
        return kind(stripnl=stripnl), language


@functools.lru_cache(maxsize=1000)
def lexer_class(language: str) -> type[Lexer] | None:
    """The class of a language's lexer; a search through all of Pygments, so done once."""
    try:
        return find_lexer_class_by_name(language) if language else None
    except ClassNotFound:
        return None


@functools.lru_cache(maxsize=1000)
def opening(kind: Any) -> str:
    """The start tag that Pygments gives to tokens of a kind; empty for plain text."""
    classes = CLASSES._get_css_classes(kind)
    return f'<span class="{classes}">' if classes else ""


CLASSES: Any = HtmlFormatter()
ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;", 39: "&#39;"}


def coloured(tokens: Iterable[tuple[Any, str]]) -> Iterator[str]:
    """Coloured code in pieces: neighbours of one kind share an element, as far as the line goes."""
    last = ""
    """The start tag that is open."""
    is_begun = False
    """Whether the line has any text."""
    for kind, value in tokens:
        span = opening(kind)
        first, *others = value.translate(ESCAPES).split("\n")
        if first:
            if is_begun and span == last:
                yield first
            else:
                yield ("</span>" if is_begun and last else "") + span + first
                last, is_begun = span, True
        for part in others:
            yield "</span>\n" if is_begun and last else "\n"
            is_begun = bool(part)
            if part:
                yield span + part
                last = span
    if is_begun:
        yield "</span>\n" if last else "\n"
