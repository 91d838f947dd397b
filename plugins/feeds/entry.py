"""The entry of a post, the same in all feeds that hold it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape

from ..blog.kinds import CallFrontMatter
from ..blog.model import Blog, Post
from ..blog.present import answer_link, facts_of, last_day
from ..markdown.document import Document
from ..markdown.html import shortened
from ..site.ledger import new_id
from ..site.site import Site
from ..site.view import LinkView
from ..source.schema import PostFrontMatter
from ..source.slug import slugify
from ..source.text import xml_text
from .content import Content
from .model import FeedEntry, Person, fraction_of
from .picture import Pictures

SUMMARY = 300
"""The most characters of a summary that is taken from the text."""


class EntryMaker:
    """A maker of the entries of one site's posts, with what they share."""

    def __init__(self, site: Site, blog: Blog) -> None:
        self.site = site
        self.pictures = Pictures(site)
        self.people = {term.slug: site.absolute(term.path) for term in blog.terms["author"]}

    def entry(self, post: Post) -> FeedEntry:
        """Return the entry of a post."""
        front_matter, url = post.front_matter, self.site.absolute(post.path)
        record = self.site.records[post.source]
        published = datetime.fromisoformat(record.published).astimezone(post.zone)
        updated = front_matter.modified or published
        summary = xml_text(front_matter.summary or shortened(post.document.text, SUMMARY))
        return FeedEntry(
            id=record.id,
            source=post.document.path,
            url=url,
            title=xml_text(front_matter.title),
            summary=summary,
            content=self._content(post, url),
            published=published,
            updated=updated.replace(microsecond=fraction_of(record.id)),
            authors=tuple(self._person(name) for name in post.authors),
            categories=tuple(xml_text(name) for name in _categories(front_matter)),
            language=post.language,
            picture=self.pictures.of(post.document),
        )

    def _person(self, name: str) -> Person:
        return Person(xml_text(name), self.people.get(slugify(name), ""))

    def _content(self, post: Post, url: str) -> Content:
        document, links = post.document, self.site.links[post.source]
        return Content(
            markup=document.plain.markup(lambda link: links[link.target]),
            url=url,
            language=post.language,
            before=self._image(document) + facts_html(post),
            segments=document.plain.segments,
        )

    def _image(self, document: Document) -> str:
        """Return the markup of the post's own picture, which its page shows before the text."""
        image = document.front_matter.image
        if not image:
            return ""
        address = self.site.links[document.source][image.src]
        return f'<p><img src="{escape(address)}" alt="{escape(image.alt)}"></p>'


def _categories(front_matter: PostFrontMatter) -> Iterable[str]:
    category = [front_matter.category] if front_matter.category else []
    return dict.fromkeys((*category, *front_matter.tags))


def facts_html(post: Post) -> str:
    """Return the facts that a post's kind adds, which its page shows before the text."""
    front_matter = post.front_matter
    lines = [_line(fact.label, fact.values) for fact in facts_of(post)]
    if isinstance(front_matter, CallFrontMatter):
        lines.append(_line("Open until", [LinkView(last_day(front_matter), "")]))
        if answer := answer_link(front_matter):
            lines.append(_line("Answers to", [answer]))
    return f"<ul>{''.join(lines)}</ul>" if lines else ""


def _line(label: str, values: Sequence[LinkView]) -> str:
    """Return one item of a list; several values are a list in it."""
    texts = [linked(value) for value in values]
    if len(texts) == 1:
        return f"<li>{escape(label)}: {texts[0]}</li>"
    items = "".join(f"<li>{text}</li>" for text in texts)
    return f"<li>{escape(label)}:<ul>{items}</ul></li>"


def linked(link: LinkView) -> str:
    """Return the label as markup, and as a link if it has an address."""
    text = escape(link.label)
    return f'<a href="{escape(link.url)}">{text}</a>' if link.url else text


def feed_id(site: Site, name: str) -> str:
    """Return an id for something in feeds that is not in the ledger; it is made of no address."""
    return new_id(site.first_name, name)
