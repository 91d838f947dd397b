"""A document after it is read: typed front matter, markup whose links are still open, headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from types import MappingProxyType
from typing import TypeVar

from msgspec import Struct

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
    is_picture: bool = False
    """True if a tag shows it as its picture."""


class Body(Struct, frozen=True):
    """Markup in pieces, with an open link between each two: `segments` is one longer."""

    segments: tuple[str, ...]
    links: tuple[Link, ...] = ()
    digest: str = ""
    """The digest of the segments, if the memo holds them and `segments` is empty."""

    def html(self, resolve: Callable[[Link], str], sizes: Sizes = NO_SIZES) -> str:
        """Return the markup with links resolved to addresses, and with the sizes of pictures."""
        return self.markup(resolve, sizes).html(self.segments)

    def markup(self, resolve: Callable[[Link], str], sizes: Sizes = NO_SIZES) -> Markup:
        """Return the same without the segments."""
        addresses = tuple([resolve(link) for link in self.links])
        pairs = zip(self.links, addresses, strict=True)
        shown = [
            (n, *sizes[to]) for n, (link, to) in enumerate(pairs) if link.is_unsized and to in sizes
        ]
        return Markup(self.digest, addresses, tuple(shown))


class Markup(Struct, frozen=True):
    """The markup of a body with its links resolved: which it is, and what stands at its links."""

    digest: str
    """The digest of the segments, which the memo holds."""
    addresses: tuple[str, ...] = ()
    """The target of each link."""
    sizes: tuple[tuple[int, int, int], ...] = ()
    """The number of a picture's link, and the picture's width and height in pixels."""
    ids: tuple[str, ...] = ()
    """The ids that links to it may name."""

    def html(self, segments: Sequence[str]) -> str:
        """Return the text, given its segments."""
        fills = [escape(address) for address in self.addresses]
        for number, width, height in self.sizes:  # the segment after it has the quote
            fills[number] += f'" width="{width}" height="{height}'
        pairs = zip(segments[:-1], fills, strict=True)
        return "".join([part for pair in pairs for part in pair]) + segments[-1]


class Heading(Struct, frozen=True):
    """A heading of a document, with those below it."""

    id: str
    html: str
    """Its text with inline markup, without links."""
    children: tuple[Heading, ...] = ()


class Document(Struct, frozen=True, kw_only=True):
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
    plain: Body
    """The body as it can be shown without style and script: for feeds, and programs."""
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
