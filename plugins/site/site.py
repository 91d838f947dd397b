"""The site between reading and writing: its documents, their addresses, and rows of output."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from ..markdown.document import Body, Document, Markup, Sizes
from ..source.kinds import Kinds
from ..source.problem import Place, Problem, Source
from ..source.settings import SiteSettings
from ..source.slug import url_path
from .feature import Download, PlainMaker
from .ledger import DocumentRecord, Ledger
from .menu import Landmark, MenuEntry
from .remembers import Call, Remembers, Unremembered, segments_of
from .view import FeedView, ImageView

if TYPE_CHECKING:
    from jinja2 import Environment

T = TypeVar("T")


class StaticFile(Struct, frozen=True):
    """An author's file that is published unchanged."""

    source: str
    """Its path below the content folder."""
    file: Path
    path: str
    """Its path below the output."""


class Site(Struct, frozen=True, kw_only=True):
    """Everything that was read, with the addresses of everything that will be written."""

    memo: Remembers = field(default_factory=Unremembered)
    """The memo: texts of documents, and results of pure functions.

    It is the first field, so that an attempt to make a key of a whole site fails at once, before
    all of it is encoded.
    """
    settings: SiteSettings
    now: datetime
    """The build's moment, in the site's zone. Nothing reads another clock."""
    documents: tuple[Document, ...]
    """The documents that this build shows, by their source's path."""
    marks: Mapping[str, str]
    """The reason why readers do not see a document yet, like “Draft”, by source."""
    paths: Mapping[str, str]
    """The path of each document's page below the output, by source."""
    links: Mapping[str, Mapping[str, str]]
    """The address of each link target of a document, by source and target."""
    files: tuple[StaticFile, ...]
    sizes: Sizes = field(default_factory=dict)
    """Sizes of the pictures that documents show without giving a size, in px."""
    menu: tuple[MenuEntry, ...] = ()
    """The entries of the navigation, in order, without those of the setting `MENUITEMS`."""
    landmarks: tuple[Landmark, ...] = ()
    """The pages that all other pages may link to."""
    feeds: tuple[FeedView, ...] = ()
    """The feeds that every page announces."""
    kinds: Kinds = Kinds()
    """The kinds of post, in the order of lists."""
    data: Mapping[str, Source] = field(default_factory=dict)
    """The other files that features asked for as text, by path below the content folder."""
    raw: Mapping[str, bytes] = field(default_factory=dict)
    """The other files that features asked for as bytes, by path below the content folder."""
    downloads: Mapping[str, tuple[Download, ...]] = field(default_factory=dict)
    """The files that are published with each document, by source."""
    parts: Mapping[str, object] = field(default_factory=dict)
    """The results of `collect`, by feature."""
    ledger: Ledger = field(default_factory=Ledger)
    """The record of earlier publishes. Files that have moved since are under their new paths."""
    withheld: tuple[Document, ...] = ()
    """Documents that this build does not show: in a publish drafts, early and expired ones."""
    unsound: tuple[Document, ...] = ()
    """Documents with errors in their front matter, for checks; the build will not show any."""
    plain: tuple[PlainMaker, ...] = ()
    """Each feature's `plain` function, in the order of the features' names."""
    records: Mapping[str, DocumentRecord] = field(default_factory=dict)
    """The lasting id, first moment and addresses of each document of this build, by source."""

    @property
    def first_name(self) -> str:
        """The site's name when it was first published.

        Ids are made from it, so that they outlast a new name.
        """
        return self.ledger.site or self.settings.name

    def part(self, name: str, kind: type[T]) -> T:
        """Return a feature's part of the site; the feature has to be among the caller's `needs`.

        Raises TypeError if the part is not of this class.
        """
        part = self.parts[name]
        if not isinstance(part, kind):
            raise TypeError(f"the part {name} is a {type(part).__name__}")
        return part

    def shown(self, document: Document) -> Markup | str:
        """Return a document's markup for a view. Its text is loaded when the page is written."""
        body = document.body
        if not body.digest:
            return self.html(document, body)
        return replace(self._markup(document, body), ids=tuple(sorted(document.ids)))

    def offered(self, kind: type[T]) -> T | None:
        """Return the part of the site that extends this class; None if there is none.

        The classes in `site`, like `KnownFeeds`, are offers of one feature to all others.
        """
        return next((part for part in self.parts.values() if isinstance(part, kind)), None)

    def landmark(self, role: str) -> str:
        """Return the address of the one page with a role; empty if the site has none."""
        return next((self.url(mark.path) for mark in self.landmarks if mark.role == role), "")

    def html(self, document: Document, body: Body) -> str:
        """Return a document's markup with all its links resolved."""
        return self._markup(document, body).html(self.segments(body))

    def segments(self, body: Body) -> tuple[str, ...]:
        """Return the text of a body, as the segments between its links."""
        return segments_of(self.memo, body.digest) if body.digest else body.segments

    def _markup(self, document: Document, body: Body) -> Markup:
        links = self.links[document.source]
        return body.markup(lambda link: links[link.target], self.sizes)

    def picture(self, address: str, alt: str, *, absolute: bool = False) -> ImageView:
        """Return the picture at an address of the site, with its size in px if that is known."""
        width, height = self.sizes.get(address, (0, 0))
        origin = self.settings.address.removesuffix(self.settings.base.rstrip("/"))
        return ImageView(origin + address if absolute else address, alt, width, height)

    def url(self, path: str) -> str:
        """Return the address of a file below the output, beginning with the site's base path."""
        return page_url(self.settings, path)

    def absolute(self, path: str) -> str:
        """Return the absolute address of a file below the output."""
        return self.settings.address + "/" + url_path(without_index(path))


def page_url(settings: SiteSettings, path: str) -> str:
    """Return the address of a file below the output, beginning with the site's base path."""
    return settings.base + url_path(without_index(path))


def without_index(path: str) -> str:
    """Return the path without a final `index.html`, as servers show it."""
    return path[: -len("index.html")] if f"/{path}".endswith("/index.html") else path


def file_for(url: str) -> str:
    """Return the file that a server shows for a path: `posts/x/index.html` for `posts/x/`."""
    return f"{url}index.html" if not url or url.endswith("/") else url


def folders_of(path: str) -> Iterator[str]:
    """Yield the folders that contain a file below the output, the nearest first."""
    end = path.rfind("/")
    while end > 0:
        yield path[:end]
        end = path.rfind("/", 0, end)


class TemplateRow(Struct, frozen=True):
    """A page made from a template and a view."""

    path: str
    origin: Place
    """The file or thing that the page is for, as problems name it."""
    template: str
    view: object
    """The template's view, or a function that makes it."""
    leads_to: str = ""
    """For a page that redirects: the path of the page that it leads to."""

    @property
    def page(self) -> object:
        """The template's view; made now if `view` is a function."""
        return self.view() if callable(self.view) else self.view


class PelicanRow(Struct, frozen=True):
    """A page of a theme for plain Pelican. Its template sees Pelican's objects, and no view.

    No key can be made of those objects, so the page is rendered at every build.
    """

    path: str
    origin: Place
    template: str
    environment: Environment
    """A Jinja environment as the theme expects it."""
    names: Mapping[str, object]
    """All names that the template sees."""


class WriterRow(Struct, frozen=True):
    """A file in another format than HTML, written after all pages."""

    path: str
    origin: Place
    write: Callable[..., bytes]
    """Makes the bytes. If the row has `parts`, it gets their results as one list."""
    check: Callable[[bytes], list[Problem]] | None = None
    """Returns the problems of the bytes, once they are written."""
    parts: tuple[Call, ...] | None = None
    """Calls whose results the file is made from; shared by rows, and made once for all."""
    is_polled: bool = False
    """True if readers' programs ask for the file regularly (a feed, a calendar), so that its
    address has to last.
    """
    leads_to: str = ""
    """For an old address: the path where the same file is now."""

    def data(self, memo: Remembers) -> bytes:
        """Return the bytes of the file."""
        if self.parts is None:
            return self.write()
        return self.write(list(map(memo.answer, self.parts)))


class CopyRow(Struct, frozen=True):
    """A file that is published unchanged."""

    path: str
    origin: Place
    file: Path


PageRow = TemplateRow | PelicanRow
Row = PageRow | WriterRow | CopyRow
