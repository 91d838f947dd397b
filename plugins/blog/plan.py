"""The rows of posts and pages, their lists, and the archive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby

from ..markdown.document import Document
from ..site.announce import own_feeds
from ..site.events import event_badges
from ..site.head import head_view
from ..site.site import Row, Site, TemplateRow, WriterRow, file_for
from ..site.tint import kind_glyph, kind_tint, name_tint
from ..site.view import LinkView
from ..source.problem import Place
from ..source.text import initials
from ..source.times import MONTHS
from .collect import ARCHIVE
from .model import Blog, Page, Post, Term
from .present import Presenter, download_path, view_card, view_term
from .related import RelatedPosts
from .view import (
    ArchivePage,
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

MOST_ARCHIVED = 500
"""The number of posts up to which the page of all years shows all of them."""

TITLES = {
    "tag": "Tags",
    "category": "Categories",
    "author": "Authors",
    "series": "Series",
}


def plan(site: Site) -> Iterator[Row]:
    """Yield every row of the blog. A page's view is made when the page is rendered."""
    presenter = make_presenter(site, site.part("blog", Blog))
    yield from _articles(presenter)
    yield from _pages(presenter)
    yield _home(presenter)
    for terms in presenter.blog.terms.values():
        for term in terms:
            yield from _list(presenter, term)
    for sort in TITLES:
        yield from _index(presenter, sort)
    yield from _archive(presenter)
    yield _missing(presenter)
    for document in site.documents:
        yield from _downloads(site, document)


def make_presenter(site: Site, blog: Blog) -> Presenter:
    """Return the presenter that makes views of this blog's posts and pages."""
    return Presenter(
        site=site,
        blog=blog,
        related=RelatedPosts(blog),
        cards={post.source: view_card(site, post) for post in blog.posts},
        series={term.slug: term for term in blog.terms["series"]},
        series_positions={
            post.source: n for term in blog.terms["series"] for n, post in enumerate(term.posts)
        },
        translations=_translations(blog),
        term_paths={(t.sort, t.slug): t.path for terms in blog.terms.values() for t in terms},
    )


def _translations(blog: Blog) -> dict[str, tuple[Post | Page, ...]]:
    """Return the other posts or pages with the same slug, which are translations, by source."""
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


def _articles(presenter: Presenter) -> Iterator[Row]:
    listed = presenter.blog.listed
    position = {post.source: number for number, post in enumerate(listed)}
    for post in presenter.blog.posts:
        number = position.get(post.source)
        newer = listed[number - 1] if number else None
        older = listed[number + 1] if number is not None and number + 1 < len(listed) else None
        view = partial(presenter.article, post, newer=newer, older=older)
        yield TemplateRow(post.path, _origin(post.document), _template(post, "article"), view)


def _pages(presenter: Presenter) -> Iterator[Row]:
    for page in presenter.blog.pages:
        view = partial(presenter.page, page)
        yield TemplateRow(page.path, _origin(page.document), _template(page, "page"), view)


def _origin(document: Document) -> Place:
    """Return the place that decides a document's address, for problems with it."""
    for key in ("save_as", "slug"):
        if getattr(document.front_matter, key):
            return document.places[key][0]
    return Place(document.path)


def _template(item: Post | Page, usual: str) -> str:
    return f"{item.front_matter.template or usual}.html"


def _home(presenter: Presenter) -> Row:
    view = partial(_home_page, presenter)
    return TemplateRow("index.html", Place("the home page"), "home.html", view)


def _home_page(presenter: Presenter) -> HomePage:
    site = presenter.site
    return HomePage(
        head=head_view(site, "index.html", title=site.settings.name),
        badges=event_badges(site),
        posts=presenter.cards_of(presenter.blog.listed[:HOME_POSTS]),
        kinds=_kinds(presenter),
        archive_url=site.url(ARCHIVE),
    )


def _kinds(presenter: Presenter) -> tuple[TermView, ...]:
    return tuple(view_term(presenter.site, term) for term in presenter.blog.terms["kind"])


def _list(presenter: Presenter, term: Term) -> Iterator[Row]:
    """Yield the pages of one term's list."""
    length = presenter.site.settings.pagination or max(len(term.posts), 1)
    chunks = [term.posts[n : n + length] for n in range(0, len(term.posts), length)]
    paths = [_page_path(term.path, number) for number in range(1, len(chunks) + 1)]
    origin = Place(f"the list of the {term.sort} “{term.name}”")
    for number, (chunk, path) in enumerate(zip(chunks, paths, strict=True), 1):
        view = partial(_list_page, presenter, term=term, paths=paths, number=number, posts=chunk)
        yield TemplateRow(path, origin, "list.html", view)


def _list_page(
    presenter: Presenter, *, term: Term, paths: Sequence[str], number: int, posts: Iterable[Post]
) -> ListPage:
    site = presenter.site
    return ListPage(
        head=head_view(
            site,
            paths[number - 1],
            title=term.title + (f", page {number}" if number > 1 else ""),
            section=ARCHIVE,
            description=term.introduction,
            feeds=own_feeds(site, [(term.sort, term.slug)]),
        ),
        sort=term.sort,
        title=term.title,
        introduction=term.introduction,
        since=_since(term.posts),
        initials=initials(term.name) if term.sort == "author" else "",
        glyph=kind_glyph(term.posts[0].kind) if term.sort == "kind" else "",
        tint=_tint(term),
        count=len(term.posts),
        posts=presenter.cards_of(posts),
        pagination=_pagination(site, paths, number),
        index=index_link(site, term.sort),
    )


def _since(posts: Sequence[Post]) -> str:
    """Return the month of the oldest post, the first or last; empty for a single post."""
    oldest = min((post.date for post in (*posts[:1], *posts[-1:])), default=None)
    return f"{MONTHS[oldest.month - 1]} {oldest.year}" if oldest and len(posts) > 1 else ""


def _tint(term: Term) -> int:
    if term.sort == "kind":
        return kind_tint(term.posts[0].kind)
    return name_tint(term.name) if term.sort == "author" else 0


def _page_path(first: str, number: int) -> str:
    """Return the path of a page of a list: `tags/x/page/2/index.html` for `tags/x/index.html`."""
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
    """Return the path of the page that lists all terms of a sort: the folder of their lists."""
    pattern: str = getattr(site.settings, f"{sort}_url")
    return file_for(pattern.partition("{slug}")[0])


def index_link(site: Site, sort: str) -> LinkView | None:
    """Return a link to the page that lists all terms of this sort; kinds have none."""
    return LinkView(TITLES[sort], site.url(index_path(site, sort))) if sort in TITLES else None


def _index(presenter: Presenter, sort: str) -> Iterator[Row]:
    terms, path = presenter.blog.terms[sort], index_path(presenter.site, sort)
    if terms and path != "index.html":
        origin = Place(f"the list of all {TITLES[sort].lower()}")
        view = partial(_terms_page, presenter, path=path, sort=sort)
        yield TemplateRow(path, origin, "terms.html", view)


def _terms_page(presenter: Presenter, *, path: str, sort: str) -> TermsPage:
    site = presenter.site
    return TermsPage(
        head=head_view(site, path, title=TITLES[sort], section=ARCHIVE),
        sort=sort,
        title=TITLES[sort],
        terms=tuple(view_term(site, term) for term in presenter.blog.terms[sort]),
    )


def _archive(presenter: Presenter) -> Iterator[Row]:
    """Yield a page for each year, and one of all years at `archive/`.

    The page of all years is also at the folder of all posts, for readers who shorten an address. If
    the blog is large, it shows the newest year, and the numbers of posts of the others.
    """
    site, posts = presenter.site, presenter.blog.listed
    years = [(year, list(group)) for year, group in groupby(posts, key=lambda p: p.date.year)]
    paths = {year: file_for(site.settings.archive_url.format(year=year)) for year, _ in years}
    for year, group in years:
        terms, path = _years(site, years, paths, year), paths[year]
        yield _archive_row(presenter, path, path, str(year), terms, group)
    shown = posts if len(posts) <= MOST_ARCHIVED else years[0][1]
    for target in [ARCHIVE, *_posts_folder(presenter)]:
        terms = _years(site, years, paths, None)
        yield _archive_row(presenter, target, ARCHIVE, "All posts", terms, shown)


def _archive_row(
    presenter: Presenter,
    target: str,
    path: str,
    title: str,
    terms: tuple[TermView, ...],
    posts: Sequence[Post],
) -> Row:
    place = Place("the archive" if path == ARCHIVE else f"the archive of {title}")
    view = partial(_archive_page, presenter, path=path, title=title, terms=terms, posts=posts)
    return TemplateRow(target, place, "archive.html", view)


def _years(
    site: Site,
    years: Iterable[tuple[int, Sequence[Post]]],
    paths: Mapping[int, str],
    current: int | None,
) -> tuple[TermView, ...]:
    """Return the years with their numbers of posts; the current one has no address."""
    return tuple(
        TermView(str(year), "" if year == current else site.url(paths[year]), len(posts))
        for year, posts in years
    )


def _archive_page(
    presenter: Presenter,
    *,
    path: str,
    title: str,
    terms: tuple[TermView, ...],
    posts: Sequence[Post],
) -> ArchivePage:
    return ArchivePage(
        head=head_view(presenter.site, path, title=_archive_title(title), section=ARCHIVE),
        title=title,
        years=terms,
        months=tuple(_months(presenter, posts, has_year=path == ARCHIVE)),
        count=len(posts),
    )


def _archive_title(title: str) -> str:
    return f"Posts of {title}" if title.isdigit() else title


def _posts_folder(presenter: Presenter) -> list[str]:
    """Return the path of `posts/` if posts are at `posts/{slug}/` and no other page is there."""
    site, blog = presenter.site, presenter.blog
    path = posts_folder(site)
    taken = {*site.paths.values()}
    taken |= {term.path for terms in blog.terms.values() for term in terms}
    taken |= {"index.html", ARCHIVE, *(index_path(site, sort) for sort in TITLES)}
    is_folder = path.endswith("/index.html") and path not in taken
    return [path] if blog.listed and is_folder else []


def posts_folder(site: Site) -> str:
    """Return the path of the page of the folder that contains all posts."""
    return file_for(site.settings.article_url.partition("{")[0])


def _months(presenter: Presenter, posts: Iterable[Post], *, has_year: bool) -> Iterator[MonthView]:
    for (year, month), group in groupby(posts, key=lambda p: (p.date.year, p.date.month)):
        entries = tuple(presenter.entry(post) for post in group)
        name = f"{MONTHS[month - 1]} {year}" if has_year else MONTHS[month - 1]
        yield MonthView(name, f"{year:04}-{month:02}", entries)


def _missing(presenter: Presenter) -> Row:
    view = partial(_missing_page, presenter)
    return TemplateRow("404.html", Place("the 404 page"), "404.html", view)


def _missing_page(presenter: Presenter) -> MissingPage:
    return MissingPage(
        head=head_view(presenter.site, "404.html", title="Page not found", is_indexed=False),
        posts=tuple(presenter.entry(post) for post in presenter.blog.listed[:MISSING_POSTS]),
        kinds=_kinds(presenter),
    )


def _downloads(site: Site, document: Document) -> Iterator[Row]:
    for download in site.downloads.get(document.source, ()):
        path = download_path(site.paths[document.source], download)
        yield WriterRow(path, Place(document.path), partial(bytes, download.data))
