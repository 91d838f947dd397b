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
    """A file of the author's that is published as it is."""

    source: str
    """Its path below the content folder."""
    file: Path
    path: str
    """Its path below the output."""


class Site(Struct, frozen=True, kw_only=True):
    """Everything that was read, with the addresses of what will be written."""

    memo: Remembers = field(default_factory=Unremembered)
    """Has the texts of documents, and the answers of pure functions.

    It comes first: to make a key of a whole site so fails at once, before all of it is encoded.
    """
    settings: SiteSettings
    now: datetime
    """The build's moment, in the site's zone: the only clock there is."""
    documents: tuple[Document, ...]
    """Those that this build shows, by their source's path."""
    marks: Mapping[str, str]
    """By source: why a reader does not see it yet, like “Draft”; absent when one does."""
    paths: Mapping[str, str]
    """By source: the path of the document's page below the output."""
    links: Mapping[str, Mapping[str, str]]
    """By source: the address that each link target of the document leads to."""
    files: tuple[StaticFile, ...]
    sizes: Sizes = field(default_factory=dict)
    """Of the pictures that documents show without saying how large they are."""
    menu: tuple[MenuEntry, ...] = ()
    """The entries of the navigation but for those of the setting `MENUITEMS`, in order."""
    landmarks: tuple[Landmark, ...] = ()
    """The pages that all others may lead to."""
    feeds: tuple[FeedView, ...] = ()
    """The feeds that every page announces."""
    kinds: Kinds = Kinds()
    """The kinds of post, in the order of lists."""
    data: Mapping[str, Source] = field(default_factory=dict)
    """By path below the content folder: the other files that features asked for."""
    raw: Mapping[str, bytes] = field(default_factory=dict)
    """By path below the content folder: those that features asked for as bytes."""
    downloads: Mapping[str, tuple[Download, ...]] = field(default_factory=dict)
    """By source: the files that go with the document."""
    parts: Mapping[str, object] = field(default_factory=dict)
    """By feature: what its `collect` made."""
    ledger: Ledger = field(default_factory=Ledger)
    """What was published before; files that were moved since stand under their new paths."""
    withheld: tuple[Document, ...] = ()
    """Those that this build does not show: a publish has no drafts, nothing early or expired."""
    unsound: tuple[Document, ...] = ()
    """Those of whose heads there are errors, for checks: the build ends before it shows any."""
    plain: tuple[PlainMaker, ...] = ()
    """How each feature makes its elements plain, in the order of their names."""
    records: Mapping[str, DocumentRecord] = field(default_factory=dict)
    """By source: the lasting id, first moment and addresses of each document of this build."""

    @property
    def first_name(self) -> str:
        """The site's name when it was first published: ids made from it outlast a new name."""
        return self.ledger.site or self.settings.name

    def part(self, name: str, kind: type[T]) -> T:
        """What a feature made of the site; the feature has to be among the caller's `needs`."""
        part = self.parts[name]
        if not isinstance(part, kind):
            raise TypeError(f"the part {name} is a {type(part).__name__}")
        return part

    def shown(self, document: Document) -> Markup | str:
        """Return what a view carries of a document's markup: its text is loaded for the page."""
        body = document.body
        if not body.digest:
            return self.html(document, body)
        return replace(self._markup(document, body), ids=tuple(sorted(document.ids)))

    def offered(self, kind: type[T]) -> T | None:
        """Return what a feature offers to all others, by the class in `site` that it extends."""
        return next((part for part in self.parts.values() if isinstance(part, kind)), None)

    def landmark(self, role: str) -> str:
        """Return the address of the one page of a role; empty on a site that has none."""
        return next((self.url(mark.path) for mark in self.landmarks if mark.role == role), "")

    def html(self, document: Document, body: Body) -> str:
        """Return a document's markup with all its links resolved."""
        return self._markup(document, body).html(self.segments(body))

    def segments(self, body: Body) -> tuple[str, ...]:
        """Return the pieces of a body's text."""
        return segments_of(self.memo, body.digest) if body.digest else body.segments

    def _markup(self, document: Document, body: Body) -> Markup:
        links = self.links[document.source]
        return body.markup(lambda link: links[link.target], self.sizes)

    def picture(self, address: str, alt: str, *, absolute: bool = False) -> ImageView:
        """A picture at an address of the site, with its size if that is known."""
        width, height = self.sizes.get(address, (0, 0))
        origin = self.settings.address.removesuffix(self.settings.base.rstrip("/"))
        return ImageView(origin + address if absolute else address, alt, width, height)

    def url(self, path: str) -> str:
        """The address, from the base path on, of a file below the output."""
        return page_url(self.settings, path)

    def absolute(self, path: str) -> str:
        """The absolute address of a file below the output."""
        return self.settings.address + "/" + url_path(without_index(path))


def page_url(settings: SiteSettings, path: str) -> str:
    """The address, from the base path on, of a file below the output."""
    return settings.base + url_path(without_index(path))


def without_index(path: str) -> str:
    """The path with a final `index.html` left out, as a server does."""
    return path[: -len("index.html")] if f"/{path}".endswith("/index.html") else path


def file_for(url: str) -> str:
    """The file that a server shows at a path: `posts/x/` is `posts/x/index.html`."""
    return f"{url}index.html" if not url or url.endswith("/") else url


def folders_of(path: str) -> Iterator[str]:
    """The folders that a file below the output stands in, the nearest first."""
    end = path.rfind("/")
    while end > 0:
        yield path[:end]
        end = path.rfind("/", 0, end)


class TemplateRow(Struct, frozen=True):
    """A page: a template and the view that it is filled with."""

    path: str
    origin: Place
    """The file or the thing that the page is for, as problems name it."""
    template: str
    view: object
    """What the template sees, or a function that makes it."""
    leads_to: str = ""
    """Of a page that leads on, the path of the one that it leads to."""

    @property
    def page(self) -> object:
        """What the template sees."""
        return self.view() if callable(self.view) else self.view


class PelicanRow(Struct, frozen=True):
    """A page of a theme for plain Pelican, which sees objects of Pelican's and no view.

    No key can be made of them, so that it is rendered at every build.
    """

    path: str
    origin: Place
    template: str
    environment: Environment
    """Jinja as the theme expects it: what it compiles, and how."""
    names: Mapping[str, object]
    """All that the template sees."""


class WriterRow(Struct, frozen=True):
    """A file in a format of its own, written when all pages are."""

    path: str
    origin: Place
    write: Callable[..., bytes]
    """It is given what its parts are, as a list, if it is made of any."""
    check: Callable[[bytes], list[Problem]] | None = None
    """What is wrong with the bytes, once they are written."""
    parts: tuple[Call, ...] | None = None
    """What other rows are made of too: each call is made once for all of them."""
    is_polled: bool = False
    """Whether programs of readers ask for it again and again, so that its address has to last: a
    feed or a calendar."""
    leads_to: str = ""
    """At an old address, the path where the same stands now."""

    def data(self, memo: Remembers) -> bytes:
        """Return the bytes of the file."""
        if self.parts is None:
            return self.write()
        return self.write(list(map(memo.answer, self.parts)))


class CopyRow(Struct, frozen=True):
    """A file that is published as it is."""

    path: str
    origin: Place
    file: Path


PageRow = TemplateRow | PelicanRow
Row = PageRow | WriterRow | CopyRow
