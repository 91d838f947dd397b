"""The contract between features and the engine: everything a plugin may add, as plain data.

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
"""Reads the front matter of a document into a Struct.

If something is wrong, it adds all problems and returns the part that it could read. It returns None
when that part is too small to check the text with.
"""


class Section(Struct, frozen=True):
    """The Markdown files that a feature reads, and the front matter that they may have."""

    name: str
    """One of its documents in a word: post, page, event."""
    home: str
    """The folder for its files, shown to an author who puts one elsewhere: `posts/`."""
    holds: Callable[[str], bool]
    """Returns True if a file belongs to the section, given its path below the content folder."""
    reads: HeadReader
    kinds: Kinds = Kinds()
    """The kinds of post that the site knows; `sections_of` fills them in."""
    heads: tuple[type[FrontMatter], ...] = ()
    """Classes of its front matter, in addition to those of the kinds."""

    def read_head(
        self, source: Source, head: Head, zone: ZoneInfo, problems: Problems
    ) -> FrontMatter | None:
        """Read the front matter of one of the section's documents."""
        return self.reads(source, head, zone, problems, self.kinds)


class Download(Struct, frozen=True):
    """A file that is published next to a document's page."""

    name: str
    """The file's name, below the document's address."""
    label: str
    """The text of the link to it."""
    data: bytes


PlainMaker = Callable[[Element], Element]
"""Returns a copy of a tree in which a feature's elements need no style and no script."""


class Feature(Readers, frozen=True, kw_only=True):
    """Everything that one plugin adds; each member except the name is optional."""

    name: str
    needs: tuple[str, ...] = ()
    """Features whose parts of the site `collect` reads."""
    after: tuple[str, ...] = ()
    """Features whose parts `collect` also reads, if the site has those features."""
    sections: tuple[Section, ...] = ()
    """The documents that this feature reads. The first section that holds a file gets it."""
    kinds: tuple[Kind, ...] = ()
    """The kinds of post that this feature adds."""
    leaves: tuple[type[Struct], ...] = ()
    """Types of the parts that its readers add to a document."""
    reads_data: Callable[[str], bool] | None = None
    """Selects other files that it needs as text, by their path below the content folder."""
    reads_bytes: Callable[[str], bool] | None = None
    """Selects other files that it needs as bytes, because they may be in any encoding."""
    knows: object = None
    """Plain data that its readers use besides the document. If it changes, documents are read
    again.
    """
    menu: Callable[[Site], Iterable[MenuEntry]] | None = None
    """Returns its entries of the navigation. No feature has a part of the site yet when it is
    called.
    """
    landmarks: tuple[Landmark, ...] = ()
    """Its pages that pages of other features link to."""
    announces: Callable[[SiteSettings], Iterable[FeedView]] | None = None
    """Returns the feeds that every page of the site announces."""
    address: Callable[[Document, SiteSettings], str | None] | None = None
    """Returns the path of a document's page below the output; None if another feature has the
    document.
    """
    own_links: Callable[[Document], Iterable[str]] | None = None
    """Returns the links of a document that this feature generated and checks itself, in `collect`.

    If the general check reported them too, an author would look for a link that nobody wrote.
    """
    downloads: Callable[[Document, Site], Iterable[Download]] | None = None
    """Returns the files that are published with one document.

    They may depend on the document and on the site's settings, ledger and, in a publish, moment; on
    nothing else of the site.
    """
    plain: PlainMaker | None = None
    moments: Callable[[Site], Iterable[datetime]] | None = None
    """Returns the moments at which its output changes by itself: a call closes, a day is over."""
    collect: Callable[[Site, Problems], object] | None = None
    """Returns this feature's part of the site, from the documents and the parts that it needs."""
    plan: Callable[[Site], Iterable[Row]] | None = None
    """Returns the rows of output that this feature makes."""
    counts: Callable[[Site, Iterable[Row]], Iterable[str]] | None = None
    """Returns counts for the last line of a build's report: `2 posts`."""
    theme: Callable[[Site, Iterable[Row]], Iterable[Row]] | None = None
    """Returns the rows of all features, with our pages replaced by another theme's."""
    moved: Callable[[Site, Collection[str]], Mapping[str, str]] | None = None
    """Finds the new place of things that were published at these paths, which no row has any more.

    Returns the new path by old path, and leaves out a path when in doubt.
    """
    remember: Callable[[Site, Ledger], Ledger] | None = None
    """Returns the ledger to write after a publish, given the ledger without this feature's changes.

    `site.ledger` is what the last publish left; the result equals it wherever nothing changed. The
    ledger that is passed in already has the documents, and the addresses of pages and of polled
    rows.
    """


def sections_of(features: Iterable[Feature]) -> list[Section]:
    """Return the sections of all features, each with the kinds of post of the whole site.

    If several sections hold a file, the first one gets it.
    """
    features = tuple(features)
    kinds = kinds_of(features)
    return [replace(each, kinds=kinds) for feature in features for each in feature.sections]


def kinds_of(features: Iterable[Feature]) -> Kinds:
    """Return the kinds of post that the features add, in the order of lists."""
    return in_order(kind for feature in features for kind in feature.kinds)


def plain_makers(features: Iterable[Feature]) -> tuple[PlainMaker, ...]:
    """Return each feature's `plain` function, in the order of the features' names."""
    in_order = sorted(features, key=lambda feature: feature.name)
    return tuple(feature.plain for feature in in_order if feature.plain)
