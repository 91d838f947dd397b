"""Makes the search entries of posts, pages, events, talks and speakers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..blog.model import Page, Post
from ..markdown.document import Document, Heading
from ..markdown.html import plain_text, shortened
from ..schedule import paths, words
from ..schedule.events import Edition
from ..schedule.model import Session, Speaker
from ..site.head import DESCRIPTION, description_of
from ..site.site import Site, page_url
from ..source.settings import SiteSettings
from .model import Entry

# Matches ", " and "ü"; not "a1".
NO_ID = re.compile(r"[^a-z0-9]+")

LEVELS = 2
"""The levels of headings that can be found: the sections of a text, and those within them."""


def post_entry(settings: SiteSettings, post: Post) -> Entry:
    """Return the entry of a post."""
    return Entry(
        url=page_url(settings, post.path),
        title=post.document.title,
        kind=_marked(post.kind.label, post.mark),
        when=post.date.date().isoformat(),
        language=_foreign(post.language, settings),
        tags=post.front_matter.tags,
        people=post.authors,
        text=description_of(post.document),
        headings=_headings(post.document),
    )


def page_entry(settings: SiteSettings, page: Page) -> Entry:
    """Return the entry of a page."""
    modified = page.front_matter.modified
    return Entry(
        url=page_url(settings, page.path),
        title=page.document.title,
        kind=_marked("Page", page.mark),
        when=modified.astimezone(settings.zone).date().isoformat() if modified else "",
        language=_foreign(page.language, settings),
        text=description_of(page.document),
        headings=_headings(page.document),
    )


def event_entries(site: Site, edition: Edition) -> Iterator[Entry]:
    """Yield the entries of an event, its talks and its speakers."""
    yield _event(site, edition)
    yield from (_talk(site, edition, session) for session in edition.talk_sessions)
    yield from (_speaker(site, edition, speaker) for speaker in edition.programme.speakers)


def _event(site: Site, edition: Edition) -> Entry:
    event, document = edition.event, edition.document
    venue = words.venue(event)
    return Entry(
        url=site.url(paths.hub(edition.slug)),
        title=event.title,
        kind=_marked("Event", edition.mark),
        when=_days(edition),
        language=_foreign(document.front_matter.lang, site.settings),
        tags=(venue,) if venue else (),
        text=description_of(document),
        headings=_headings(document),
    )


def _talk(site: Site, edition: Edition, session: Session) -> Entry:
    document, programme = edition.talks.get(session.id), edition.programme
    mark = site.marks.get(document.source, edition.mark) if document else edition.mark
    start = session.start
    return Entry(
        url=site.url(paths.talk(edition.slug, session.id)),
        title=session.title,
        kind=_marked(session.kind.capitalize(), words.STATUSES[session.status], mark),
        when=f"{start.wall:%Y-%m-%dT%H:%M}" if start else session.day.isoformat(),
        language=_foreign(session.language, site.settings),
        part_of=edition.event.title,
        tags=(programme.track(session.track).name,) if session.track else (),
        people=tuple(programme.speaker(id).name for id in session.speakers),
        text=_text(session.texts.abstract or session.texts.subtitle, document),
        headings=_headings(document) if document else (),
    )


def _speaker(site: Site, edition: Edition, speaker: Speaker) -> Entry:
    return Entry(
        url=site.url(paths.speaker(edition.slug, speaker.id)),
        title=speaker.name,
        kind=_marked("Speaker", edition.mark),
        when=_days(edition),
        part_of=edition.event.title,
        tags=(speaker.affiliation,) if speaker.affiliation else (),
        text=_text(speaker.summary, edition.speakers.get(speaker.id)),
    )


def _days(edition: Edition) -> str:
    first, last = edition.event.first_day.isoformat(), edition.event.last_day.isoformat()
    return first if first == last else f"{first}/{last}"


def _text(text: str, document: Document | None) -> str:
    """Return the text on one line, or else the description of the document."""
    if not text and document:
        return description_of(document)
    return shortened(" ".join(text.split()), DESCRIPTION)


def _marked(kind: str, *marks: str) -> str:
    return " ".join([kind, *(f"({mark[0].lower()}{mark[1:]})" for mark in marks if mark)])


def _foreign(language: str | None, settings: SiteSettings) -> str:
    return "" if not language or language == settings.language else language


def _headings(document: Document) -> tuple[tuple[str, ...], ...]:
    return tuple(_flat(document.headings, LEVELS))


def _flat(headings: Iterable[Heading], levels: int) -> Iterator[tuple[str, ...]]:
    for heading in headings if levels else ():
        text = plain_text(heading.html)
        yield (text,) if heading.id == usual_id(text) else (text, heading.id)
        yield from _flat(heading.children, levels - 1)


def usual_id(text: str) -> str:
    """Return the id that the page's script expects for a heading with this text (result.js)."""
    return NO_ID.sub("-", text.lower()).strip("-")
