"""Posts and pages as Pelican's contents, with resolved links and our addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from markupsafe import escape
from msgspec import Struct, to_builtins
from pelican.contents import Article, Author, Category, Page, Tag
from pelican.utils import SafeDatetime

from ..blog.model import Blog, Post
from ..blog.model import Page as StandingPage
from ..blog.present import lead_html
from ..feeds.entry import facts_html
from ..markdown.document import Document
from ..markdown.plain import plain_html
from ..site.site import Site, without_index
from ..source.slug import slugify, url_path

Term = TypeVar("Term", Author, Category, Tag)


class Contents(Struct, frozen=True):
    """A maker of Pelican's contents from one site's documents, with Pelican's settings."""

    site: Site
    settings: Mapping[str, Any]
    context: Mapping[str, Any]
    """Pelican's context, which every content refers to."""

    @property
    def blog(self) -> Blog:
        """Our posts and pages."""
        return self.site.part("blog", Blog)

    def articles(self) -> list[Article]:
        """Return every post, sorted by its file's path."""
        shown = [post for post in self.blog.posts if not post.mark]
        tags = frozenset(tag for post in shown for tag in post.front_matter.tags)
        return [self._article(post, tags) for post in _by_source(self.blog.posts)]

    def pages(self) -> list[Page]:
        """Return every page, sorted by its file's path."""
        return [self._page(page) for page in _by_source(self.blog.pages)]

    def _article(self, post: Post, tags: frozenset[str]) -> Article:
        """Return a post as an article, with only the tags that Pelican lists: it links to each."""
        front_matter = post.front_matter
        category = front_matter.category or self.settings["DEFAULT_CATEGORY"]
        metadata = {
            **self._metadata(post, post.language),
            "date": _moment(post.date),
            "category": self._term(Category, category),
            "tags": [self._term(Tag, name) for name in front_matter.tags if name in tags],
            "summary": self._summary(post),
        }
        if post.authors:
            metadata["authors"] = [self._term(Author, name) for name in post.authors]
        html = facts_html(post) + self._html(post.document)
        return Article(html, metadata, self.settings, self._file(post.document), self.context)

    def _page(self, page: StandingPage) -> Page:
        metadata = self._metadata(page, page.language)
        if page.front_matter.summary:
            metadata["summary"] = escape(page.front_matter.summary)
        html = self._html(page.document)
        return Page(html, metadata, self.settings, self._file(page.document), self.context)

    def _metadata(self, item: Post | StandingPage, language: str) -> dict[str, Any]:
        """Return the front matter, with Pelican's own keys in Pelican's types.

        Most of its themes show titles without escaping, others escape them: as markup they suit
        both.
        """
        front_matter, own = item.front_matter, self.settings["DEFAULT_LANG"]
        plain: dict[str, Any] = to_builtins(front_matter, builtin_types=(date, datetime))
        del plain["head"]  # not the author's
        metadata = plain | {
            "title": escape(front_matter.title),
            "slug": item.document.slug,
            "lang": own if language.lower() == own.lower() else language,
            "status": "hidden" if item.mark == "Hidden" else "draft" if item.mark else "published",
            "save_as": item.path,
            "url": url_path(without_index(item.path)),
        }
        if front_matter.modified:
            metadata["modified"] = _moment(
                front_matter.modified.astimezone(self.site.settings.zone)
            )
        if front_matter.image:
            address = self.site.links[item.document.source][front_matter.image.src]
            metadata["image"] = address.removeprefix(self.site.settings.base)
        return metadata

    def _summary(self, post: Post) -> str:
        """Return the summary, or else the excerpt that our own lists show."""
        if summary := post.front_matter.summary:
            return f"<p>{escape(summary)}</p>"
        lead = lead_html(self.site, post.document, self.site.url(post.path))
        return self._plain(lead)

    def _html(self, document: Document) -> str:
        return self.site.html(document, document.plain)

    def _plain(self, html: str) -> str:
        """Return the markup without the parts that need our own styles and scripts."""
        return plain_html(html, self.site.plain, has_blocks=True)

    def _file(self, document: Document) -> str:
        return f"{self.settings['PATH']}/{document.source}"

    def _term(self, kind: type[Term], name: str) -> Term:
        """Return a category, tag or author, with the slug that our own pages use."""
        term = kind(name, self.settings)
        term.slug = slugify(name)
        return term


def _by_source(items: Iterable[Any]) -> list[Any]:
    return sorted(items, key=lambda item: item.document.source)


def _moment(moment: datetime) -> SafeDatetime:
    """Return the moment in Pelican's type, which writes dates in any locale."""
    return SafeDatetime.combine(moment.date(), moment.timetz())
