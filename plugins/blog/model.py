"""Posts and pages as the site knows them: with addresses, in order, grouped."""

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
    """Below the output."""
    language: str
    authors: tuple[str, ...]
    mark: str
    """Why the public does not find it, like “Draft”; empty when it does."""
    is_listed: bool
    """False for hidden posts: they have an address, but stand on no list."""
    zone: ZoneInfo
    """The site's."""
    kind: Kind

    @property
    def source(self) -> str:
        """The path of its file below the content folder."""
        return self.document.source

    @property
    def date(self) -> datetime:
        """When it is published, in the site's zone: it decides the day that the post is of."""
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
    """Of its list's first page, below the output."""
    posts: tuple[Post, ...]
    """Newest first; a series oldest first."""
    label: str = ""
    """What pages call it, if that is not its name: the plural of a kind."""
    introduction: str = ""
    """A sentence for the head of its list."""

    @property
    def title(self) -> str:
        """What pages call it."""
        return self.label or self.name


class Blog(Struct, frozen=True):
    """All posts and pages."""

    posts: tuple[Post, ...]
    """Newest first, hidden ones too."""
    pages: tuple[Page, ...]
    terms: Mapping[str, tuple[Term, ...]] = field(default_factory=dict)
    """By sort, each sorted by name."""

    @property
    def listed(self) -> tuple[Post, ...]:
        """The posts that lists show, newest first."""
        return tuple(post for post in self.posts if post.is_listed)

    def term(self, sort: str, slug: str) -> Term | None:
        """The tag, category, author, series or kind with an address, if it has posts."""
        return next((term for term in self.terms[sort] if term.slug == slug), None)


def newest_first(posts: Iterable[Post]) -> tuple[Post, ...]:
    """By date, and those of one instant by their file's path."""
    by_source = sorted(posts, key=lambda post: post.source)
    return tuple(sorted(by_source, key=lambda post: post.date, reverse=True))


def as_names(name: str | None) -> tuple[str, ...]:
    """The one name; none without it."""
    return (name,) if name else ()
