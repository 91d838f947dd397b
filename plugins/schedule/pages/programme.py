"""Make the pages of a schedule: days, talks, speakers, rooms, tracks, booklet, lists by time."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from xml.etree import ElementTree

from msgspec import Struct

from ...blog.view import ArchiveEntryView
from ...markdown.document import Document
from ...markdown.html import plain_text, shortened, with_unique_ids
from ...site.head import DESCRIPTION, description_of, head_view
from ...site.view import HeadView, ImageView, LinkView
from ...source.text import counted, initials
from .. import paths, words
from ..model import Day, Link, Room, Session, Speaker, Track
from .present import Choice, Presenter, in_room
from .qr import qr_svg
from .structured import Structured, as_script
from .view import (
    AbstractView,
    BookletDayView,
    BookletPage,
    CalendarView,
    LinesPage,
    OccurrenceView,
    PersonView,
    PlacePage,
    SchedulePage,
    SpeakerPage,
    SpeakersPage,
    TalkPage,
)

MOST_SESSIONS = 150
"""The number of sessions up to which one page shows the whole schedule; beyond, one day."""

MOST_BESIDE = 12
"""The most other sessions at the same time that a talk's page lists."""

# Matches the beginning of `<h2 id="x">` and of `</h2>`; not `<hr>` or `<html>`.
HEADING = re.compile(r"(</?h)([1-6])(?=[\s>])")


class Pages(Struct, frozen=True):
    """The maker of the pages of one event's schedule."""

    present: Presenter
    recaps: Mapping[str, tuple[ArchiveEntryView, ...]]
    """Posts that report on a talk, by the talk's id."""
    elsewhere: Mapping[str, tuple[LinkView, ...]]
    """A speaker's pages at other events, by speaker id."""

    def schedule(self, path: str, days: Sequence[Day], *, title: str) -> SchedulePage:
        """Return the page at a path that shows these days of the schedule."""
        present, slug = self.present, self.present.slug
        return SchedulePage(
            head=self._head(path, f"{title}, {self._event_title}", self._summary(days)),
            event=present.nav(path),
            title=title,
            zone=present.zone_of(days),
            dates=self._dates(path),
            days=present.days(days),
            booklet=present.url(paths.below(slug, "booklet")),
            calendar=self._calendar(path, days),
        )

    def _calendar(self, path: str, days: Sequence[Day]) -> CalendarView | None:
        """Return the calendar of the whole event, or on a day's page that of the day."""
        present, slug = self.present, self.present.slug
        if path == paths.schedule(slug):
            return present.calendar(paths.hub(slug), present.programme.sessions)
        return present.calendar(path, days[0].sessions)

    def first_days(self) -> tuple[Day, ...]:
        """Return the days that the schedule's main page shows.

        They are all days, or in a long schedule today's, or else the first.
        """
        days = self.present.programme.days
        if len(self.present.programme.sessions) <= MOST_SESSIONS:
            return days
        now = self.present.site.now.date()
        today = [day for day in days if day.date == now]
        return tuple(today or days[:1])

    def _dates(self, path: str) -> tuple[LinkView, ...]:
        present, days = self.present, self.present.programme.days
        if len(days) < 2:
            return ()
        schedule = paths.schedule(present.slug)
        links = [(words.weekday(d.date), paths.day(present.slug, d.date)) for d in days]
        if len(present.programme.sessions) <= MOST_SESSIONS:
            links.insert(0, ("All days", schedule))
        return tuple(LinkView(label, present.url(to), to == path) for label, to in links)

    def talk(self, session: Session) -> TalkPage:
        """Return the page of a talk with all its sessions."""
        present, path = self.present, paths.talk(self.present.slug, session.id)
        times = present.programme.times_of(session.id)
        document = present.edition.talks.get(session.id)
        description = self._description(session, document)
        structured = Structured(present.site, present.edition).talk(times, description)
        return TalkPage(
            head=self._head(
                path,
                f"{session.title}, {self._event_title}",
                description,
                image=self._image(document, absolute=True),
                json_ld=as_script(structured),
            ),
            event=present.nav(path),
            session=present.session(session),
            zone=present.zone,
            times=tuple(self._occurrence(each) for each in times),
            track=present.track_link(session.track) if session.track else None,
            people=tuple(self.person(id) for id in session.speakers),
            subtitle=session.texts.subtitle,
            abstract=session.texts.abstract,
            html=present.site.shown(document) if document else "",
            lang=self._lang(document),
            image=self._image(document),
            links=present.links(_material(session), document),
            recaps=self.recaps.get(session.id, ()),
            mark=present.site.marks.get(document.source, "") if document else "",
            is_off=not any(each.is_on for each in times),
        )

    def _description(self, session: Session, document: Document | None) -> str:
        text = session.texts.abstract or (description_of(document) if document else "")
        people = words.listed([self.present.programme.speaker(id).name for id in session.speakers])
        return shortened(
            text or f"{session.title}{f', with {people}' if people else ''}", DESCRIPTION
        )

    def _occurrence(self, session: Session) -> OccurrenceView:
        present, agenda = self.present, self.present.agenda
        following, beside = agenda.next_in_room(session), agenda.beside(session)
        rest = len(beside) - MOST_BESIDE
        day = present.url(paths.day(present.slug, session.day))
        return OccurrenceView(
            session=present.session(session),
            length=words.length(session.length) if session.length else "",
            rooms=tuple(present.room_link(id) for id in session.rooms),
            beside=tuple(present.session(each) for each in beside[:MOST_BESIDE]),
            more=LinkView(f"{rest} more on the schedule", day) if rest > 0 else None,
            next=present.session(following) if following else None,
            calendar=self._own_calendar(session),
        )

    def _own_calendar(self, session: Session) -> CalendarView | None:
        """Return the calendar for people who want to attend the session; None if it is cancelled.

        The file itself stays, for those who follow it: it says that the session is cancelled.
        """
        path = paths.talk(self.present.slug, session.id)
        return self.present.calendar(path, [session]) if session.is_on else None

    def person(self, id: str) -> PersonView:
        """Return a speaker's short view, with their talks."""
        present, speaker = self.present, self.present.programme.speaker(id)
        talks = [
            LinkView(session.title, present.session_url(session))
            for session in present.talks.get(id, ())
        ]
        document = present.edition.speakers.get(id)
        summary = speaker.summary or (description_of(document) if document else "")
        return PersonView(
            name=speaker.name,
            url=present.url(paths.speaker(present.slug, id)),
            affiliation=speaker.affiliation,
            pronouns=speaker.pronouns,
            summary=summary,
            picture=present.image(speaker.picture, document),
            initials=initials(speaker.name),
            colour=present.colour_of(id),
            talks=tuple(talks),
        )

    def speaker(self, speaker: Speaker) -> SpeakerPage:
        """Return the page of a speaker with their sessions."""
        present, path = self.present, paths.speaker(self.present.slug, speaker.id)
        document = present.edition.speakers.get(speaker.id)
        person = self.person(speaker.id)
        description = person.summary or f"{speaker.name} at {self._event_title}"
        return SpeakerPage(
            head=self._head(
                path,
                f"{speaker.name}, {self._event_title}",
                description,
                image=self._image(document, absolute=True),
            ),
            event=present.nav(path),
            person=person,
            html=present.site.shown(document) if document else "",
            lang=self._lang(document),
            links=present.links(speaker.links, document),
            zone=present.zone,
            days=present.days(present.programme.days, partial(_speaks, speaker.id)),
            elsewhere=self.elsewhere.get(speaker.id, ()),
            calendar=self._chosen(path, partial(_speaks, speaker.id)),
        )

    def people(self) -> tuple[PersonView, ...]:
        """Return the short views of all speakers, in the order of the schedule."""
        return tuple(self.person(speaker.id) for speaker in self.present.programme.speakers)

    def speakers(self) -> SpeakersPage:
        """Return the page of all speakers, sorted by name."""
        present, path = self.present, paths.speakers(self.present.slug)
        people = self.people()
        return SpeakersPage(
            head=self._head(
                path, f"Speakers, {self._event_title}", f"Who speaks at {self._event_title}."
            ),
            event=present.nav(path),
            people=tuple(sorted(people, key=lambda person: (person.name.casefold(), person.url))),
        )

    def room(self, room: Room) -> PlacePage:
        """Return the page of a room, with the plenary sessions among its own."""
        present, path = self.present, paths.room(self.present.slug, room.id)
        others = present.programme.rooms
        return PlacePage(
            head=self._head(
                path, f"{room.name}, {self._event_title}", f"What is on in {room.name}. {room.note}"
            ),
            event=present.nav(path),
            title=room.name,
            summary=room.note,
            capacity=room.capacity or 0,
            number=0,
            code_html=_door_code(present.site.absolute(path), room),
            zone=present.zone,
            days=present.days(present.programme.days, in_room(room.id)),
            others=tuple(present.room_link(other.id) for other in others if other is not room),
            calendar=self._chosen(path, in_room(room.id)),
        )

    def track(self, track: Track, number: int) -> PlacePage:
        """Return the page of a track; `number` is that of its colour."""
        present, path = self.present, paths.track(self.present.slug, track.id)
        others = present.programme.tracks
        description = track.summary or f"The track {track.name} of {self._event_title}."
        return PlacePage(
            head=self._head(path, f"{track.name}, {self._event_title}", description),
            event=present.nav(path),
            title=track.name,
            summary=track.summary,
            capacity=0,
            number=number,
            zone=present.zone,
            days=present.days(present.programme.days, partial(_is_in_track, track.id)),
            others=tuple(present.track_link(other.id) for other in others if other is not track),
            calendar=self._chosen(path, partial(_is_in_track, track.id)),
        )

    def _chosen(self, path: str, choice: Choice) -> CalendarView | None:
        return self.present.calendar(path, filter(choice, self.present.programme.sessions))

    def my_programme(self) -> LinesPage:
        """Return the page of the reader's own choice, which only their device stores."""
        path = paths.below(self.present.slug, "my")
        return self._lines(
            path, "My programme", f"Your own choice of {self._event_title}.", has_days=False
        )

    def now(self) -> LinesPage:
        """Return the page of all sessions by time; a script shows only the current and the next."""
        path = paths.below(self.present.slug, "now")
        return self._lines(path, "Now", f"What is on now at {self._event_title}, and what is next.")

    def _lines(
        self, path: str, title: str, description: str, *, has_days: bool = True
    ) -> LinesPage:
        return LinesPage(
            head=self._head(path, f"{title}, {self._event_title}", description),
            event=self.present.nav(path),
            zone=self.present.zone,
            days=self.present.lines() if has_days else (),
        )

    def booklet(self) -> BookletPage:
        """Return the page of all talks with their abstracts."""
        path = paths.below(self.present.slug, "booklet")
        days = [
            (day, [s for s in self.present.talks.get("", ()) if s.day == day.date])
            for day in self.present.programme.days
        ]
        return BookletPage(
            head=self._head(
                path, f"Booklet, {self._event_title}", f"All talks of {self._event_title}."
            ),
            event=self.present.nav(path),
            zone=self.present.zone,
            days=tuple(
                BookletDayView(words.weekday(day.date), tuple(map(self._abstract, talks)))
                for day, talks in days
                if talks
            ),
        )

    def _abstract(self, session: Session) -> AbstractView:
        present, document = self.present, self.present.edition.talks.get(session.id)
        html = present.site.html(document, document.body) if document else ""
        own = with_unique_ids(html, prefix=session.id, url=present.session_url(session))
        first, *again = map(present.session, present.programme.times_of(session.id))
        lang = self._lang(document)
        return AbstractView(first, tuple(again), _demoted(own), lang, session.texts.abstract)

    def _lang(self, document: Document | None) -> str:
        language = document.front_matter.lang if document else None
        return "" if language == self.present.site.settings.language else language or ""

    @property
    def _event_title(self) -> str:
        return self.present.edition.event.title

    def _summary(self, days: Sequence[Day]) -> str:
        event = self.present.edition.event
        when = words.dates(days[0].date, days[-1].date) if days else ""
        count = sum(not session.is_pause for day in days for session in day.sessions)
        return f"The programme of {event.title}: {counted(count, 'session')}, {when}."

    def _image(self, document: Document | None, *, absolute: bool = False) -> ImageView | None:
        image = document.front_matter.image if document else None
        return self.present.image(image, document, absolute=absolute)

    def _head(
        self,
        path: str,
        title: str,
        description: str,
        *,
        image: ImageView | None = None,
        json_ld: str = "",
    ) -> HeadView:
        return head_view(
            self.present.site,
            path,
            title=title,
            description=plain_text(description) if "<" in description else description.strip(),
            feeds=self.present.feeds,
            image=image,
            is_indexed=not self.present.edition.mark,
            json_ld=json_ld,
        )


def _material(session: Session) -> list[Link]:
    """Return a talk's slides, recording and other links, as far as it has them."""
    texts = session.texts
    own = [Link("Slides", texts.slides), Link("Recording", texts.recording)]
    return [link for link in (*own, *texts.links) if link.url]


def _demoted(html: str) -> str:
    """Return a page's markup as a part of another page: its headings are two levels lower."""
    return HEADING.sub(lambda match: f"{match[1]}{min(int(match[2]) + 2, 6)}", html)


def _speaks(id: str, session: Session) -> bool:
    return id in session.speakers


def _is_in_track(id: str, session: Session) -> bool:
    return session.track == id


def _door_code(url: str, room: Room) -> str:
    """Return the markup of a QR code with the address of the room's page, for its door."""
    code = qr_svg(url, label=f"Address of {room.name}")
    return ElementTree.tostring(code, encoding="unicode", method="html")
