"""Python-Markdown as Hallway uses it.

`HallwayExtension` registers

| class          | registry         | name             | priority | why there                |
|----------------|------------------|------------------|----------|--------------------------|
| FenceFinder    | preprocessors    | hallway_fences   | 26       | before superfences (25)  |
| FencePlacer    | block processors | hallway_fences   | 200      | before paragraphs        |
| PatternReader  | inline patterns  | hallway_inline_N | 175 - N  | after code and escapes   |
| HeadingShifter | treeprocessors   | hallway_levels   | 7        | before toc (5)           |
| FenceInserter  | treeprocessors   | hallway_insert   | 6.9      | after attr_list (8)      |
| TreeReaders    | treeprocessors   | hallway_trees    | 4.8      | after toc gave ids       |
| FenceStasher   | treeprocessors   | hallway_stash    | 4.5      | after toc                |
| HeadingAnchors | treeprocessors   | hallway_anchors  | 4        | after toc                |
| SwiftInline    | treeprocessors   | inline           | 20       | Markdown's own, faster   |
| LoneCode       | treeprocessors   | hallway_lone     | 3        | before raw HTML is put in |

State of one conversion lives in the extension's `reading`, `fences` and `elements`, which
`Converter.convert` sets anew for each document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER, AtomicString, Processor

from ..source.problem import Source
from ..source.slug import is_mark
from .document import Heading
from .fence_languages import unknown_language
from .fences import FoundFence, find_fences, unclosed
from .highlight import SwiftHighlightExtension
from .reading import Fence, FenceReader, InlineReader, Readers, Reading, TreeReader
from .swift import SwiftInline, SwiftMarkdown, SwiftTocExtension, SwiftUnescape, to_html
from .tree import append_before

# STX and ETX cannot stand in a document: Python-Markdown takes them out first.
STUB = "\x02hallway:{}\x03"
STUB_BLOCK = re.compile(r"\x02hallway:(\d+)\x03\s*")
STUB_TAG = "hallway-fence"

HEADING = re.compile(r"h[1-6]")

# Matches the stand-in of a code block that superfences has rendered.
STASHED = re.compile(HTML_PLACEHOLDER % r"\d+")

# Matches `title="a <b>.py"` in the opening line of a fence.
TITLE = re.compile(r"""(?<=title=)(?:"[^"]*"|'[^']*')""")

EXTENSIONS: Sequence[str] = (
    "markdown.extensions.abbr",
    "markdown.extensions.attr_list",
    "markdown.extensions.def_list",
    "markdown.extensions.footnotes",
    "markdown.extensions.md_in_html",
    "markdown.extensions.sane_lists",
    "markdown.extensions.tables",
    "pymdownx.details",
    "pymdownx.keys",
    "pymdownx.magiclink",
    "pymdownx.mark",
    "pymdownx.quotes",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "pymdownx.tilde",
)

EXTENSION_SETTINGS: Mapping[str, Mapping[str, Any]] = {
    "markdown.extensions.footnotes": {"BACKLINK_TITLE": "Back to the text, note %d"},
    "pymdownx.quotes": {"callouts": True},
    "pymdownx.tabbed": {"alternate_style": True, "combine_header_slug": False},
    "pymdownx.tilde": {"subscript": False},
}


HIGHLIGHT_SETTINGS: Mapping[str, Any] = {
    "linenums_style": "pymdownx-inline",
    "anchor_linenums": False,
    "guess_lang": False,
    "linenums": None,
    "pygments_lang_class": True,
    "use_pygments": True,
}


def github_slug(text: str, separator: str) -> str:
    """The id that GitHub gives to a heading, so that links made there work here."""
    kept = (c for c in text.strip().lower() if re.match(r"[\w\- ]", c) or is_mark(c))
    return "".join(kept).replace(" ", separator) or "section"


class Converter:
    """One Python-Markdown object, set up with the features' readers, used again and again."""

    def __init__(self, features: Iterable[Readers]) -> None:
        self._extension = HallwayExtension(tuple(features))
        self._markdown = SwiftMarkdown(
            extensions=[
                *EXTENSIONS,
                SwiftHighlightExtension(**HIGHLIGHT_SETTINGS),
                SwiftTocExtension(slugify=github_slug, permalink=False),
                self._extension,
            ],
            extension_configs=EXTENSION_SETTINGS,
            output_format="html",
        )
        self._markdown.serializer = to_html

    def convert(self, body: Source, reading: Reading) -> tuple[str, tuple[Heading, ...]]:
        """The markup of a body and its headings; problems and parts are left in the reading."""
        self._extension.begin(body, reading)
        self._markdown.reset()
        html = self._markdown.convert(body.text)
        tokens = self._markdown.toc_tokens  # type: ignore[attr-defined]
        return html, _headings(tokens)


def _headings(tokens: Iterable[Mapping[str, Any]]) -> tuple[Heading, ...]:
    return tuple(
        Heading(token["id"], _without_notes(token["html"]), _headings(token["children"]))
        for token in tokens
    )


def _without_notes(html: str) -> str:
    """A heading's markup without footnote references and links, for a list of contents."""
    return re.sub(r"<sup id=.*?</sup>|</?a\b[^>]*>", "", html)


class HallwayExtension(Extension):
    """Registers what the table above says."""

    def __init__(self, features: tuple[Readers, ...]) -> None:
        super().__init__()
        self.fence_readers: dict[str, FenceReader] = {
            language: reader for f in features for language, reader in f.fences.items()
        }
        self.inline_readers: list[InlineReader] = [r for f in features for r in f.inlines]
        self.tree_readers: list[TreeReader] = [r for f in features for r in f.trees]

    def begin(self, body: Source, reading: Reading) -> None:
        """Make ready for one document."""
        self.body, self.reading = body, reading
        self.fences: list[Fence] = []

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the processors; see the table at the top of this module."""
        md.preprocessors.register(FenceFinder(md, self), "hallway_fences", 26)
        md.parser.blockprocessors.register(FencePlacer(md.parser), "hallway_fences", 200)
        for number, reader in enumerate(self.inline_readers):
            pattern = PatternReader(reader, md, self)
            md.inlinePatterns.register(pattern, f"hallway_inline_{number}", 175 - number)
        trees = md.treeprocessors
        signs = {f"hallway_inline_{n}": r.first[0] for n, r in enumerate(self.inline_readers)}
        trees.register(SwiftInline(md, signs), "inline", 20)
        trees.register(SwiftUnescape(md), "unescape", 0)
        trees.register(HeadingShifter(md), "hallway_levels", 7)
        trees.register(FenceInserter(md, self), "hallway_insert", 6.9)
        trees.register(TreeReaders(md, self), "hallway_trees", 4.8)
        trees.register(FenceStasher(md), "hallway_stash", 4.5)
        trees.register(HeadingAnchors(md), "hallway_anchors", 4)
        trees.register(LoneCode(md), "hallway_lone", 3)


class ExtensionProcessor(Processor):
    """A processor that knows the extension, and by it what is converted now."""

    def __init__(self, md: Markdown, extension: HallwayExtension) -> None:
        super().__init__(md)
        self.extension = extension


class FenceFinder(ExtensionProcessor, Preprocessor):
    """Takes the fences that a feature reads out of the text, and leaves a stub for each."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines with a stub, between blank lines, for each fence that is read."""
        body, reading = self.extension.body, self.extension.reading
        kept: list[str] = []
        index = 0
        # The lines here have their tabs expanded; those of the body, one for one, have them still.
        for found in find_fences(body):
            kept += lines[index : found.first]
            kept += self._replaced(found, lines)
            index = found.last + 1
            if problem := unclosed(body, found):
                reading.problems.append(problem)
        return kept + lines[index:]

    def _replaced(self, found: FoundFence, lines: list[str]) -> list[str]:
        """A stub, or the fence as it was; either stands apart, so that no paragraph holds it."""
        opening = lines[found.first]
        before = opening[: len(found.prefix)]
        blank = found.prefix.rstrip()
        around = [] if before != found.prefix else [blank]
        if found.fence.language not in self.extension.fence_readers:
            self._check_language(found)
            body = lines[found.first + 1 : found.last + 1]
            return [*around, TITLE.sub(_escaped, opening), *body, blank]
        self.extension.fences.append(found.fence)
        return [*around, before + STUB.format(len(self.extension.fences) - 1), blank]

    def _check_language(self, found: FoundFence) -> None:
        extension = self.extension
        if problem := unknown_language(extension.body, found, extension.fence_readers):
            extension.reading.problems.append(problem)


def _escaped(title: re.Match[str]) -> str:
    """The title as text; Pygments 2.19 puts it into the page as if it were markup."""
    return escape(title[0], quote=False)


class FencePlacer(BlockProcessor):
    """Makes an element of each stub; inline Markdown does not see what will stand there."""

    def test(self, parent: Element, block: str) -> bool:
        """Whether the block begins with a stub."""
        return STUB_BLOCK.match(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> bool | None:
        """Append the stub's element, and hand back what stands after it in the block."""
        block = blocks.pop(0)
        match = STUB_BLOCK.match(block)
        if not match:
            return False
        ElementTree.SubElement(parent, STUB_TAG, {"number": match[1]})
        if rest := block[match.end() :]:
            blocks.insert(0, rest)
        return None


class PatternReader(InlineProcessor):
    """Tries one feature's pattern on running text."""

    def __init__(self, reader: InlineReader, md: Markdown, extension: HallwayExtension) -> None:
        super().__init__(reader.pattern, md)
        self.reader, self.extension = reader, extension

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        """What the feature makes of the match."""
        result = self.reader.read(m, self.extension.reading)
        if result is None:
            return None, None, None
        return _atomic(result), m.start(0), m.end(0)


def _atomic(result: Element | str) -> Element | str:
    """The result with all its texts closed to further inline Markdown."""
    if isinstance(result, str):
        return AtomicString(result)
    for element in result.iter():
        element.text = AtomicString(element.text) if element.text else element.text
        element.tail = AtomicString(element.tail) if element.tail else element.tail
    return result


class HeadingShifter(Treeprocessor):
    """Makes a body that begins at level 1 begin at level 2: the page's title is level 1."""

    def run(self, root: Element) -> None:
        """Move all headings down by one when there is a first-level one."""
        if root.find(".//h1") is None:
            return
        for element in root.iter():
            if re.fullmatch(r"h[1-5]", element.tag):
                element.tag = f"h{int(element.tag[1]) + 1}"


class FenceInserter(ExtensionProcessor, Treeprocessor):
    """Puts what the features make of their fences where the stubs stand."""

    def run(self, root: Element) -> None:
        """Replace every stub by the element of its fence's reader, in document order."""
        stubs = [(parent, child) for parent in root.iter() for child in parent]
        for parent, child in stubs:
            if child.tag == STUB_TAG:
                fence = self.extension.fences[int(child.get("number", "0"))]
                reader = self.extension.fence_readers[fence.language]
                element = reader(fence, self.extension.reading)
                element.tail = child.tail
                element.set(STUB_TAG, "")
                parent[list(parent).index(child)] = element


class TreeReaders(ExtensionProcessor, Treeprocessor):
    """Lets the features change the tree."""

    def run(self, root: Element) -> None:
        """Call every feature's tree readers."""
        reading = self.extension.reading
        headings = (element for element in root.iter() if HEADING.fullmatch(element.tag))
        reading.ids |= {heading.get("id", "") for heading in headings}
        for read in self.extension.tree_readers:
            read(root, reading)


class FenceStasher(Treeprocessor):
    """Serialises the features' elements themselves, so that `&amp;` in a command stays text.

    Python-Markdown's serializer (3.11) takes `&name;` in text for an entity that is written out.
    """

    def run(self, root: Element) -> None:
        """Replace each element that came from a fence by its markup, kept from all that follows."""
        for parent in list(root.iter()):
            for child in list(parent):
                if STUB_TAG in child.attrib:
                    self._stash(parent, child)

    def _stash(self, parent: Element, child: Element) -> None:
        del child.attrib[STUB_TAG]
        for inner in child.iter():
            inner.attrib.pop(STUB_TAG, None)
        tail, child.tail = child.tail or "", None
        html = ElementTree.tostring(child, encoding="unicode", method="html")
        text = f"\n{self.md.htmlStash.store(html)}\n{tail}"
        append_before(parent, child, text)
        parent.remove(child)


class HeadingAnchors(Treeprocessor):
    """Gives every heading with an id a link to itself."""

    def run(self, root: Element) -> None:
        """Append the link after the heading's text."""
        for element in root.iter():
            if HEADING.fullmatch(element.tag) and element.get("id"):
                attributes = {
                    "class": "heading-anchor",
                    "href": f"#{element.get('id')}",
                    "aria-label": "Link to this section",
                }
                ElementTree.SubElement(element, "a", attributes).text = "#"
                last = element[-2] if len(element) > 1 else None
                if last is not None:
                    last.tail = (last.tail or "").rstrip() + " "
                else:
                    element.text = (element.text or "").rstrip() + " "


class LoneCode(Treeprocessor):
    """Lets a code block stand without a paragraph around it inside a quotation.

    Python-Markdown (3.11) takes the paragraph away only when nothing, not even a newline, stands
    beside the block's stand-in; in a quotation a newline does.
    """

    def run(self, root: Element) -> None:
        """Strip paragraphs that hold one stand-in and blanks."""
        for paragraph in root.iter("p"):
            text = (paragraph.text or "").strip()
            if not len(paragraph) and STASHED.fullmatch(text):
                paragraph.text = text
