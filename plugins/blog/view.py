"""The views of the blog's templates."""

from __future__ import annotations

from msgspec import Struct

from ..markdown.document import Markup
from ..site.view import BadgeView, DateView, EventLinkView, HeadView, ImageView, KindView, LinkView


class CardView(Struct, frozen=True):
    """A post as lists show it."""

    url: str
    title: str
    language: str
    direction: str
    kind: KindView
    date: DateView
    updated: DateView | None
    excerpt: str
    """Its summary, or else its beginning, as text: lists show two or three lines of it."""
    minutes: int
    """The reading time in minutes."""
    mark: str
    """“Draft”, “Hidden”, “Scheduled for 3 May 2027”, “Expired”, or empty."""
    call_status: str
    """For a call: “Open until …” or “Closed on …”; else empty."""
    closes: str
    """For a call: the instant at which it closes, in ISO 8601 with offset; else empty."""
    is_open: bool = False
    """For a call: True if it is open at the build's moment."""


class HeadingView(Struct, frozen=True):
    """A heading in a list of contents; `html` is its text with inline markup, but no links."""

    id: str
    html: str
    children: tuple[HeadingView, ...]


class RelatedView(Struct, frozen=True):
    """A related post and the reason."""

    url: str
    title: str
    kind_label: str
    date: DateView
    reason: str
    """Like “also tagged alembic, migrations”."""


class SeriesView(Struct, frozen=True):
    """The series that a post is part of."""

    name: str
    url: str
    position: int
    """The post's position in the series, from 1."""
    total: int
    """The number of posts in the series."""
    first: int
    """The position of the first of `posts`, from 1."""
    posts: tuple[LinkView, ...]
    """The posts around this one, which is marked as current."""


class FactView(Struct, frozen=True):
    """A fact that a kind adds, as one line: “Closes: 20 September 2011”, “Security: CVE-…”."""

    label: str
    values: tuple[LinkView, ...]
    """Values with an empty `url` are plain text."""


class OpeningView(Struct, frozen=True, kw_only=True):
    """The opening of a post, by its kind; fields of other kinds are empty."""

    command: str = ""
    """For a guide: the first command to type."""
    prompt: str = ""
    command_id: str = ""
    """The id of the block that contains the command."""
    numbers: tuple[str, ...] = ()
    """The amount of work, like “68 commands” and “9 sections”."""
    versions: tuple[str, ...] = ()
    """For a release of no product: its versions."""
    numeral: str = ""
    """For a call: its last day, as the day of the month."""
    month: str = ""
    """The month and year of that day."""


class ArticlePage(Struct, frozen=True):
    """A whole post. Template: article.html."""

    head: HeadView
    card: CardView
    standfirst: str
    """The summary, shown before the text in larger letters; empty if there is none."""
    opening: OpeningView
    html: Markup | str
    contents: tuple[HeadingView, ...]
    authors: tuple[LinkView, ...]
    category: LinkView | None
    tags: tuple[LinkView, ...]
    event: EventLinkView | None
    series: SeriesView | None
    image: ImageView | None
    facts: tuple[FactView, ...]
    answer: LinkView | None
    """For a call that is open: a link to the address for answers."""
    downloads: tuple[LinkView, ...]
    newer: LinkView | None
    older: LinkView | None
    related: tuple[RelatedView, ...]


class StandingPage(Struct, frozen=True):
    """A page that is not a post: about, how to write here. Template: page.html."""

    head: HeadView
    title: str
    html: Markup | str
    contents: tuple[HeadingView, ...]
    updated: DateView | None
    mark: str
    image: ImageView | None
    downloads: tuple[LinkView, ...]


class PaginationView(Struct, frozen=True):
    """The position of one page of a list among its pages."""

    number: int
    total: int
    newer: str
    """The address of the page before; empty on the first."""
    older: str
    """The address of the page after; empty on the last."""
    pages: tuple[LinkView, ...]
    """Links to all pages; their labels are numbers."""


class HomePage(Struct, frozen=True):
    """The front page. Template: home.html."""

    head: HeadView
    badges: tuple[BadgeView, ...]
    """The events around the build's moment."""
    posts: tuple[CardView, ...]
    kinds: tuple[TermView, ...]
    """The kinds that have posts."""
    archive_url: str


class ListPage(Struct, frozen=True):
    """The posts of one kind, tag, category, author or series. Template: list.html."""

    head: HeadView
    sort: str
    """`kind`, `tag`, `category`, `author` or `series`."""
    title: str
    introduction: str
    since: str
    """The month of the oldest post, like `September 2011`; empty if there is only one."""
    initials: str
    """The initials of an author; else empty."""
    glyph: str
    """The name of a kind's drawing; else empty."""
    tint: int
    """The number of the colour of a kind or author; else 0."""
    count: int
    posts: tuple[CardView, ...]
    pagination: PaginationView
    index: LinkView | None
    """A link to the page that lists all terms of this sort (all tags)."""


class TermView(Struct, frozen=True):
    """A tag, category, author, series or kind with the number of its posts."""

    label: str
    url: str
    count: int
    glyph: str = ""
    """The name of a kind's drawing; else empty."""
    tint: int = 0
    """The number of a kind's colour; else 0."""


class TermsPage(Struct, frozen=True):
    """All tags, categories, authors or series. Template: terms.html."""

    head: HeadView
    sort: str
    title: str
    terms: tuple[TermView, ...]


class MonthView(Struct, frozen=True):
    """The posts of one month, newest first; `name` is “May”, or “May 2027” in the list of years."""

    name: str
    iso: str
    posts: tuple[ArchiveEntryView, ...]


class ArchiveEntryView(Struct, frozen=True):
    """One line of an archive."""

    url: str
    title: str
    language: str
    kind: KindView
    date: DateView
    mark: str


class ArchivePage(Struct, frozen=True):
    """All posts of a year by month, or of all years. Template: archive.html."""

    head: HeadView
    title: str
    years: tuple[TermView, ...]
    """Every year that has posts, newest first; the current one has an empty `url`."""
    months: tuple[MonthView, ...]
    count: int
    """The number of posts on the page."""


class MissingPage(Struct, frozen=True):
    """The 404 page. Template: 404.html. All its addresses are absolute paths."""

    head: HeadView
    posts: tuple[ArchiveEntryView, ...]
    """The newest few posts."""
    kinds: tuple[TermView, ...]
