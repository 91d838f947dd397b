"""A document while it is read, and what features may do to it.

This is the contract between features and Markdown. All readers are pure functions of their
arguments; none sees a converter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar
from xml.etree.ElementTree import Element

from msgspec import Struct, field

from ..source.problem import Problems, Source
from ..source.slug import free

if TYPE_CHECKING:
    from ..source.schema import FrontMatter

T = TypeVar("T")


class Fence(Struct, frozen=True):
    """A fenced block of a document, as its author wrote it."""

    language: str
    """The first word after the fence, in lower case."""
    options: Mapping[str, str]
    """The options in the braces: `{title="A b" run}` is `{"title": "A b", "run": ""}`."""
    body: Source
    """The lines between the fences without what surrounds them, which knows their places."""
    line: int
    """The line of the opening fence."""
    column: int
    """The column of the opening fence."""


class Origin(Struct, frozen=True):
    """The running text of a block as its author wrote it."""

    line: int
    """The line of the file that it begins in."""
    text: str
    """Its Markdown, without the marks of the blocks around it."""
    column: int = 0
    """Where the first line begins in the file's line; 0 when that is for the line to tell."""


class Reading(Struct):
    """One document while it is read: what block readers see of it, and where they leave things."""

    source: Source
    """The whole file, for problems with a line."""
    front_matter: FrontMatter
    slug: str
    problems: Problems = field(default_factory=Problems)
    parts: list[object] = field(default_factory=list)
    """Typed models that blocks leave for later stages, in document order; they are pickled."""
    ids: set[str] = field(default_factory=set)
    section: str = "post"
    language: str = "en"
    """The language of the text, where no `lang` attribute says another."""
    has_smart_punctuation: bool = True
    """True if typed quotes, dashes and dots become those of the language."""
    has_figures: bool = True
    """True if a picture with a title, alone in a paragraph, becomes a figure."""
    lines: dict[Element, int] = field(default_factory=dict)
    """The line of the file that a block of the tree begins in."""
    origins: dict[Element, Origin] = field(default_factory=dict)
    """The source of each element's running text."""
    places: dict[Element, tuple[int, int]] = field(default_factory=dict)
    """Line and column of what elements in running text were made from: links, pictures, markup."""

    @property
    def key(self) -> str:
        """The name under which a browser stores what belongs to this document alone."""
        section = "" if self.section == "post" else f"{self.section}/"
        language = f"/{self.front_matter.lang}" if self.front_matter.lang else ""
        return f"{section}{self.slug}{language}"

    def unique_id(self, wanted: str) -> str:
        """Return an id that is free in this document: `wanted`, or `wanted-2`, and so on."""
        id = free(wanted, self.ids)
        self.ids.add(id)
        return id

    def place(self, origin: Origin, at: int = 0) -> tuple[int, int]:
        """Return the line and column of a character of a text."""
        before = origin.text.rfind("\n", 0, at) + 1
        line = origin.line + origin.text.count("\n", 0, at)
        if origin.column and not before:
            return line, origin.column + at
        written = origin.text[before:].partition("\n")[0]
        return line, max(0, self.source.excerpt(line).rfind(written)) + at - before + 1

    def place_in(self, element: Element, text: str) -> tuple[int, int]:
        """Return line and column of a text in what an element is made from; else its beginning."""
        origin = self.origins.get(element)
        if origin:
            return self.place(origin, max(0, origin.text.find(text)))
        return self.lines.get(element, 0), 1

    def parts_of(self, kind: type[T]) -> list[T]:
        """Return the parts of one type, in document order."""
        return [part for part in self.parts if isinstance(part, kind)]


FenceReader = Callable[[Fence, Reading], Element]
"""Turns a fence into markup; finds problems, leaves parts."""

TreeReader = Callable[[Element, Reading], None]
"""Changes a document's tree in place, after inline Markdown and attribute lists are done."""


Where = Callable[[], tuple[int, int]]
"""Gives the line and column of what was matched."""


class InlineReader(Struct, frozen=True):
    """A pattern in running text that becomes an element."""

    pattern: str
    """A regular expression; it is not tried inside code spans or link targets."""
    first: str
    """A string that every match begins with, so that other text is passed over quickly."""
    read: Callable[[re.Match[str], Reading, Where], Element | str | None]
    """The element, or plain text, that stands for a match; None leaves it as written."""


class Readers(Struct, frozen=True, kw_only=True):
    """The readers that one feature adds."""

    fences: Mapping[str, FenceReader] = field(default_factory=dict)
    """Readers of fenced blocks, by language."""
    inlines: tuple[InlineReader, ...] = ()
    trees: tuple[TreeReader, ...] = ()
