"""Python-Markdown's hot paths, with less work and the same bytes.

| here             | in place of                | what it saves                              |
|------------------|----------------------------|--------------------------------------------|
| SwiftInline      | markdown's InlineProcessor | patterns and places that lack their signs  |
| SwiftBlockParser | markdown's BlockParser     | the same of block processors               |
| SwiftMarkdown    | Markdown                   | asking again which elements are blocks     |
| SwiftToc         | markdown's TocTreeprocessor | a list of contents that nobody asked for  |
| SwiftUnescape    | markdown's own             | texts without escapes                      |
| to_html          | markdown's serializer      | its queue, and tests that hold for no element |

`tests/markdown/test_swift.py` compares each with what it stands for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
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

SIGNS: Mapping[str, tuple[str, ...]] = {
    "backtick": ("`", "\\"),
    "keys-custom": ("+", "\\"),
    "escape": ("\\",),
    "footnote": ("[",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("!",),
    "image_reference": ("!",),
    "short_reference": ("[",),
    "short_image_ref": ("!",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "entity": ("&",),
    "keys": ("+",),
    "em_strong": ("*", "_"),
    "delimiter": ("=", "~"),
}
"""By an inline pattern's name: what it matches begins with one of these.

A pattern that is not named here or below is always tried, from the beginning of the text.
"""

INNER_SIGNS: Mapping[str, tuple[str, ...]] = {
    "magic-link": (":", "ww", "WW", "wW", "Ww"),
    "magic-mail": ("@",),
}
"""By an inline pattern's name: one of these stands somewhere in what it matches."""

INDENT = "    "

BLOCK_SIGNS: Mapping[str, tuple[str, ...]] = {
    "hallway_fences": (STX,),
    "markdown_block": (STX,),
    "details": ("???", INDENT),
    "tabbed": ("===", INDENT),
    "indent": (INDENT,),
    "defindent": (INDENT,),
    "table": ("|",),
    "hashheader": ("#",),
    "setextheader": ("=", "-"),
    "hr": ("-", "_", "*"),
    "ulist": ("*", "+", "-"),
    "deflist": (": ",),
    "quote": (">",),
    "footnote": ("[",),
    "abbr": ("[",),
    "reference": ("[",),
}
"""The same for block processors and blocks: without such a sign, a block is none of theirs."""

T = TypeVar("T")


class Choice(Generic[T]):
    """Members of a registry of Python-Markdown that a text may be for, by the signs in it."""

    def __init__(self, registry: Any, signs: Mapping[str, tuple[str, ...]]) -> None:
        self.registry, self.signs = registry, signs
        self.every = tuple(sorted({sign for some in signs.values() for sign in some}))
        self.chosen: dict[frozenset[str], tuple[tuple[int, str, T], ...]] = {}

    def of(self, text: str) -> tuple[tuple[int, str, T], ...]:
        """The members to try, in their order, each with its index and name."""
        signs = frozenset([sign for sign in self.every if sign in text])
        members = self.chosen.get(signs)
        if members is None:
            members = self.chosen[signs] = self._choose(signs)
        return members

    def _choose(self, signs: frozenset[str]) -> tuple[tuple[int, str, T], ...]:
        self.registry._sort()
        names = [name for name, _ in self.registry._priority]
        return tuple(
            (index, name, self.registry[name])
            for index, name in enumerate(names)
            if name not in self.signs or not signs.isdisjoint(self.signs[name])
        )


class SwiftInline(InlineProcessor):
    """Applies inline patterns where they can match, which the signs in a text tell."""

    def __init__(self, md: Markdown, signs: Mapping[str, str]) -> None:
        super().__init__(md)
        self.begins = {**SIGNS, **{name: (sign,) for name, sign in signs.items()}}
        self.choice: Choice[InlinePattern] = Choice(
            self.inlinePatterns, {**self.begins, **INNER_SIGNS}
        )

    # The name that Python-Markdown 3.11 calls: private there, so written with its class.
    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        """The text with a placeholder for everything that a pattern matched."""
        if isinstance(data, AtomicString):
            return data
        apply: Any = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]
        for index, name, pattern in self.choice.of(data):
            start = self._place(name, data, 0) if index >= patternIndex else -1
            while start >= 0:
                data, is_matched, start = apply(pattern, data, index, start)
                start = self._place(name, data, start) if is_matched else -1
        return data

    def _place(self, name: str, data: str, start: int) -> int:
        """Where the pattern's next match can begin at the earliest; -1 if there is none."""
        signs = self.begins.get(name)
        if signs:
            places = [data.find(sign, start) for sign in signs]
            return min([place for place in places if place >= 0], default=-1)
        signs = INNER_SIGNS.get(name)
        return -1 if signs and not any(sign in data for sign in signs) else start


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
            for _, _, processor in self.choice.of(blocks[0]):
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
