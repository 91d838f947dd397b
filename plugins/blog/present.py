"""Makes views of posts and pages. Everything that a template needs is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from html import escape

from msgspec import Struct

from ..markdown.document import Document, Heading
from ..markdown.html import plain_text, shortened, with_unique_ids
from ..site.announce import own_feeds
from ..site.events import event_link
from ..site.feature import Download
from ..site.head import description_of, direction, head_view, script_safe_json
from ..site.site import Site, file_for, page_url
from ..site.tint import kind_glyph, kind_tint
from ..site.view import (
    DateView,
    FeedView,
    HeadView,
    ImageView,
    KindView,
    LinkView,
    TranslationView,
)
from ..source.languages import own_name
from ..source.schema import Image, PostFrontMatter
from ..source.slug import slugify
from ..source.times import day_in_words
from .collect import ARCHIVE
from .kinds import CallFrontMatter
from .model import Blog, Page, Post, Term, as_names
from .openings import opening_of
from .related import Related, RelatedPosts
from .view import (
    ArchiveEntryView,
    ArticlePage,
    CardView,
    FactView,
    HeadingView,
    OpeningView,
    RelatedView,
    SeriesView,
    StandingPage,
    TermView,
)

OPEN = "Open"

OPENED = frozenset({"Versions", "Security"})
"""Facts that the opening of a post shows in its own way."""

EXCERPT = 240
"""The longest excerpt, in characters: three lines of a list, at most."""

TOO_SHORT = 24
"""An excerpt with at most so many characters says too little, like the title of a note."""

SERIES_NEIGHBOURS = 5
"""The number of posts of a series that are shown before and after one of them."""


class Presenter(Struct, frozen=True):
    """A maker of views of one site's posts and pages; it holds the data that they share."""

    site: Site
    blog: Blog
    related: RelatedPosts
    cards: Mapping[str, CardView]
    """The card of each post, by source."""
    series: Mapping[str, Term]
    """The series, by slug."""
    series_positions: Mapping[str, int]
    """The position of a post in its series, from 0, by source."""
    translations: Mapping[str, tuple[Post | Page, ...]]
    """The same text in other languages, by source."""
    term_paths: Mapping[tuple[str, str], str]
    """The path of a term's list, by sort and slug."""

    def article(self, post: Post, *, newer: Post | None, older: Post | None) -> ArticlePage:
        """Return the view of a whole post."""
        front_matter = post.front_matter
        return ArticlePage(
            head=self._article_head(post),
            card=self.cards[post.source],
            standfirst=front_matter.summary or "",
            opening=_opening(post),
            html=self.site.shown(post.document),
            contents=view_headings(post.document.headings),
            authors=self._terms("author", post.authors),
            category=next(iter(self._terms("category", as_names(front_matter.category))), None),
            tags=self._terms("tag", front_matter.tags),
            event=event_link(self.site, front_matter.event),
            series=self._series(post),
            image=self._image(post.document),
            facts=tuple(f for f in facts_of(post) if f.label not in OPENED),
            answer=_answer(front_matter, self.site.now),
            downloads=self._downloads(post.document, post.path),
            newer=self._link(newer) if newer else None,
            older=self._link(older) if older else None,
            related=tuple(self._related(r) for r in self.related.to(post)),
        )

    def page(self, page: Page) -> StandingPage:
        """Return the view of a page."""
        modified = page.front_matter.modified
        return StandingPage(
            head=self._page_head(page),
            title=page.document.title,
            html=self.site.shown(page.document),
            contents=view_headings(page.document.headings),
            updated=view_date(modified, self.site) if modified else None,
            mark=page.mark,
            image=self._image(page.document),
            downloads=self._downloads(page.document, page.path),
        )

    def cards_of(self, posts: Iterable[Post]) -> tuple[CardView, ...]:
        """Return the cards of these posts."""
        return tuple([self.cards[post.source] for post in posts])

    def entry(self, post: Post) -> ArchiveEntryView:
        """Return the line of a post in the archive."""
        return entry_of(self.cards[post.source])

    def _article_head(self, post: Post) -> HeadView:
        front_matter = post.front_matter
        return head_view(
            self.site,
            post.path,
            title=front_matter.title,
            section=ARCHIVE,
            description=description_of(post.document),
            language=post.language,
            feeds=self._feeds(post),
            image=self._image(post.document, absolute=True),
            translations=self._translations(post.source),
            is_article=True,
            is_indexed=not post.mark,
            published=front_matter.date.isoformat(),
            modified=(front_matter.modified or front_matter.date).isoformat(),
            json_ld=self._json_ld(post),
        )

    def _feeds(self, post: Post) -> tuple[FeedView, ...]:
        """Return the feeds that contain the post, without the site's own."""
        return own_feeds(self.site, feed_keys(post))

    def _page_head(self, page: Page) -> HeadView:
        return head_view(
            self.site,
            page.path,
            title=page.document.title,
            description=description_of(page.document),
            language=page.language,
            image=self._image(page.document, absolute=True),
            translations=self._translations(page.document.source),
            is_indexed=not page.mark,
        )

    def _json_ld(self, post: Post) -> str:
        """Return a schema.org BlogPosting as JSON."""
        front_matter = post.front_matter
        data = {
            "@context": "https://schema.org",
            "@type": "BlogPosting",
            "headline": front_matter.title,
            "description": description_of(post.document),
            "inLanguage": post.language,
            "datePublished": front_matter.date.isoformat(),
            "dateModified": (front_matter.modified or front_matter.date).isoformat(),
            "author": [{"@type": "Person", "name": name} for name in post.authors],
            "keywords": list(front_matter.tags),
            "mainEntityOfPage": self.site.absolute(post.path),
        }
        return script_safe_json({key: value for key, value in data.items() if value})

    def _terms(self, sort: str, names: Iterable[str]) -> tuple[LinkView, ...]:
        """Return links to the lists of these names; a name without a list is plain text."""
        found = ((name, self.term_paths.get((sort, slugify(name)))) for name in names)
        return tuple(LinkView(name, self.site.url(path) if path else "") for name, path in found)

    def _series(self, post: Post) -> SeriesView | None:
        """Return the post's series and the posts around it; None if it has none or is hidden."""
        name = post.front_matter.series
        if not name or not post.is_listed:
            return None
        term = self.series[slugify(name)]
        position = self.series_positions[post.source]
        first = max(0, position - SERIES_NEIGHBOURS)
        around = term.posts[first : position + SERIES_NEIGHBOURS + 1]
        return SeriesView(
            name=name,
            url=self.site.url(term.path),
            position=position + 1,
            total=len(term.posts),
            first=first + 1,
            posts=tuple(self._link(p, is_current=p is post) for p in around),
        )

    def _image(self, document: Document, *, absolute: bool = False) -> ImageView | None:
        image: Image | None = document.front_matter.image
        if not image:
            return None
        url = self.site.links[document.source][image.src]
        return self.site.picture(url, image.alt, absolute=absolute)

    def _downloads(self, document: Document, path: str) -> tuple[LinkView, ...]:
        return tuple(
            LinkView(d.label, self.site.url(download_path(path, d)))
            for d in self.site.downloads.get(document.source, ())
        )

    def _translations(self, source: str) -> tuple[TranslationView, ...]:
        return tuple(
            TranslationView(
                other.language,
                own_name(other.language),
                self.site.url(other.path),
                self.site.absolute(other.path),
            )
            for other in self.translations.get(source, ())
        )

    def _link(self, post: Post, *, is_current: bool = False) -> LinkView:
        return LinkView(post.document.title, self.site.url(post.path), is_current)

    def _related(self, related: Related) -> RelatedView:
        card = self.cards[related.post.source]
        return RelatedView(card.url, card.title, card.kind.label, card.date, related.reason)


def feed_keys(post: Post) -> list[tuple[str, str]]:
    """Return the sort and slug of every feed that may contain the post, without the site's own."""
    front_matter = post.front_matter
    terms = [
        *(("event", name) for name in as_names(front_matter.event)),
        *(("series", name) for name in as_names(front_matter.series)),
        ("kind", post.kind.slug),
        *(("category", name) for name in as_names(front_matter.category)),
        *(("author", name) for name in post.authors),
        *(("tag", name) for name in front_matter.tags),
        ("language", post.language),
    ]
    return [(sort, slugify(name)) for sort, name in terms]


def view_card(site: Site, post: Post) -> CardView:
    """Return the view of a post in lists."""
    front_matter, document = post.front_matter, post.document
    modified = front_matter.modified
    status, closes = call_status(front_matter, site.now)
    return CardView(
        url=site.url(post.path),
        title=document.title,
        language=post.language,
        direction=direction(post.language),
        kind=view_kind(site, post),
        date=view_date(front_matter.date, site),
        updated=view_date(modified, site) if modified else None,
        excerpt=excerpt_of(site, document),
        minutes=document.minutes,
        mark=post.mark,
        call_status=status,
        closes=closes,
        is_open=status.startswith(OPEN),
    )


def view_kind(site: Site, post: Post) -> KindView:
    """Return the kind of a post, with a link to its list if the list shows the post."""
    kind = post.kind
    url = _kind_url(site, kind.slug) if post.is_listed else ""
    return KindView(kind.label, url, glyph=kind_glyph(kind), tint=kind_tint(kind))


def excerpt_of(site: Site, document: Document) -> str:
    """Return the excerpt of a document as text of at most `EXCERPT` characters.

    It is the summary, or else the beginning up to the `more` mark, and ends at a whole word.
    """
    text = document.front_matter.summary or plain_text(site.html(document, document.lead))
    return shortened(text if len(text) > TOO_SHORT else document.text, EXCERPT)


def lead_html(site: Site, document: Document, url: str) -> str:
    """Return the markup of a post's excerpt, with ids that are unique on a page of several posts.

    Links within the post lead to its page at `url`. If there is no markup, a paragraph of the
    summary or of the beginning takes its place.
    """
    html = site.html(document, document.lead)
    if not html:
        return f"<p>{escape(document.front_matter.summary or document.text)}</p>"
    return with_unique_ids(html, prefix=slugify(site.paths[document.source]), url=url)


def entry_of(card: CardView) -> ArchiveEntryView:
    """Return the line of a post in the archive, made from its card."""
    return ArchiveEntryView(card.url, card.title, card.language, card.kind, card.date, card.mark)


def view_headings(headings: Sequence[Heading]) -> tuple[HeadingView, ...]:
    """Return the list of contents."""
    return tuple(HeadingView(h.id, h.html, view_headings(h.children)) for h in headings)


def view_date(moment: datetime, site: Site) -> DateView:
    """Return the day of a moment in the site's zone."""
    day = moment.astimezone(site.settings.zone).date()
    return DateView(day.isoformat(), day_in_words(day))


def view_term(site: Site, term: Term) -> TermView:
    """Return a term with the number of its posts."""
    if term.sort != "kind":
        return TermView(term.title, site.url(term.path), len(term.posts))
    kind = term.posts[0].kind
    return TermView(
        term.title, site.url(term.path), len(term.posts), kind_glyph(kind), kind_tint(kind)
    )


def call_status(front_matter: PostFrontMatter, now: datetime) -> tuple[str, str]:
    """Return the status of a call in words, and the instant at which it closes, in ISO 8601.

    Both are empty for other posts.
    """
    if not isinstance(front_matter, CallFrontMatter):
        return "", ""
    closes, last = front_matter.closes, last_day(front_matter)
    words = f"{OPEN} until {last}" if closes > now else f"Closed on {last}"
    return words, closes.isoformat()


def last_day(call: CallFrontMatter) -> str:
    """Return the last day of a call in words: for one that closes at midnight, the day before."""
    return day_in_words((call.closes - timedelta(seconds=1)).date())


def answer_link(call: CallFrontMatter) -> LinkView | None:
    """Return a link to the address for answers to a call; None if it has none."""
    address = call.respond
    return LinkView(address.removeprefix("mailto:"), address) if address else None


def _opening(post: Post) -> OpeningView:
    front_matter = post.front_matter
    if not isinstance(front_matter, CallFrontMatter):
        return opening_of(post.document)
    last = (front_matter.closes - timedelta(seconds=1)).date()
    return opening_of(post.document, last=(last.year, last.month, last.day))


def facts_of(post: Post) -> Iterator[FactView]:
    """Yield the facts that a post's kind adds, one for each line."""
    for fact in post.kind.facts(post.front_matter):
        yield FactView(fact.label, tuple(LinkView(text, url) for text, url in fact.values))


def _answer(front_matter: PostFrontMatter, now: datetime) -> LinkView | None:
    if isinstance(front_matter, CallFrontMatter) and front_matter.closes > now:
        return answer_link(front_matter)
    return None


def download_path(path: str, download: Download) -> str:
    """Return the path of a document's download, next to its page."""
    folder = path.rpartition("/")[0]
    return f"{folder}/{download.name}".lstrip("/")


def _kind_url(site: Site, slug: str) -> str:
    return page_url(site.settings, file_for(site.settings.kind_url.format(slug=slug)))
