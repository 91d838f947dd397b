"""What a plugin may add to the build, as plain data: the contract between features and the engine.

A feature's `plugin.py` answers the engine's `feature_init` signal with one `Feature`. All members
are pure functions of their arguments; none sees Pelican or Python-Markdown.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from ..markdown.reading import Readers
from ..source.kinds import Kind, Kinds, in_order
from ..source.problem import Problems, Source

if TYPE_CHECKING:
    from ..markdown.document import Document
    from ..source.front_matter import Head
    from ..source.schema import FrontMatter
    from ..source.settings import SiteSettings
    from .ledger import Ledger
    from .menu import Landmark, MenuEntry
    from .site import Row, Site
    from .view import FeedView

T = TypeVar("T")


HeadReader = Callable[["Source", "Head", ZoneInfo, Problems, Kinds], "FrontMatter | None"]
"""Reads the typed head of a document. When something is wrong with it, adds all its problems, and
returns what could be read of it; None when that is too little to check the text with.
"""


class Section(Struct, frozen=True):
    """The Markdown files that a feature reads: which they are, and what their heads may hold."""

    name: str
    """What its documents are, in a word: post, page, event."""
    home: str
    """Where its files lie, for an author who puts one elsewhere: `posts/`."""
    holds: Callable[[str], bool]
    """Whether a file is one of them, by its path below the content folder."""
    reads: HeadReader
    kinds: Kinds = Kinds()
    """The kinds of post that the site knows; see `sections_of`."""
    heads: tuple[type[FrontMatter], ...] = ()
    """What those heads are, next to those of the kinds."""

    def read_head(
        self, source: Source, head: Head, zone: ZoneInfo, problems: Problems
    ) -> FrontMatter | None:
        """Read the typed head of one of its documents."""
        return self.reads(source, head, zone, problems, self.kinds)


class Download(Struct, frozen=True):
    """A file that goes with a document, beside its page."""

    name: str
    """The file's name, below the document's address."""
    label: str
    """What the link to it says."""
    data: bytes


PlainMaker = Callable[[Element], Element]
"""A copy of a tree in which a feature's elements need no style and no script."""


class Feature(Readers, frozen=True, kw_only=True):
    """What one plugin adds; every member but the name may be absent."""

    name: str
    needs: tuple[str, ...] = ()
    """Features whose part of the site this one's `collect` reads."""
    after: tuple[str, ...] = ()
    """Features whose part it reads too, on a site that has them."""
    sections: tuple[Section, ...] = ()
    """The documents that this feature reads; the first section that holds a file has it."""
    kinds: tuple[Kind, ...] = ()
    """The kinds of post that this feature adds."""
    leaves: tuple[type[Struct], ...] = ()
    """What its readers leave as parts of a document."""
    reads_data: Callable[[str], bool] | None = None
    """Which other files, by their path below the content folder, it wants as text."""
    reads_bytes: Callable[[str], bool] | None = None
    """Which of them it wants as they are, because they may be in any encoding."""
    knows: object = None
    """What its readers know beside the document, as data: a document changes with it."""
    menu: Callable[[Site], Iterable[MenuEntry]] | None = None
    """Its entries of the navigation, of a site in which no feature has a part yet."""
    landmarks: tuple[Landmark, ...] = ()
    """Its pages that those of other features lead to."""
    announces: Callable[[SiteSettings], Iterable[FeedView]] | None = None
    """The feeds that every page of the site announces."""
    address: Callable[[Document, SiteSettings], str | None] | None = None
    """The path below the output of a document's page; None for a document of other features."""
    own_links: Callable[[Document], Iterable[str]] | None = None
    """The links of a document that this feature made of something else and checks by itself, in
    `collect`: an author who reads of both would look for a link that nobody wrote."""
    downloads: Callable[[Document, Site], Iterable[Download]] | None = None
    """The files that go with one document, as they follow from it and from the site's settings,
    ledger and, in a publish, moment; of the rest of the site nothing may be asked.
    """
    plain: PlainMaker | None = None
    moments: Callable[[Site], Iterable[datetime]] | None = None
    """When what it makes of the site changes by itself: when a call closes, when a day is over."""
    collect: Callable[[Site, Problems], object] | None = None
    """This feature's part of the site, from the documents and the parts that it needs."""
    plan: Callable[[Site], Iterable[Row]] | None = None
    """The rows of output that this feature makes."""
    counts: Callable[[Site, Iterable[Row]], Iterable[str]] | None = None
    """What a build made of it, for its last line: `2 posts`."""
    theme: Callable[[Site, Iterable[Row]], Iterable[Row]] | None = None
    """The rows of all features, with pages of a theme of another kind in the place of ours."""
    moved: Callable[[Site, Collection[str]], Mapping[str, str]] | None = None
    """Where things are now that were published at these paths, of which no row has any: by old
    path, the new one, as far as there is no doubt."""
    remember: Callable[[Site, Ledger], Ledger] | None = None
    """What the ledger is to hold after a publish of the site, given what it would hold without
    this feature. `site.ledger` is what the last publish left; the answer equals it wherever nothing
    changed. Documents, and the addresses of pages and of rows that are polled, are in it already.
    """


def sections_of(features: Iterable[Feature]) -> list[Section]:
    """Return what the features read; of several sections that hold a file, the first has it."""
    features = tuple(features)
    kinds = kinds_of(features)
    return [replace(each, kinds=kinds) for feature in features for each in feature.sections]


def kinds_of(features: Iterable[Feature]) -> Kinds:
    """Return the kinds of post that the features add, in the order of lists."""
    return in_order(kind for feature in features for kind in feature.kinds)


def plain_makers(features: Iterable[Feature]) -> tuple[PlainMaker, ...]:
    """How the features make their elements plain, in the order of their names."""
    in_order = sorted(features, key=lambda feature: feature.name)
    return tuple(feature.plain for feature in in_order if feature.plain)
