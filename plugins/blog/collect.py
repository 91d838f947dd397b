"""Makes posts and pages from documents, and groups posts by tag, category, author and series."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from ..markdown.document import Document
from ..site.menu import MenuEntry
from ..site.site import Site, file_for
from ..source.problem import Problem, Problems, quoted
from ..source.schema import PageFrontMatter, PostFrontMatter
from ..source.settings import SiteSettings
from ..source.slug import slugify
from ..source.text import counted
from .kinds import CallFrontMatter
from .model import Blog, Page, Post, Term, as_names, newest_first

Names = Callable[[Post], tuple[str, ...]]

SORTS: dict[str, Names] = {
    "tag": lambda post: post.front_matter.tags,
    "category": lambda post: as_names(post.front_matter.category),
    "author": lambda post: post.authors,
    "series": lambda post: as_names(post.front_matter.series),
}

ARCHIVE = "archive/index.html"
"""The page of all posts by year."""

KEYS = {"tag": "tags", "category": "category", "author": "authors", "series": "series"}
"""The key in front matter of each sort of term."""


def address(document: Document, settings: SiteSettings) -> str | None:
    """Return the path below the output of a post's or page's file; None for other documents."""
    front_matter = document.front_matter
    if isinstance(front_matter, PostFrontMatter):
        pattern = settings.article_url
    elif isinstance(front_matter, PageFrontMatter):
        pattern = settings.page_url
    else:
        return None
    slug = _slug_with_language(document, settings)
    date = getattr(front_matter, "date", None)
    date = date.astimezone(settings.zone) if date else None
    values = {"slug": slug, "date": date, "lang": front_matter.lang or settings.language}
    return file_for(pattern.format(**values))


def collect(site: Site, problems: Problems) -> Blog:
    """Return all posts and pages of the site, and their terms."""
    posts = newest_first(_post(site, d) for d in site.documents if d.section == "post")
    pages = tuple(_page(site, d) for d in site.documents if d.section == "page")
    listed = [post for post in posts if post.is_listed]
    terms = {sort: _terms(site, sort, names, listed, problems) for sort, names in SORTS.items()}
    return Blog(posts, pages, {**terms, "kind": _kinds(site, listed)})


def moments(site: Site) -> Iterator[datetime]:
    """Yield the moments at which a post appears or expires, a call closes, and a year begins."""
    for document in (*site.documents, *site.withheld):
        head = document.front_matter
        if isinstance(head, PostFrontMatter):
            yield head.date
            yield from (head.expires,) if head.expires else ()
        if isinstance(head, CallFrontMatter):
            yield head.closes
    yield datetime(site.now.year + 1, 1, 1, tzinfo=site.now.tzinfo)  # an archive without a post


def menu(site: Site) -> Iterator[MenuEntry]:
    """Yield the archive, and the pages that ask for a place in the navigation."""
    yield MenuEntry(10, 0, "Posts", ARCHIVE)
    for document in site.documents:
        head = document.front_matter
        if isinstance(head, PageFrontMatter) and head.menu is not None:
            yield MenuEntry(30, head.menu, document.title, site.paths[document.source])


def counts(site: Site, _: object) -> Iterator[str]:
    """Yield the numbers of posts and pages, in words."""
    blog = site.part("blog", Blog)
    yield counted(len(blog.posts), "post")
    yield counted(len(blog.pages), "page")


def _slug_with_language(document: Document, settings: SiteSettings) -> str:
    """Return the slug, followed by the language if that is not the site's own."""
    language = document.front_matter.lang or settings.language
    own = language.lower() == settings.language.lower()
    return document.slug if own else f"{document.slug}-{language.lower()}"


def _post(site: Site, document: Document) -> Post:
    front_matter, settings = document.front_matter, site.settings
    assert isinstance(front_matter, PostFrontMatter)
    return Post(
        document=document,
        front_matter=front_matter,
        path=site.paths[document.source],
        language=front_matter.lang or settings.language,
        authors=front_matter.authors or as_names(settings.author),
        mark=site.marks.get(document.source, ""),
        is_listed=front_matter.status != "hidden",
        zone=settings.zone,
        kind=site.kinds.of(front_matter),
    )


def _page(site: Site, document: Document) -> Page:
    front_matter, source = document.front_matter, document.source
    assert isinstance(front_matter, PageFrontMatter)
    language = front_matter.lang or site.settings.language
    return Page(document, front_matter, site.paths[source], language, site.marks.get(source, ""))


def _kinds(site: Site, posts: Iterable[Post]) -> tuple[Term, ...]:
    """Return every kind that has posts, in the order of lists."""
    groups: dict[str, list[Post]] = defaultdict(list)
    for post in posts:
        groups[post.front_matter.kind].append(post)
    return tuple(
        Term(
            "kind",
            kind.name,
            kind.slug,
            _path(site, "kind", kind.slug),
            tuple(groups[kind.name]),
            kind.plural,
            kind.introduction,
        )
        for kind in site.kinds
        if kind.name in groups
    )


def _terms(
    site: Site, sort: str, names: Names, posts: Iterable[Post], problems: Problems
) -> tuple[Term, ...]:
    """Return the terms of a sort with their posts, by name; report two spellings of one address."""
    groups: dict[str, list[Post]] = defaultdict(list)
    spelling: dict[str, tuple[str, Post]] = {}
    for post in posts:
        for name in dict.fromkeys(names(post)):
            slug = slugify(name)
            first, owner = spelling.setdefault(slug, (name, post))
            if not slug:
                problems.append(_no_address(sort, name, post))
                continue
            if first != name:
                problems.append(_two_spellings(sort, name, post, first, owner))
            groups[slug].append(post)
    in_order = sorted(groups, key=lambda slug: (spelling[slug][0].casefold(), slug))
    return tuple(
        Term(sort, spelling[s][0], s, _path(site, sort, s), _ordered(sort, groups[s]))
        for s in in_order
    )


def _ordered(sort: str, posts: list[Post]) -> tuple[Post, ...]:
    return tuple(reversed(posts)) if sort == "series" else tuple(posts)


def _path(site: Site, sort: str, slug: str) -> str:
    pattern: str = getattr(site.settings, f"{sort}_url")
    return file_for(pattern.format(slug=slug))


def _no_address(sort: str, name: str, post: Post) -> Problem:
    return post.document.problem(
        KEYS[sort],
        found=f"the {sort} {quoted(name)}, which leaves nothing for an address",
        expected="at least one letter or digit in it",
    )


def _two_spellings(sort: str, name: str, post: Post, first: str, owner: Post) -> Problem:
    place = "" if owner.document is post.document else f", as in {owner.document.path}"
    return post.document.problem(
        KEYS[sort],
        found=f"the {sort} {quoted(name)}, whose address is that of {quoted(first)}",
        expected=f"one spelling for both{place}",
    )
