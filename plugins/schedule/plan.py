"""Plan the rows of events: pages, data files, and redirects of repeated talks."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from msgspec import Struct

from ..blog.model import Blog, Post
from ..blog.present import entry_of, view_card
from ..blog.view import ArchiveEntryView
from ..ledger.redirects import redirect_row
from ..shell.view import Shell
from ..site.site import Row, Site, TemplateRow, WriterRow
from ..site.view import EventCardView, LinkView
from ..source.problem import Place
from . import paths, words
from .events import Edition, Events, events_of
from .formats.plan import Exports
from .pages.changes import Changes
from .pages.hub import Hub, event_card, events_page
from .pages.present import TRACK_COLOURS, Presenter
from .pages.programme import Pages
from .pages.programme_data import write_programme_data
from .pages.view import PersonView
from .pages.worker import Kept, write_worker
from .settings import Settings

WORKER = "js/schedule/offline.js"

MOST_KEPT = 300
"""The number of pages of one event that a browser caches; the schedule's pages come first."""

RECAPS = frozenset({"recap", "talk"})


def plan(site: Site, *, settings: Settings, theme: Path) -> Iterator[Row]:
    """Yield every row of every event; the folder `theme` holds the source of the worker."""
    events = events_of(site)
    planner = _Planner(site, events, _posts_by_event(site), settings)
    for edition in events.editions:
        rows = list(planner.rows(edition))
        yield from rows
        yield planner.worker(edition, rows, theme / "static" / WORKER)
        yield from Exports(Presenter(site, edition)).rows() if edition.programme.days else ()
    if events.editions:
        view = events_page(site, events, planner.card)
        yield TemplateRow(paths.ALL, Place("the list of all events"), "events.html", view)


def _posts_by_event(site: Site) -> dict[str, tuple[Post, ...]]:
    """Return the listed posts about each event, newest first, by the event's slug."""
    blog, found = site.parts.get("blog"), defaultdict(list)
    for post in blog.listed if isinstance(blog, Blog) else ():
        found[post.front_matter.event or ""].append(post)
    return {event: tuple(posts) for event, posts in found.items()}


class _Planner(Struct, frozen=True):
    """A planner of the rows of all events of one site, with the data that they share."""

    site: Site
    events: Events
    posts: Mapping[str, tuple[Post, ...]]
    settings: Settings

    def worker(self, edition: Edition, rows: list[Row], source: Path) -> Row:
        """Return the row of the service worker, made from the script at `source`.

        It caches the event's pages. If the settings switch that off, it deletes an earlier cache
        instead.
        """
        kept = None
        if self.settings.offline:
            assets = self.site.part("shell", Shell).assets
            theme = self.site.settings.base + assets.folder
            pages = [self.site.url(row.path) for row in rows[:MOST_KEPT]]
            files = [theme + path for path, _ in (*assets.texts, *assets.files)]
            data = write_programme_data(Presenter(self.site, edition))
            version = hashlib.sha256(data + theme.encode()).hexdigest()[:12]
            scope = self.site.url(paths.hub(edition.slug))
            kept = Kept(scope, theme, version, tuple(dict.fromkeys([*pages, *files])))
        path = paths.worker(edition.slug)
        return WriterRow(path, _origin(edition), partial(write_worker, source, kept))

    def rows(self, edition: Edition) -> Iterator[Row]:
        """Yield every row of one event but the worker and the exports."""
        present = Presenter(self.site, edition, has_worker=self.settings.offline)
        template = f"{edition.document.front_matter.template or 'event'}.html"
        pages = Pages(present, self._recaps(edition), self._elsewhere(edition))
        hub = self._hub(present, pages.people())
        yield self._row(edition, paths.hub(edition.slug), template, hub.page())
        yield from self._programme_rows(edition, pages)
        for path, view in Changes(present).pages():
            yield self._row(edition, path, "changes.html", view)
        yield from self._people_rows(edition, pages)
        if edition.programme.days:
            data = paths.programme_data(edition.slug)
            yield WriterRow(data, _origin(edition), partial(write_programme_data, present))

    def card(self, edition: Edition) -> EventCardView:
        """Return an event's card for lists."""
        return event_card(self.site, edition, posts=len(self.posts.get(edition.slug, ())))

    def _hub(self, present: Presenter, people: tuple[PersonView, ...]) -> Hub:
        posts = self.posts.get(present.slug, ())
        others = self.events.beside(present.edition)
        return Hub(present, tuple(map(self._entry, posts)), tuple(map(self.card, others)), people)

    def _programme_rows(self, edition: Edition, pages: Pages) -> Iterator[Row]:
        slug, programme = edition.slug, edition.programme
        if not programme.days:
            return
        schedule = paths.schedule(slug)
        view = pages.schedule(schedule, pages.first_days(), title="Schedule")
        yield self._row(edition, schedule, "schedule.html", view)
        for day in programme.days:
            path = paths.day(slug, day.date)
            view = pages.schedule(path, [day], title=words.weekday(day.date))
            yield self._row(edition, path, "schedule.html", view)
        for room in programme.rooms:
            yield self._row(edition, paths.room(slug, room.id), "room.html", pages.room(room))
        for number, track in enumerate(programme.tracks):
            page = pages.track(track, number % TRACK_COLOURS + 1)
            yield self._row(edition, paths.track(slug, track.id), "track.html", page)
        my, now, booklet = (paths.below(slug, part) for part in ("my", "now", "booklet"))
        yield self._row(edition, my, "my-programme.html", pages.my_programme())
        yield self._row(edition, now, "now.html", pages.now())
        yield self._row(edition, booklet, "booklet.html", pages.booklet())

    def _people_rows(self, edition: Edition, pages: Pages) -> Iterator[Row]:
        slug = edition.slug
        for session in edition.talk_sessions:
            yield self._row(edition, paths.talk(slug, session.id), "talk.html", pages.talk(session))
        for session in edition.programme.sessions:
            if session.repeat_of and edition.has_page(session):
                old, first = (paths.talk(slug, id) for id in (session.id, session.repeat_of))
                origin, title = _origin(edition), edition.event.title
                yield redirect_row(self.site, old, first, origin=origin, title=title)
        for speaker in edition.programme.speakers:
            path = paths.speaker(slug, speaker.id)
            yield self._row(edition, path, "speaker.html", pages.speaker(speaker))
        if edition.programme.speakers:
            path = paths.speakers(slug)
            yield self._row(edition, path, "speakers.html", pages.speakers())

    def _row(self, edition: Edition, path: str, template: str, view: object) -> TemplateRow:
        return TemplateRow(path, _origin(edition), template, view)

    def _recaps(self, edition: Edition) -> dict[str, tuple[ArchiveEntryView, ...]]:
        """Return the recap and talk posts that link to a talk's page, by the talk's id."""
        posts = [p for p in self.posts.get(edition.slug, ()) if p.front_matter.kind in RECAPS]
        found: dict[str, list[ArchiveEntryView]] = defaultdict(list)
        for post in posts:
            led_to = set(self.site.links[post.source].values())
            for session in edition.talk_sessions:
                if self.site.url(paths.talk(edition.slug, session.id)) in led_to:
                    found[session.id].append(self._entry(post))
        return {id: tuple(entries) for id, entries in found.items()}

    def _elsewhere(self, edition: Edition) -> dict[str, tuple[LinkView, ...]]:
        """Return the speakers' pages at other events of the site, by speaker id."""
        found: dict[str, list[LinkView]] = defaultdict(list)
        for other in self.events.listed:
            for speaker in other.programme.speakers if other is not edition else ():
                url = self.site.url(paths.speaker(other.slug, speaker.id))
                found[speaker.id].append(LinkView(other.event.title, url))
        return {id: tuple(links) for id, links in found.items()}

    def _entry(self, post: Post) -> ArchiveEntryView:
        return entry_of(view_card(self.site, post))


def _origin(edition: Edition) -> Place:
    return Place(edition.document.path)
