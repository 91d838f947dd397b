"""Python-Markdown's and Pygments' hot paths, with less work and the same bytes.

| here             | in place of                | what it saves                              |
|------------------|----------------------------|--------------------------------------------|
| SwiftInline      | markdown's InlineProcessor | patterns whose first signs a text lacks    |
| SwiftBlockParser | markdown's BlockParser     | the same of block processors               |
| SwiftMarkdown    | Markdown                   | asking again which elements are blocks     |
| SwiftToc         | markdown's TocTreeprocessor | a list of contents that nobody asked for  |
| SwiftUnescape    | markdown's own             | texts without escapes                      |
| SwiftHighlight   | pymdownx's Highlight       | a formatter and a search for a lexer a block |
| to_html          | markdown's serializer      | its queue, and tests that hold for no element |

`tests/core/test_swift.py` compares each with what it stands for.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Generic, TypeVar
from xml.etree.ElementTree import HTML_EMPTY, Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions.toc import TocExtension, TocTreeprocessor
from markdown.inlinepatterns import InlineProcessor as InlinePattern
from markdown.serializers import BOOLEAN_ATTRIBUTES, RE_AMP, to_html_string  # type: ignore[attr-defined]
from markdown.treeprocessors import InlineProcessor, UnescapeTreeprocessor
from markdown.util import STX, AtomicString
from pygments.formatters.html import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_by_name
from pygments.util import ClassNotFound
from pymdownx.highlight import Highlight, HighlightExtension

SIGNS: Mapping[str, str] = {
    "backtick": "`",
    "keys-custom": "+",
    "escape": "\\",
    "footnote": "[",
    "reference": "[",
    "link": "[",
    "image_link": "!",
    "image_reference": "!",
    "short_reference": "[",
    "short_image_ref": "!",
    "autolink": "<",
    "automail": "<",
    "linebreak": "\n",
    "html": "<",
    "magic-link": ":w",
    "magic-mail": "@",
    "entity": "&",
    "keys": "+",
    "em_strong": "*_",
    "delimiter": "=~",
}
"""By an inline pattern's name: one of these signs stands in every text that it matches in.

A pattern that is not named here is always tried. `w` stands for two of them, as in `www.`.
"""


BLOCK_SIGNS: Mapping[str, str] = {
    "hallway_fences": STX,
    "markdown_block": STX,
    "table": "|",
    "hashheader": "#",
    "setextheader": "=-",
    "hr": "-_*",
    "ulist": "*+-",
    "deflist": ":",
    "quote": ">",
    "footnote": "[",
    "abbr": "[",
    "reference": "[",
}
"""The same for block processors and blocks: without such a sign, a block is none of theirs."""

T = TypeVar("T")


class Choice(Generic[T]):
    """Members of a registry of Python-Markdown that a text may be for, by the signs in it."""

    def __init__(self, registry: Any, signs: Mapping[str, str]) -> None:
        self.registry, self.signs = registry, signs
        every = re.escape("".join(sorted({*"".join(signs.values())} - {"w"})))
        self.find_signs = re.compile(f"[{every}]|[wW]{{2}}").findall
        self.chosen: dict[frozenset[str], tuple[tuple[int, T], ...]] = {}

    def of(self, text: str) -> tuple[tuple[int, T], ...]:
        """The members to try, in their order, each with its index."""
        signs = frozenset(self.find_signs(text))
        members = self.chosen.get(signs)
        if members is None:
            members = self.chosen[signs] = self._choose({*"".join(signs).lower()})
        return members

    def _choose(self, signs: set[str]) -> tuple[tuple[int, T], ...]:
        self.registry._sort()
        names = [name for name, _ in self.registry._priority]
        return tuple(
            (index, self.registry[name])
            for index, name in enumerate(names)
            if name not in self.signs or not signs.isdisjoint(self.signs[name])
        )


class SwiftInline(InlineProcessor):
    """Applies inline patterns; passes over those that cannot match for want of a sign."""

    def __init__(self, md: Markdown, signs: Mapping[str, str]) -> None:
        super().__init__(md)
        self.choice: Choice[InlinePattern] = Choice(self.inlinePatterns, {**SIGNS, **signs})

    # The name that Python-Markdown 3.11 calls: private there, so written with its class.
    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        """The text with a placeholder for everything that a pattern matched."""
        if isinstance(data, AtomicString):
            return data
        apply: Any = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]
        for index, pattern in self.choice.of(data):
            start, is_matched = 0, index >= patternIndex
            while is_matched:
                data, is_matched, start = apply(pattern, data, index, start)
        return data


class SwiftBlockParser(BlockParser):
    """Parses blocks; passes over processors that have no business with one."""

    def __init__(self, md: Markdown, processors: Any) -> None:
        super().__init__(md)
        self.blockprocessors = processors
        for processor in processors:
            processor.parser = self
        self.choice: Choice[BlockProcessor] = Choice(processors, BLOCK_SIGNS)

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802
        """Put the blocks into the element."""
        while blocks:
            for _, processor in self.choice.of(blocks[0]):
                if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                    break


class SwiftMarkdown(Markdown):
    """A Markdown with the parser above, which remembers which elements are blocks."""

    def build_parser(self) -> Any:
        """Make the parsers, before any extension adds to them."""
        super().build_parser()
        self.parser = SwiftBlockParser(self, self.parser.blockprocessors)
        return self

    def is_block_level(self, tag: Any) -> bool:
        """Whether an element is a block."""
        known = self.__dict__.setdefault("_known_tags", {})
        if tag not in known:
            known[tag] = super().is_block_level(tag)
        return bool(known[tag])


class SwiftUnescape(UnescapeTreeprocessor):
    """Puts escaped signs back where there are any."""

    def unescape(self, text: str) -> str:
        """The text with its escaped signs put back."""
        return super().unescape(text) if STX in text else text


class SwiftToc(TocTreeprocessor):
    """Gives headings their ids; makes the list of contents, which costs more, only where asked."""

    def run(self, doc: Element) -> None:
        """Give the headings their ids, and list them."""
        self.is_asked = any(self.marker in text for text in doc.itertext())
        super().run(doc)

    def build_toc_div(self, toc_list: list[Any]) -> Element:
        """The list of contents; empty in a document that has no place for it."""
        return super().build_toc_div(toc_list) if self.is_asked else Element("div")

    def replace_marker(self, root: Element, elem: Element) -> None:
        """Put the list in its place, if there is one."""
        if len(elem):
            super().replace_marker(root, elem)


class SwiftTocExtension(TocExtension):
    """Markdown's toc with the processor above."""

    TreeProcessorClass = SwiftToc


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
        code = "".join(coloured(lexer.get_tokens(src)))
        return f'<div class="{classes}">{head}<pre><span></span><code>{code}</code></pre></div>'

    @property
    def is_plain(self) -> bool:
        """Whether the settings are those that `highlight` knows; core/extension.py makes them."""
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


def to_html(root: Element) -> str:
    """The element as HTML, as `markdown.serializers.to_html_string` writes it."""
    pieces: list[str] = []
    _write(root, pieces.append)
    return "".join(pieces)


RAW = frozenset({"script", "style"})
QUOTE = '"'


def _write(element: Element, write: Callable[[str], None]) -> None:
    tag: Any = element.tag
    if not isinstance(tag, str):  # a comment
        write(to_html_string(element))
        return
    attributes, text, kind = element.attrib, element.text, tag.lower()
    write(f"<{tag}{_attributes(attributes)}>" if attributes else f"<{tag}>")
    if text:
        write(text if kind in RAW else _escaped(text))
    for child in element:
        _write(child, write)
    if kind not in HTML_EMPTY:
        write(f"</{tag}>")
    if element.tail:
        write(_escaped(element.tail))


def _attributes(attributes: Mapping[str, str | None]) -> str:
    text = ""
    for name, value in sorted(attributes.items()):
        if value is None:
            text += f" {name}"
        elif name == value and name in BOOLEAN_ATTRIBUTES["html"]:
            text += f" {value}"
        else:
            text += f' {name}="{_escaped(value).replace(QUOTE, "&quot;")}"'
    return text


def _escaped(text: str) -> str:
    """Text for markup; an entity in it stays one."""
    if "&" in text:
        text = RE_AMP.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text
