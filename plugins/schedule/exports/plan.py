"""Which files an event has for other programs, and what they are called.

events/<event>/schedule.ics .xml .json .xcal .csv .txt, giggity.json     the whole
…/schedule/<day>/schedule.ics, and so below rooms, tracks, speakers and talks
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial

from msgspec import Struct
from msgspec.structs import replace

from ...core.problem import Place
from ...core.site import WriterRow
from .. import paths, words
from ..model import Session
from ..present import Presenter
from .calendar import Subscription, calendar, moments_of, session_event, zones_of
from .collect import export_of
from .component import Component
from .frab import write_frab
from .giggity import write_menu
from .ics import ics_text, write_ics
from .model import Export, ExportedSession
from .schedule_json import write_schedule_json
from .table import write_table
from .text import write_text
from .xcal import write_xcal

WRITERS: Mapping[str, Callable[[Export], bytes]] = {
    "schedule.xml": write_frab,
    "schedule.json": write_schedule_json,
    "schedule.csv": write_table,
    "schedule.txt": write_text,
    "giggity.json": write_menu,
}
"""By name of the file, below the event's own address."""

POLLED = frozenset({"schedule.xml", "schedule.json"})
"""What apps ask for again and again, as calendar programs do for `schedule.ics`."""


class Exports(Struct, frozen=True, dict=True):
    """The files of one event; nothing is worked out before the first is written."""

    presenter: Presenter

    def rows(self) -> Iterator[WriterRow]:
        """A row for every file."""
        origin = Place(self.presenter.edition.document.path)
        hub, slug = paths.hub(self.presenter.slug), self.presenter.slug
        for name, write in WRITERS.items():
            writer = partial(self._write, write)
            yield WriterRow(paths.file(slug, name), origin, writer, is_polled=name in POLLED)
        for page, (name, sessions) in self._calendars.items():
            write_calendar = partial(self._write_calendar, page, name, sessions)
            is_polled = not page.startswith(paths.people_and_talks(slug))
            yield WriterRow(paths.calendar(page), origin, write_calendar, is_polled=is_polled)
        if hub in self._calendars:
            yield WriterRow(paths.file(slug, "schedule.xcal"), origin, self._write_xcal)

    @cached_property
    def _calendars(self) -> Mapping[str, tuple[str, Sequence[Session]]]:
        """By path of the page that a calendar belongs to: what it is of, and its sessions."""
        found: dict[str, tuple[str, list[Session]]] = {}
        for session in self.presenter.programme.sessions:
            for page, name in self._pages(session) if session.start else ():
                found.setdefault(page, (name, []))[1].append(session)
        return found

    def _pages(self, session: Session) -> Iterator[tuple[str, str]]:
        """Every page whose calendar holds the session, and what that is called."""
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
        """The programme as all files tell it."""
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
        """Every event as it stands in up to six calendars."""
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
        """The calendar without its events."""
        exported = [self._sessions[session.id] for session in sessions]
        return calendar(
            zones_of(moments_of(exported)),
            stamp=max(each.identity.stamp for each in exported),
            subscription=self._subscription(page, name),
        )

    def _subscription(self, page: str, name: str) -> Subscription:
        site, title = self.presenter.site, self.export.title
        return Subscription(
            name=f"{title}: {name}" if name else title,
            summary=self.export.summary if not name else "",
            page=site.absolute(page),
            source=site.absolute(paths.calendar(page)),
        )
