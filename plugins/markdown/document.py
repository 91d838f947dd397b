"""A document after it is read: typed front matter, markup whose links are still open, headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from types import MappingProxyType
from typing import TypeVar

from msgspec import Struct

from ..source.deferred import Deferred
from ..source.problem import Place, Problem
from ..source.schema import FrontMatter

T = TypeVar("T")

Sizes = Mapping[str, tuple[int, int]]
"""The width and height of pictures in pixels, by their address."""

NO_SIZES: Sizes = MappingProxyType({})

# Matches Pelican's own link syntax: `{filename}/posts/a.md`, `|static|a.png`, `{tag}python`.
PELICAN_LINK = re.compile(
    r"[{|](?P<what>filename|static|attach|tag|category|author|index)[}|](?P<value>.*)"
)


class Link(Struct, frozen=True):
    """A link to something of this site, as its author wrote it."""

    target: str
    attribute: str
    """`href`, `src`, `poster` or `srcset`."""
    place: Place
    excerpt: str
    """The line it stands in."""
    is_unsized: bool = False
    """True for the picture of a tag that does not state its size."""


@dataclass(frozen=True, slots=True)
class Body(Deferred):
    """Markup in pieces, with an open link between each two: `segments` is one longer."""

    segments: tuple[str, ...]
    links: tuple[Link, ...] = ()

    def html(self, resolve: Callable[[Link], str], sizes: Sizes = NO_SIZES) -> str:
        """Return the markup with links resolved to addresses, and with the sizes of pictures."""
        pieces = [self.segments[0]]
        for link, segment in zip(self.links, self.segments[1:], strict=True):
            address = resolve(link)
            pieces.append(escape(address))
            if link.is_unsized and address in sizes:
                width, height = sizes[address]
                pieces.append(f'" width="{width}" height="{height}')  # the segment has the quote
            pieces.append(segment)
        return "".join(pieces)


class Heading(Struct, frozen=True):
    """A heading of a document, with those below it."""

    id: str
    html: str
    """Its text with inline markup, without links."""
    children: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class Document(Deferred):
    """One Markdown file, read."""

    source: str
    """Its path below the content folder, with `/`."""
    path: str
    """Its path as problems name it."""
    section: str
    """The name of the section that it belongs to."""
    front_matter: FrontMatter
    slug: str
    body: Body
    lead: Body
    """The excerpt that lists show: up to the `more` marker, or its first paragraph."""
    is_cut: bool
    """True if the body goes on after the excerpt."""
    headings: tuple[Heading, ...]
    ids: frozenset[str]
    """Every id that a link to it may name."""
    text: str
    """The plain text of its beginning, for a description."""
    minutes: int
    """Reading time."""
    places: Mapping[str, tuple[Place, str]]
    """Where each key of the front matter has its value, with that line."""
    head_links: tuple[Link, ...] = ()
    """The links in the front matter: its image."""
    parts: tuple[object, ...] = ()
    """Records that block readers left: sessions, checklists, schedules."""
    is_sound: bool = True
    """False if the front matter has errors; `front_matter` then holds what could be read."""

    @property
    def title(self) -> str:
        """The title, as text."""
        return self.front_matter.title

    @property
    def links(self) -> tuple[Link, ...]:
        """Every link to something of this site."""
        return (*self.head_links, *self.body.links, *self.lead.links)

    def problem(self, key: str, *, found: str, expected: str, hint: str = "") -> Problem:
        """Return a problem with the value of a key of the front matter, at its place."""
        place, excerpt = self.places.get(key, (Place(self.path), ""))
        return Problem(place, found, expected, hint, excerpt)

    def parts_of(self, kind: type[T]) -> tuple[T, ...]:
        """Return the parts of one type, in document order."""
        return tuple(part for part in self.parts if isinstance(part, kind))
