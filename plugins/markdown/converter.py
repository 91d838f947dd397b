"""Text becomes a tree: blocks and running text (markdown-it-py), the tree, and passes over it.

text ─▶ blocks.py ─▶ tokens with lines ─▶ build.py, inline.py ─▶ tree ─▶ passes.py ─▶ write.py
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import Element

from markdown_it import MarkdownIt
from msgspec import Struct

from ..source.problem import Source
from ..source.schema import FrontMatter
from . import passes
from .blocks import Blocks, find_blocks
from .build import Builder
from .document import Heading
from .fences import FencedCode
from .figures import make_figures
from .formulas import read_math_fence
from .inline import Inlines
from .punctuation import smarten
from .reading import InlineReader, Readers, Reading, TreeReader
from .tree import HEADINGS
from .write import Written


class Converted(Struct, frozen=True):
    """The tree of a body, and its headings."""

    root: Element
    headings: tuple[Heading, ...]


class Converter:
    """Converts texts, with the features' readers."""

    def __init__(self, features: Iterable[Readers], *, is_fast: bool = True) -> None:
        readers = tuple(features)
        inlines: list[InlineReader] = [r for one in readers for r in one.inlines]
        self.trees: list[TreeReader] = [r for one in readers for r in one.trees]
        fences = {language: read for one in readers for language, read in one.fences.items()}
        self.fences = FencedCode({"math": read_math_fence, **fences}, is_fast=is_fast)
        self.md: Any = _Parser("commonmark", {"store_labels": True})
        self.md.inline, self.md.block = Inlines(inlines), Blocks()

    def convert(self, body: Source, reading: Reading) -> Converted:
        """Return the tree of a body; problems and parts are left in the reading."""
        builder = Builder(self.md, reading, body, self.fences)
        root = builder.build(find_blocks(body.text, self.md, builder.env))
        return Converted(root, self._pass(root, body.text, reading, builder.env))

    def _pass(
        self, root: Element, text: str, reading: Reading, env: dict[str, Any]
    ) -> tuple[Heading, ...]:
        """Change the tree by the passes that the text may need."""
        if "{" in text:
            passes.attributes(root)
        if passes.may_hold_address("".join(root.itertext())):
            passes.bare_links(root)
        if env["abbreviations"]:
            passes.abbreviations(root, env["abbreviations"])
        headings = [element for element in root.iter() if element.tag in HEADINGS]
        passes.levels(headings)
        ids = {id for element in root.iter() if (id := element.get("id"))}
        passes.heading_ids(headings, ids)
        if reading.has_figures and "![" in text:
            make_figures(root)
        if reading.has_smart_punctuation:
            smarten(root, reading.language)
        listed = passes.listed(headings)
        reading.ids |= {heading.get("id", "") for heading in headings}
        for read in self.trees:
            read(root, reading)
        if passes.CONTENTS in text:
            passes.contents(root, listed)
        passes.anchors(headings)
        return listed


class _Parser(MarkdownIt):
    """markdown-it as it is, but for addresses: they stay as written until they are resolved."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        return link


def render_markdown(text: str) -> str:
    """Return the markup of a text of no site, without smart punctuation and figures."""
    source = Source("text", text.replace("\r\n", "\n").replace("\r", "\n"))
    reading = Reading(
        source, FrontMatter(title=""), "text", has_smart_punctuation=False, has_figures=False
    )
    converted = _plain_converter().convert(source, reading)
    return Written(reading, is_open=False).write(converted.root).body.segments[0]


@functools.cache
def _plain_converter() -> Converter:
    return Converter(())
