"""Turn the sessions, slots and days of a schedule into views."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property, partial
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from ...markdown.document import Document
from ...site.announce import own_feeds
from ...site.site import Site
from ...site.view import FeedView, ImageView, LinkView
from ...source import schema
from ...source.languages import own_name
from .. import paths, words
from ..agenda import ELSEWHERE, Agenda
from ..events import Edition
from ..model import Day, Image, Link, Moment, Programme, Session, Slot
from .grid import Area, Grid, lay_out
from .sheet import printed_lines
from .view import CalendarView, DayLinesView, DayView, NavView, SessionView, SlotView, TimeView

TRACK_COLOURS = 8
NARROW_COLUMNS, WIDE_COLUMNS = 4, 8
"""The most rooms that a grid shows on a tablet and on a desktop; beyond, the day is a list."""

ONCE = Area(1, 1, 1, 1)
NO_GRID = Grid((), 0, {})

Choice = Callable[[Session], bool]


def _all(session: Session) -> bool:
    return True


class _Track(Struct, frozen=True):
    name: str
    number: int


class Presenter(Struct, frozen=True, dict=True):
    """The maker of views of one event and its schedule."""

    site: Site
    edition: Edition
    has_worker: bool = False
    """True if a script caches the event's pages for times without a network."""

    @property
    def programme(self) -> Programme:
        """The schedule of the event."""
        return self.edition.programme

    @property
    def agenda(self) -> Agenda:
        """The agenda of the schedule, which answers questions about times."""
        return self.edition.agenda

    @property
    def slug(self) -> str:
        """The event's slug."""
        return self.edition.slug

    @cached_property
    def feeds(self) -> tuple[FeedView, ...]:
        """The feeds about the event."""
        return own_feeds(self.site, [("event", self.slug), ("changes", self.slug)])

    @property
    def zone(self) -> str:
        """The sentence that names the zone of the event's times; empty if nothing has a time."""
        return self.zone_of(self.programme.days)

    def zone_of(self, days: Iterable[Day]) -> str:
        """Return the same sentence for some of the days."""
        timed = [day.date for day in days if any(session.start for session in day.sessions)]
        return words.zone_sentence(self.programme.zone, timed) if timed else ""

    @cached_property
    def _tracks(self) -> dict[str, _Track]:
        """The name and the colour's number of each track, by track id."""
        tracks = enumerate(self.programme.tracks)
        return {t.id: _Track(t.name, number % TRACK_COLOURS + 1) for number, t in tracks}

    @cached_property
    def _speaker_links(self) -> dict[str, LinkView]:
        return {
            speaker.id: LinkView(speaker.name, self.url(paths.speaker(self.slug, speaker.id)))
            for speaker in self.programme.speakers
        }

    @cached_property
    def talks(self) -> dict[str, tuple[Session, ...]]:
        """The talks of each speaker, by speaker id; all talks under the empty id."""
        found: dict[str, list[Session]] = defaultdict(list)
        for session in self.edition.talk_sessions:
            for id in ("", *session.speakers):
                found[id].append(session)
        return {id: tuple(sessions) for id, sessions in found.items()}

    def colour_of(self, speaker: str) -> int:
        """Return the colour's number of a speaker's first track; 0 without a track."""
        views = (self._views[session.id] for session in self.talks.get(speaker, ()))
        return next((view.track_number for view in views if view.track_number), 0)

    def nav(self, path: str) -> NavView:
        """Return the header for the event's page at a path: its name and the links to its pages."""
        event, document = self.edition.event, self.edition.document
        language = document.front_matter.lang or self.site.settings.language
        venue = event.venue
        places = list(dict.fromkeys([venue.name, venue.city])) if venue else []
        links = [LinkView(label, self.url(to), to == path) for label, to in self._pages()]
        return NavView(
            slug=self.slug,
            title=event.title,
            lang="" if language == self.site.settings.language else language,
            url=self.url(paths.hub(self.slug)),
            dates=words.dates(event.first_day, event.last_day),
            place=", ".join(place for place in places if place) or event.attendance.capitalize(),
            zone=self.programme.zone,
            base=self.url(paths.hub(self.slug)),
            data=self.url(paths.programme_data(self.slug)),
            worker=self.url(paths.worker(self.slug)) if self.has_worker else "",
            mark=self.edition.mark,
            links=tuple(links),
        )

    def _pages(self) -> Iterator[tuple[str, str]]:
        yield "Overview", paths.hub(self.slug)
        if self.programme.days:
            yield "Schedule", paths.schedule(self.slug)
        if self.programme.speakers:
            yield "Speakers", paths.speakers(self.slug)
        if self.programme.days:
            yield "My programme", paths.below(self.slug, "my")
        if self.programme.days and not self.edition.is_over(self.site.now):
            yield "Now", paths.below(self.slug, "now")
        if any(release.changes for release in self.edition.history.releases):
            yield "Changes", paths.changes(self.slug)

    def days(self, wanted: Iterable[Day], choice: Choice = _all) -> tuple[DayView, ...]:
        """Return the views of days.

        With a choice, they hold only the chosen sessions and are lists; days without any are left
        out.
        """
        chosen = (day for day in wanted if any(choice(session) for session in day.sessions))
        return tuple(self._day(day, choice) for day in chosen)

    def _day(self, day: Day, choice: Choice) -> DayView:
        grid = self._grids[day.date] if choice is _all else NO_GRID
        slots = [self._slot(slot, grid, choice) for slot in self._slots[day.date]]
        return DayView(
            date=day.date.isoformat(),
            heading=words.weekday(day.date),
            title=day.title,
            url=self.url(paths.day(self.slug, day.date)),
            note=words.clock_change(day.date, self.programme.zone),
            count=sum(not session.is_pause for session in day.sessions if choice(session)),
            grid=_grid_size(grid, self._slots[day.date]),
            columns=max(len(grid.rooms), 1),
            rows=max(grid.rows, 1),
            lines=printed_lines(grid, self._views),
            rooms=tuple(self.room_link(id) for id in grid.rooms),
            slots=tuple(slot for slot in slots if slot.sessions),
        )

    @cached_property
    def _grids(self) -> dict[date, Grid]:
        return {day.date: lay_out(self.agenda, day) for day in self.programme.days}

    @cached_property
    def _slots(self) -> dict[date, tuple[Slot, ...]]:
        """The slots of each day; cached, since many pages show some of them."""
        days = self.programme.days
        return {day.date: tuple(_joined(self.agenda.slots(day))) for day in days}

    def _slot(self, slot: Slot, grid: Grid, choice: Choice) -> SlotView:
        chosen = (session for session in slot.sessions if choice(session))
        views = tuple(self.session(session, grid.areas.get(session.id, ONCE)) for session in chosen)
        start = views[0].start if views else None
        return SlotView(start, min((view.row for view in views), default=1), views)

    def lines(self, choice: Choice = _all) -> tuple[DayLinesView, ...]:
        """Return all days with their chosen sessions, in the order of their times."""
        return tuple(
            DayLinesView(
                words.weekday(day.date),
                self.url(paths.day(self.slug, day.date)),
                tuple(self.session(s) for s in self._in_order(day) if choice(s)),
            )
            for day in self.programme.days
        )

    def _in_order(self, day: Day) -> Iterator[Session]:
        return (session for slot in self._slots[day.date] for session in slot.sessions)

    def session(self, session: Session, area: Area = ONCE) -> SessionView:
        """Return the view of a session, at its place in the grid of its day."""
        view = self._views[session.id]
        if area == ONCE:
            return view
        return replace(
            view,
            row=area.row,
            row_span=area.row_span,
            column=area.column,
            column_span=area.column_span,
        )

    @cached_property
    def _views(self) -> dict[str, SessionView]:
        """The view of every session, by id; cached, since many pages show it."""
        return {session.id: self._view(session) for session in self.programme.sessions}

    def _view(self, session: Session) -> SessionView:
        until = self.agenda.until(session)
        track = self._tracks.get(session.track)
        site_language = self.site.settings.language
        return SessionView(
            id=session.id,
            talk=session.talk,
            title=session.title,
            url=self.session_url(session),
            lang=session.language if session.language != site_language else "",
            start=self._time(session.start, session) if session.start else None,
            end=self._time(session.end, session) if session.end else None,
            starts=session.start.iso if session.start else "",
            ends=until.iso if until else "",
            day=words.weekday(session.day),
            rooms=" ".join(session.rooms),
            room=self._room(session),
            speakers=tuple(self.speaker_link(id) for id in session.speakers),
            track=session.track,
            track_name=track.name if track else "",
            track_number=track.number if track else 0,
            kind=session.kind,
            status=session.status,
            status_words=words.status(session, self.programme),
            language=session.language,
            facts=tuple(self._facts(session)),
            note=session.texts.note,
        )

    def _facts(self, session: Session) -> Iterator[str]:
        if kind := words.KINDS[session.kind]:
            yield kind
        usual = (*self.programme.languages, self.site.settings.language)[0]
        if session.language and session.language != usual:
            yield own_name(session.language)
        if session.texts.group:
            yield session.texts.group

    def _room(self, session: Session) -> str:
        if session.is_everywhere:
            return "" if session.is_pause else "all rooms"
        return words.room_names(self.programme, session.rooms)

    def _time(self, moment: Moment, session: Session) -> TimeView:
        marks = [words.day_shift(moment, session.day)]
        ends = {end.offset for end in (session.start, session.end) if end}
        if len(ends) > 1 or words.is_twice(moment):
            marks.append(moment.abbreviation)
        return TimeView(moment.iso, words.clock(moment), ", ".join(mark for mark in marks if mark))

    def session_url(self, session: Session) -> str:
        """Return the address of a session's talk; empty if it has no page."""
        has_page = self.edition.has_page(session)
        return self.url(paths.talk(self.slug, session.talk)) if has_page else ""

    def speaker_link(self, id: str) -> LinkView:
        """Return a speaker's name and the address of their page."""
        return self._speaker_links[id]

    def room_link(self, id: str) -> LinkView:
        """Return a room's name and the address of its page; “Elsewhere” has no page."""
        if id == ELSEWHERE:
            return LinkView("Elsewhere", "")
        return LinkView(self.programme.room(id).name, self.url(paths.room(self.slug, id)))

    def track_link(self, id: str) -> LinkView:
        """Return a track's name and the address of its page."""
        return LinkView(self.programme.track(id).name, self.url(paths.track(self.slug, id)))

    def calendar(self, page: str, sessions: Iterable[Session]) -> CalendarView | None:
        """Return the calendar of the page at a path, which shows these sessions.

        Return None if no session has a time.
        """
        told = [session.start is not None for session in sessions]
        path = paths.calendar(page)
        whole = self.site.absolute(path)
        subscribe = f"webcal{whole[whole.index(':') :]}"
        return CalendarView(subscribe, self.url(path), told.count(False)) if any(told) else None

    def links(self, links: Iterable[Link], document: Document | None) -> tuple[LinkView, ...]:
        """Return the links that an author gave in a document's front matter or in the schedule."""
        return tuple(LinkView(link.label, self.reference(link.url, document)) for link in links)

    def reference(self, url: str, document: Document | None) -> str:
        """Return the address that an author's reference leads to."""
        known = self.site.links.get(document.source, {}) if document else {}
        if url.startswith("/") and url not in known:
            return self.site.settings.base + url[1:]
        return known.get(url, url)

    def image(
        self,
        image: Image | schema.Image | None,
        document: Document | None,
        *,
        absolute: bool = False,
    ) -> ImageView | None:
        """Return the picture that a document's front matter names, or None."""
        if not image:
            return None
        url = self.reference(image.src, document)
        return self.site.picture(url, image.alt, absolute=absolute)

    def url(self, path: str) -> str:
        """Return the address of a page, beginning with the base path."""
        return self.site.url(path)


def _joined(slots: Iterable[Slot]) -> Iterator[Slot]:
    """Yield the slots, with neighbouring slots without a time joined."""
    for is_timed, group in groupby(slots, key=lambda slot: slot.start is not None):
        if is_timed:
            yield from group
        else:
            yield Slot(None, tuple(session for slot in group for session in slot.sessions))


def in_room(id: str) -> Choice:
    """Return a choice of the sessions that are in a room or plenary."""
    return partial(_in_room, id)


def _in_room(id: str, session: Session) -> bool:
    return id in session.rooms or session.is_everywhere


def _grid_size(grid: Grid, slots: Iterable[Slot]) -> str:
    """Return `narrow` or `wide`, the space that a day needs as a grid; empty if it is only a list.

    A day with one room, with too many rooms or without any times has no grid.
    """
    columns = len(grid.rooms)
    if columns < 2 or columns > WIDE_COLUMNS or not any(slot.start for slot in slots):
        return ""
    return "narrow" if columns <= NARROW_COLUMNS else "wide"
