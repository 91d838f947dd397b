"""Posts and pages with their addresses, in order and in groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from ..markdown.document import Document
from ..source.kinds import Kind
from ..source.schema import PageFrontMatter, PostFrontMatter


class Post(Struct, frozen=True):
    """A post with its place on the site."""

    document: Document
    front_matter: PostFrontMatter
    path: str
    """The path of its page, below the output."""
    language: str
    authors: tuple[str, ...]
    mark: str
    """The reason why the public does not find it, like “Draft”; empty if it does."""
    is_listed: bool
    """False for hidden posts: they have an address, but no list shows them."""
    zone: ZoneInfo
    """The site's zone."""
    kind: Kind

    @property
    def source(self) -> str:
        """The path of its file below the content folder."""
        return self.document.source

    @property
    def date(self) -> datetime:
        """The moment of its publication in the site's zone, which decides the day shown."""
        return self.front_matter.date.astimezone(self.zone)


class Page(Struct, frozen=True):
    """A page with its place on the site."""

    document: Document
    front_matter: PageFrontMatter
    path: str
    language: str
    mark: str


class Term(Struct, frozen=True):
    """A tag, category, author, series or kind, with its posts."""

    sort: str
    """`tag`, `category`, `author`, `series` or `kind`."""
    name: str
    slug: str
    path: str
    """The path of its list's first page, below the output."""
    posts: tuple[Post, ...]
    """Newest first; oldest first in a series."""
    label: str = ""
    """The name that pages show, if it is not `name`: the plural of a kind."""
    introduction: str = ""
    """A sentence for the top of its list."""

    @property
    def title(self) -> str:
        """The name that pages show."""
        return self.label or self.name


class Blog(Struct, frozen=True):
    """All posts and pages."""

    posts: tuple[Post, ...]
    """Newest first, with hidden ones."""
    pages: tuple[Page, ...]
    terms: Mapping[str, tuple[Term, ...]] = field(default_factory=dict)
    """The terms of each sort, sorted by name; kinds in the order of lists."""

    @property
    def listed(self) -> tuple[Post, ...]:
        """The posts that lists show, newest first."""
        return tuple(post for post in self.posts if post.is_listed)

    def term(self, sort: str, slug: str) -> Term | None:
        """Return the term of a sort with this slug, or None if it has no posts."""
        return next((term for term in self.terms[sort] if term.slug == slug), None)


def newest_first(posts: Iterable[Post]) -> tuple[Post, ...]:
    """Return the posts by date, newest first; those of the same moment by their file's path."""
    by_source = sorted(posts, key=lambda post: post.source)
    return tuple(sorted(by_source, key=lambda post: post.date, reverse=True))


def as_names(name: str | None) -> tuple[str, ...]:
    """Return a tuple with the name, or an empty one for None or an empty name."""
    return (name,) if name else ()
