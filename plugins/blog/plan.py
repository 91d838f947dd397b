"""The rows that posts and pages make: themselves, their lists, the archive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby

from msgspec import Struct

from ..markdown.document import Document
from ..site.announce import own_feeds
from ..site.events import whats_on
from ..site.head import head_view
from ..site.site import Row, Site, WriterRow, file_for
from ..site.view import LinkView, WhatsOnView
from ..source.kept import Made, Shared
from ..source.problem import Place
from ..source.times import MONTHS
from .collect import ARCHIVE
from .kept import KeptViews, common_inputs, own_inputs
from .model import Blog, Page, Post, Term
from .present import Presenter, download_path, view_card, view_term
from .related import RelatedPosts
from .view import (
    ArchivePage,
    CardView,
    HomePage,
    ListPage,
    MissingPage,
    MonthView,
    PaginationView,
    TermsPage,
    TermView,
)

HOME_POSTS = 12
MISSING_POSTS = 5

TITLES = {
    "tag": "Tags",
    "category": "Categories",
    "author": "Authors",
    "series": "Series",
}


def plan(site: Site, *, views: KeptViews) -> Iterator[Row]:
    """Every row of the blog."""
    views.turn()
    planner = make_planner(site, site.part("blog", Blog), views)
    yield from _articles(planner)
    yield from _pages(planner)
    yield _home(planner)
    for terms in planner.blog.terms.values():
        for term in terms:
            yield from _list(planner, term)
    for sort in TITLES:
        yield from _index(planner, sort)
    yield from _archive(planner)
    yield _missing(planner)
    for document in site.documents:
        yield from _downloads(site, document)


class Planner(Struct, frozen=True):
    """Makes the rows of one blog; holds what they share."""

    site: Site
    blog: Blog
    views: KeptViews
    shared: Shared
    """What every view may depend on."""
    cards: Mapping[str, Made[CardView]]
    """By source."""
    presenter: Made[Presenter]

    def row(
        self,
        path: str,
        origin: Place,
        template: str,
        view: Callable[[Presenter], object],
        *inputs: object,
    ) -> Row:
        """The row of a page whose view depends on these inputs and what all depend on."""
        make = partial(self._view, view)
        return self.views.row(path, (origin, template), (self.shared, *inputs), make)

    def cards_of(self, posts: Iterable[Post]) -> tuple[Made[CardView], ...]:
        """The cards of these posts."""
        return tuple(self.cards[post.source] for post in posts)

    def _view(self, view: Callable[[Presenter], object]) -> object:
        return view(self.presenter.value)


def make_planner(site: Site, blog: Blog, views: KeptViews) -> Planner:
    """What turns this blog's posts into rows."""
    shared = views.cards.shared(common_inputs(site, blog))
    cards = {
        post.source: views.card(
            post.source, (shared, *own_inputs(site, post)), partial(view_card, site, post)
        )
        for post in blog.posts
    }
    presenter = Made(shared, partial(make_presenter, site, blog, cards))
    return Planner(site, blog, views, shared, cards, presenter)


def make_presenter(site: Site, blog: Blog, cards: Mapping[str, Made[CardView]]) -> Presenter:
    """What turns this blog's posts into views."""
    return Presenter(
        site=site,
        blog=blog,
        related=RelatedPosts(blog),
        cards=cards,
        series={term.slug: term for term in blog.terms["series"]},
        series_positions={
            post.source: n for term in blog.terms["series"] for n, post in enumerate(term.posts)
        },
        translations=_translations(blog),
        term_paths={(t.sort, t.slug): t.path for terms in blog.terms.values() for t in terms},
    )


def _translations(blog: Blog) -> dict[str, tuple[Post | Page, ...]]:
    """By source, the other posts or pages with the same slug: they are in other languages."""
    groups: dict[tuple[str, str], list[Post | Page]] = defaultdict(list)
    items: tuple[Post | Page, ...] = (*blog.posts, *blog.pages)
    for item in items:
        groups[(type(item).__name__, item.document.slug)].append(item)
    return {
        item.document.source: tuple(
            sorted((o for o in group if o is not item), key=lambda o: o.language)
        )
        for group in groups.values()
        if len(group) > 1
        for item in group
    }


def _articles(planner: Planner) -> Iterator[Row]:
    listed = planner.blog.listed
    position = {post.source: number for number, post in enumerate(listed)}
    for post in planner.blog.posts:
        number = position.get(post.source)
        newer = listed[number - 1] if number else None
        older = listed[number + 1] if number is not None and number + 1 < len(listed) else None
        view = partial(Presenter.article, post=post, newer=newer, older=older)
        template, card = _template(post, "article"), planner.cards[post.source]
        # A card is made from all that the page is made from.
        yield planner.row(post.path, _origin(post.document), template, view, card)


def _pages(planner: Planner) -> Iterator[Row]:
    for page in planner.blog.pages:
        template, inputs = _template(page, "page"), own_inputs(planner.site, page)
        view = partial(Presenter.page, page=page)
        yield planner.row(page.path, _origin(page.document), template, view, *inputs)


def _origin(document: Document) -> Place:
    """Where a document's address is decided, for problems with it."""
    for key in ("save_as", "slug"):
        if getattr(document.front_matter, key):
            return document.places[key][0]
    return Place(document.path)


def _template(item: Post | Page, usual: str) -> str:
    return f"{item.front_matter.template or usual}.html"


def _home(planner: Planner) -> Row:
    now, cards = whats_on(planner.site), planner.cards_of(planner.blog.listed[:HOME_POSTS])
    view = partial(_home_page, path="index.html", now=now, cards=cards)
    return planner.row("index.html", Place("the home page"), "home.html", view, now, cards)


def _home_page(
    presenter: Presenter,
    *,
    path: str,
    now: WhatsOnView | None,
    cards: Iterable[Made[CardView]],
) -> HomePage:
    site = presenter.site
    return HomePage(
        head=head_view(site, path, title=site.settings.name),
        now=now,
        posts=tuple(card.value for card in cards),
        kinds=_kinds(presenter),
        archive_url=site.url(ARCHIVE),
    )


def _kinds(presenter: Presenter) -> tuple[TermView, ...]:
    return tuple(view_term(presenter.site, term) for term in presenter.blog.terms["kind"])


def _list(planner: Planner, term: Term) -> Iterator[Row]:
    """The pages of one term's list."""
    length = planner.site.settings.pagination or max(len(term.posts), 1)
    chunks = [term.posts[n : n + length] for n in range(0, len(term.posts), length)]
    paths = [_page_path(term.path, number) for number in range(1, len(chunks) + 1)]
    origin = Place(f"the list of the {term.sort} “{term.name}”")
    for number, (chunk, path) in enumerate(zip(chunks, paths, strict=True), 1):
        cards = planner.cards_of(chunk)
        view = partial(_list_page, term=term, paths=paths, number=number, cards=cards)
        yield planner.row(path, origin, "list.html", view, term.sort, term.slug, cards)


def _list_page(
    presenter: Presenter,
    *,
    term: Term,
    paths: Sequence[str],
    number: int,
    cards: Iterable[Made[CardView]],
) -> ListPage:
    site = presenter.site
    return ListPage(
        head=head_view(
            site,
            paths[number - 1],
            title=term.title + (f", page {number}" if number > 1 else ""),
            description=term.introduction,
            feeds=own_feeds(site, [(term.sort, term.slug)]),
        ),
        sort=term.sort,
        title=term.title,
        introduction=term.introduction,
        count=len(term.posts),
        posts=tuple(card.value for card in cards),
        pagination=_pagination(site, paths, number),
        index=index_link(site, term.sort),
    )


def _page_path(first: str, number: int) -> str:
    """`tags/x/index.html` goes on at `tags/x/page/2/index.html`."""
    if number == 1:
        return first
    folder, _, name = first.rpartition("/")
    stem = name.removesuffix(".html")
    return (
        f"{folder}/page/{number}/index.html"
        if stem == "index"
        else f"{folder}/{stem}-{number}.html"
    )


def _pagination(site: Site, paths: Sequence[str], number: int) -> PaginationView:
    urls = [site.url(path) for path in paths]
    return PaginationView(
        number=number,
        total=len(urls),
        newer=urls[number - 2] if number > 1 else "",
        older=urls[number] if number < len(urls) else "",
        pages=tuple(LinkView(str(n), url, n == number) for n, url in enumerate(urls, 1)),
    )


def index_path(site: Site, sort: str) -> str:
    """The page that lists all tags is the folder of their lists: `tags/`."""
    pattern: str = getattr(site.settings, f"{sort}_url")
    return file_for(pattern.partition("{slug}")[0])


def index_link(site: Site, sort: str) -> LinkView | None:
    """A link to the page that lists all terms of this sort; kinds have none."""
    return LinkView(TITLES[sort], site.url(index_path(site, sort))) if sort in TITLES else None


def _index(planner: Planner, sort: str) -> Iterator[Row]:
    terms, path = planner.blog.terms[sort], index_path(planner.site, sort)
    if terms and path != "index.html":
        origin = Place(f"the list of all {TITLES[sort].lower()}")
        view = partial(_terms_page, path=path, sort=sort)
        yield planner.row(path, origin, "terms.html", view, sort)


def _terms_page(presenter: Presenter, *, path: str, sort: str) -> TermsPage:
    site = presenter.site
    return TermsPage(
        head=head_view(site, path, title=TITLES[sort]),
        sort=sort,
        title=TITLES[sort],
        terms=tuple(view_term(site, term) for term in presenter.blog.terms[sort]),
    )


def _archive(planner: Planner) -> Iterator[Row]:
    """A page a year; the newest year's stands at `archive/` too, so that it has one address.

    It stands at the folder of all posts as well, where a reader looks who shortens an address.
    """
    site, posts = planner.site, planner.blog.listed
    years = [(year, list(group)) for year, group in groupby(posts, key=lambda p: p.date.year)]
    paths = {year: file_for(site.settings.archive_url.format(year=year)) for year, _ in years}
    for number, (year, group) in enumerate(years or [(site.now.year, [])]):
        path = paths.get(year, "")
        terms = tuple(
            TermView(str(y), "" if y == year else site.url(paths[y]), len(g)) for y, g in years
        )
        newest = [ARCHIVE, *_posts_folder(planner)] if number == 0 else []
        for target in [*newest, path] if path else newest:
            view = partial(_archive_page, path=path or target, year=year, terms=terms, posts=group)
            origin = Place(f"the archive of {year}")
            yield planner.row(target, origin, "archive.html", view, year)


def _archive_page(
    presenter: Presenter, *, path: str, year: int, terms: tuple[TermView, ...], posts: list[Post]
) -> ArchivePage:
    return ArchivePage(
        head=head_view(presenter.site, path, title=f"Posts of {year}"),
        title=str(year),
        years=terms,
        months=tuple(_months(presenter, posts)),
    )


def _posts_folder(planner: Planner) -> list[str]:
    """The page `posts/` when there are posts at `posts/{slug}/`, and nothing else is there."""
    site = planner.site
    path = posts_folder(site)
    taken = {*site.paths.values()}
    taken |= {term.path for terms in planner.blog.terms.values() for term in terms}
    taken |= {"index.html", ARCHIVE, *(index_path(site, sort) for sort in TITLES)}
    is_folder = path.endswith("/index.html") and path not in taken
    return [path] if planner.blog.listed and is_folder else []


def posts_folder(site: Site) -> str:
    """The page of the folder that posts lie in."""
    return file_for(site.settings.article_url.partition("{")[0])


def _months(presenter: Presenter, posts: Iterable[Post]) -> Iterator[MonthView]:
    for (year, month), group in groupby(posts, key=lambda p: (p.date.year, p.date.month)):
        entries = tuple(presenter.entry(post) for post in group)
        yield MonthView(MONTHS[month - 1], f"{year:04}-{month:02}", entries)


def _missing(planner: Planner) -> Row:
    view = partial(_missing_page, path="404.html")
    return planner.row("404.html", Place("the 404 page"), "404.html", view)


def _missing_page(presenter: Presenter, *, path: str) -> MissingPage:
    return MissingPage(
        head=head_view(presenter.site, path, title="Page not found", is_indexed=False),
        posts=tuple(presenter.entry(post) for post in presenter.blog.listed[:MISSING_POSTS]),
        kinds=_kinds(presenter),
    )


def _downloads(site: Site, document: Document) -> Iterator[Row]:
    for download in site.downloads.get(document.source, ()):
        path = download_path(site.paths[document.source], download)
        yield WriterRow(path, Place(document.path), partial(bytes, download.data))
