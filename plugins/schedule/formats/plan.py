"""Plan the files of an event for other programs, and their names.

events/<event>/schedule.ics .xml .json .xcal .csv .txt, giggity.json     the whole event
…/schedule/<day>/schedule.ics, and the same below rooms, tracks, speakers and talks
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, time
from functools import cached_property, partial

from msgspec import Struct
from msgspec.structs import replace

from ...site.site import WriterRow
from ...source.problem import Place
from .. import paths, words
from ..exports.collect import export_of
from ..exports.model import Export, ExportedSession
from ..history.next import NEVER
from ..model import Moment, Session
from ..pages.present import Presenter
from .frab.writer import write_schedule_json
from .frab.xml_writer import write_frab
from .giggity.writer import write_menu
from .ical.calendar import Subscription, calendar, moments_of, session_event, zones_of
from .ical.component import Component
from .ical.writer import ics_text, write_ics
from .ical.xcal import write_xcal
from .ical.zone import zone_component
from .table.writer import write_table
from .text.writer import write_text

WRITERS: Mapping[str, Callable[[Export], bytes]] = {
    "schedule.xml": write_frab,
    "schedule.json": write_schedule_json,
    "schedule.csv": write_table,
    "schedule.txt": write_text,
    "giggity.json": write_menu,
}
"""The writer of each file, by its name below the event page's address."""

POLLED = frozenset({"schedule.xml", "schedule.json"})
"""The files that apps request again and again, as calendar programs do `schedule.ics`."""


class Exports(Struct, frozen=True, dict=True):
    """The files of one event; nothing is computed before the first file is written."""

    presenter: Presenter

    def rows(self) -> Iterator[WriterRow]:
        """Yield a row for every file."""
        origin = Place(self.presenter.edition.document.path)
        hub, slug = paths.hub(self.presenter.slug), self.presenter.slug
        for name, write in WRITERS.items():
            writer = partial(self._write, write)
            yield WriterRow(paths.file(slug, name), origin, writer, is_polled=name in POLLED)
        for page, (name, sessions) in self._calendars.items():
            write_calendar = partial(self._write_calendar, page, name, sessions)
            yield WriterRow(paths.calendar(page), origin, write_calendar, is_polled=True)
        if hub in self._calendars:
            yield WriterRow(paths.file(slug, "schedule.xcal"), origin, self._write_xcal)

    @cached_property
    def _calendars(self) -> Mapping[str, tuple[str, Sequence[Session]]]:
        """The name and the sessions of every calendar, by the path of its page.

        A published calendar stays as long as its page does, even if empty: programs still request
        it.
        """
        found: dict[str, tuple[str, list[Session]]] = {}
        for session in self.presenter.programme.sessions:
            for page, name in self._pages(session) if session.start else ():
                found.setdefault(page, (name, []))[1].append(session)
        for page, name in self._lasting_pages():
            if paths.calendar(page) in self.presenter.site.ledger.feeds:
                found.setdefault(page, (name, []))
        return found

    def _lasting_pages(self) -> Iterator[tuple[str, str]]:
        """Yield every page that exists even without timed sessions, with its name."""
        programme, slug = self.presenter.programme, self.presenter.slug
        yield paths.hub(slug), ""
        yield from ((paths.day(slug, day.date), words.weekday(day.date)) for day in programme.days)
        yield from ((paths.room(slug, room.id), room.name) for room in programme.rooms)
        yield from ((paths.track(slug, track.id), track.name) for track in programme.tracks)
        yield from ((paths.speaker(slug, who.id), who.name) for who in programme.speakers)
        for session in self.presenter.edition.talk_sessions:
            yield paths.talk(slug, session.id), session.title

    def _pages(self, session: Session) -> Iterator[tuple[str, str]]:
        """Yield every page whose calendar holds the session, with the calendar's name."""
        programme, slug = self.presenter.programme, self.presenter.slug
        yield paths.hub(slug), ""
        yield paths.day(slug, session.day), words.weekday(session.day)
        for room in programme.rooms:
            if room.id in session.rooms or session.is_everywhere:
                yield paths.room(slug, room.id), room.name
        if session.track:
            yield paths.track(slug, session.track), programme.track(session.track).name
        for id in session.speakers:
            yield paths.speaker(slug, id), programme.speaker(id).name
        if self.presenter.edition.has_page(session):
            yield paths.talk(slug, session.id), session.title

    @cached_property
    def export(self) -> Export:
        """The schedule that all files are written from."""
        return export_of(self.presenter)

    @cached_property
    def _sessions(self) -> Mapping[str, ExportedSession]:
        return {each.session.id: each for each in self.export.sessions}

    @cached_property
    def _events(self) -> Mapping[str, Component]:
        export = self.export
        return {each.session.id: session_event(export, each) for each in export.timed}

    @cached_property
    def _texts(self) -> Mapping[str, str]:
        """The text of every event, by session id; up to six calendars share it."""
        return {id: ics_text(event) for id, event in self._events.items()}

    def _write(self, write: Callable[[Export], bytes]) -> bytes:
        return write(self.export)

    def _write_xcal(self) -> bytes:
        hub = paths.hub(self.presenter.slug)
        name, sessions = self._calendars[hub]
        whole = self._calendar(hub, name, sessions)
        events = tuple(self._events[session.id] for session in sessions)
        return write_xcal(replace(whole, components=(*whole.components, *events)))

    def _write_calendar(self, page: str, name: str, sessions: Sequence[Session]) -> bytes:
        whole = self._calendar(page, name, sessions)
        return write_ics(whole, (self._texts[session.id] for session in sessions))

    def _calendar(self, page: str, name: str, sessions: Sequence[Session]) -> Component:
        """Return the calendar without its events."""
        exported = [self._sessions[session.id] for session in sessions]
        return calendar(
            zones_of(moments_of(exported)) if exported else [self._zone],
            stamp=max((each.identity.stamp for each in exported), default=NEVER),
            subscription=self._subscription(page, name),
        )

    @cached_property
    def _zone(self) -> Component:
        """The event's zone, for calendars without events, which need one component at least."""
        event = self.presenter.edition.event
        first = Moment.at_wall(datetime.combine(event.first_day, time()), event.zone).instant
        return zone_component(event.zone, first, first)

    def _subscription(self, page: str, name: str) -> Subscription:
        site, title = self.presenter.site, self.export.title
        return Subscription(
            name=f"{title}: {name}" if name else title,
            summary=self.export.summary if not name else "",
            page=site.absolute(page),
            source=site.absolute(paths.calendar(page)),
        )
