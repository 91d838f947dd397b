"""Every feed of the site, with its subject and its entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from msgspec.structs import replace

from ..blog.model import Blog, Post
from ..blog.moved import terms_of
from ..markdown.document import Document
from ..schedule.sections import event_slug
from ..site.site import Site
from ..source.kinds import Channel
from ..source.languages import own_name
from ..source.problem import Problems
from ..source.schema import PostFrontMatter
from ..source.slug import slugify
from ..source.text import xml_text
from .changes import changes_feeds
from .entry import EntryMaker
from .formats import ATOM, atom_view
from .model import FeedEntry, Feeds, Subject
from .products import product_feeds

TITLES = {
    "kind": "{}",
    "category": "category {}",
    "tag": "tagged {}",
    "author": "by {}",
    "series": "the series {}",
    "language": "in {}",
    "event": "news of {}",
}
"""The titles of the feeds of each sort; no two feeds have the same title."""

Entries = Mapping[str, tuple[int, FeedEntry]]
"""The entries by source, each with its place among them, newest first."""


def collect(site: Site, _: Problems) -> Feeds:
    """Return every feed of the site, with all posts that are public."""
    blog = site.part("blog", Blog)
    posts = [post for post in blog.listed if not post.mark]
    maker = EntryMaker(site, blog)
    made = {post.source: maker.entry(post) for post in posts}
    in_order = sorted(made.items(), key=lambda one: one[1].place, reverse=True)
    entries = {source: (number, entry) for number, (source, entry) in enumerate(in_order)}
    found = [
        Subject("all", "", "", site.settings.name, "index.html", _held(entries, posts)),
        *_channels(site, entries, blog, posts),
        *_languages(site, entries, posts),
        *_terms(entries, blog),
        *_events(site, entries, posts),
        *changes_feeds(site),
        *product_feeds(site, posts, partial(_held, entries)),
    ]
    subjects = {(subject.sort, subject.slug): subject for subject in found}
    resting = {(subject.sort, subject.slug): subject for subject in _resting(site)}
    held = resting | subjects
    views = {
        key: atom_view(site.settings, subject.stem, subject.title)
        for key, subject in held.items()
        if subject.title
    }
    return Feeds(views, held)


def _channels(site: Site, entries: Entries, blog: Blog, posts: Sequence[Post]) -> Iterator[Subject]:
    """Yield the feeds that kinds have of some of their posts, if there are such posts."""
    for kind in site.kinds:
        term = blog.term("kind", kind.slug)
        own = [post for post in posts if post.kind.name == kind.name]
        for channel in kind.channels if term else ():
            held = [post for post in own if channel.holds(post.front_matter)]
            if term and held:
                yield _channel_subject(channel, term.path, _held(entries, held))


def _channel_subject(channel: Channel, home: str, held: tuple[FeedEntry, ...]) -> Subject:
    return Subject(channel.sort, "", channel.title, channel.label, home, held)


def _languages(site: Site, entries: Entries, posts: Iterable[Post]) -> Iterator[Subject]:
    """Yield a feed for each language, unless the site has only ever had one.

    With one language it would be the same as the site's own feed.
    """
    known = any(path.startswith("feeds/language/") for path in site.ledger.feeds)
    groups: dict[str, list[Post]] = defaultdict(list)
    for post in posts:
        groups[post.language.lower()].append(post)
    for slug, group in sorted(groups.items()) if len(groups) > 1 or known else ():
        language = group[0].language
        subject = _subject(
            "language", slug, own_name(language), "index.html", _held(entries, group)
        )
        yield replace(subject, language=language)


def _terms(entries: Entries, blog: Blog) -> Iterator[Subject]:
    """Yield a feed for each kind, category, series, author and tag with public posts."""
    for sort in ("kind", "category", "series", "author", "tag"):
        for term in blog.terms[sort]:
            if held := _held(entries, term.posts):
                yield _subject(sort, term.slug, term.title, term.path, held)


def _events(site: Site, entries: Entries, posts: Iterable[Post]) -> Iterator[Subject]:
    """Yield a feed for each public event; it may have no entry yet."""
    news: dict[str, list[Post]] = defaultdict(list)
    for post in posts:
        news[post.front_matter.event or ""].append(post)
    for hub in site.documents:
        if hub.section == "event" and not site.marks.get(hub.source):
            slug = event_slug(hub.source)
            held = _held(entries, news[slug])
            yield _subject("event", slug, hub.title, site.paths[hub.source], held)


def _resting(site: Site) -> Iterator[Subject]:
    """Yield known feeds of withheld documents, without entries, so that they do not get lost."""
    return (
        subject
        for document in site.withheld
        for subject in _empty_subjects(site, document)
        if f"{subject.stem}{ATOM.ending}" in site.ledger.feeds
    )


def _empty_subjects(site: Site, document: Document) -> Iterator[Subject]:
    """Yield the feeds that a post is in, or that an event has, without entries."""
    head = document.front_matter
    if isinstance(head, PostFrontMatter):
        yield from _feeds_of_post(site, head)
    elif document.section == "event":
        slug, title = event_slug(document.source), document.title
        yield _subject("event", slug, title, "index.html", ())
        yield Subject("changes", slug, f"changes of {title}", title, "index.html", ())


def _feeds_of_post(site: Site, head: PostFrontMatter) -> Iterator[Subject]:
    language = head.lang or site.settings.language
    home = "index.html"
    yield replace(
        _subject("language", language.lower(), own_name(language), home, ()), language=language
    )
    for channel in site.kinds.of(head).channels:
        if channel.holds(head):
            yield _channel_subject(channel, home, ())
    for sort, name in terms_of(site, head):
        yield _subject(sort, slugify(name), name, home, ())


def _subject(sort: str, slug: str, name: str, home: str, entries: tuple[FeedEntry, ...]) -> Subject:
    name = xml_text(name)
    return Subject(sort, slug, TITLES[sort].format(name), name, home, entries)


def _held(entries: Entries, posts: Iterable[Post]) -> tuple[FeedEntry, ...]:
    """Return the entries of these posts, newest first."""
    held = sorted([entries[post.source] for post in posts if post.source in entries])
    return tuple([entry for _, entry in held])
