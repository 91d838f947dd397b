"""Fenced blocks: what their opening lines say, and code as markup with colours.

    opening = fence info EOL                 ; fence: three or more of ` or ~
    info = [ language *( "," word ) ] [ blanks ] options     ; braces around options say nothing
    options = *( word [ "=" ( word / quoted ) ] )

For code, `title` puts a line above it, `hl_lines="2 4-6"` marks lines, and `linenums="1"` numbers
them from there on; `linenums="1 5 10"` numbers each fifth line and stresses each tenth.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from html import escape
from typing import Any
from xml.etree.ElementTree import Element

from ..source.problem import Source
from .colour import coloured, lexer_class
from .options import LINES, NUMBERS
from .reading import Fence, FenceReader, Reading
from .tree import RAW_BLOCK

# Matches `console {title="A b" run}`, `python hl_lines="2"`, `js {1,3} title=a` and `rust,ignore`.
INFO = re.compile(r"\s*(?P<language>[^\s{}=,]+(?![^\s{}]*=))?(?:,[^\s{}]*)?(?P<options>.*)")

# Matches `title="A b"`, `run`, `tab=Debian`, `#id` and `.class`.
OPTION = re.compile(
    r"""(?P<name>[#.]?[\w-]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"']+)))?"""
)

MOST_LINES = 100_000
"""More than that `hl_lines` cannot mark."""


def read_fence(token: Any, body: Source) -> Fence:
    """Return the fence that a token stands for."""
    line = body.first_line + token.map[0]
    info = INFO.fullmatch(token.info)
    language = (info["language"] if info and info["language"] else "").lower()
    options = read_options(info["options"] if info else token.info)
    if not language and next(iter(options), "").startswith("."):
        language = next(iter(options))[1:].lower()
        options = dict(list(options.items())[1:])
    text = Source(body.path, token.content.removesuffix("\n"), line + 1, body)
    return Fence(language, options, text, line, body.excerpt(line).find(token.markup) + 1)


def read_options(text: str) -> dict[str, str]:
    """Return the options in the braces; one without a value is an empty text."""
    return {
        match["name"]: match["double"] or match["single"] or match["bare"] or ""
        for match in OPTION.finditer(text)
    }


def is_closed(token: Any) -> bool:
    """Return True if a line closes the fence; otherwise it runs to the end of its container."""
    return bool(token.map[1] - token.map[0] == token.content.count("\n") + 2)


class FencedCode:
    """Makes elements of fences: those of features, and code."""

    def __init__(self, readers: Mapping[str, FenceReader], *, is_fast: bool) -> None:
        self.readers, self.is_fast = readers, is_fast

    @property
    def languages(self) -> Collection[str]:
        """The languages that features read."""
        return self.readers.keys()

    def element(self, fence: Fence, typed: str, reading: Reading) -> Element:
        """Return the element for a fence; the last line typed in it may lack its newline."""
        reader = self.readers.get(fence.language)
        if reader:
            return reader(fence, reading)
        code = typed if typed.endswith("\n") or not typed else f"{typed}\n"
        return code_block(code, fence.language, fence.options, is_fast=self.is_fast)

    def plain(self, code: str) -> Element:
        """Return the element for indented code."""
        return code_block(code, "", {}, is_fast=self.is_fast)


def code_block(code: str, language: str, options: Mapping[str, str], *, is_fast: bool) -> Element:
    """Code with its colours."""
    lexer = lexer_class(language)
    name = language if lexer else "text"
    classes = [f"language-{name}", *(o[1:] for o in options if o[0] == "."), "highlight"]
    id = next((f' id="{o[1:]}"' for o in options if o[0] == "#"), "")
    data = "".join(f' {k}="{escape(v)}"' for k, v in options.items() if k.startswith("data-"))
    title = options.get("title", "").strip()
    head = f'<span class="filename">{escape(title, quote=False)}</span>' if title else ""
    lines = "".join(_with_numbers(coloured(lexer, code, is_fast=is_fast), options))
    element = Element(RAW_BLOCK, {"data-plain": f"{title}\n{code}" if title else code})
    element.text = (
        f'<div{id} class="{" ".join(classes)}"{data}>{head}'
        f"<pre><span></span><code>{lines}</code></pre></div>"
    )
    return element


def _with_numbers(markup: str, options: Mapping[str, str]) -> Iterator[str]:
    """Yield the code's markup with numbers and marks, if the options ask for them."""
    marked = _lines(options.get("hl_lines", ""))
    numbers = NUMBERS.fullmatch(options.get("linenums", ""))
    if not marked and not (numbers and int(numbers["first"])):
        yield markup
        return
    lines = markup.splitlines(keepends=True)
    for number, line in enumerate(lines):
        label = _number(numbers, number, len(lines)) if numbers else ""
        yield f'<span class="hll">{label}{line}</span>' if number + 1 in marked else label + line


def _number(numbers: re.Match[str], index: int, count: int) -> str:
    first = int(numbers["first"])
    number, width = first + index, len(str(count + first - 1))
    shown = number if number % max(1, int(numbers["step"] or 1)) == 0 else ""
    special = int(numbers["special"] or 0)
    stress = " special" if special and number % special == 0 else ""
    return f'<span class="linenos{stress}" data-linenos="{shown:>{width}} "></span>'


def _lines(text: str) -> set[int]:
    """Return the numbers of the lines that `hl_lines` names."""
    if not LINES.fullmatch(text):
        return set()
    found: set[int] = set()
    for part in text.split():
        first, _, last = part.partition("-")
        found.update(range(int(first), min(int(last or first), MOST_LINES) + 1))
    return found
