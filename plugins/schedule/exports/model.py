"""An event's programme as other programs get it: absolute addresses, plain text, lasting ids."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from msgspec import Struct

from .. import words
from ..model import Event, Moment, Room, Session, SessionTexts, Speaker, Track
from .plain import clean

EVERY_ROOM = "All rooms"
NO_ROOM = "Elsewhere"

LONGEST = timedelta(hours=23, minutes=59)
"""Apps lose a whole file to a session of 24 hours or more."""


class Identity(Struct, frozen=True):
    """What calendars know a session by, and how they tell that it changed."""

    uid: str
    """Never changes (RFC 7986, section 5.3)."""
    sequence: int
    """How often its time, place or status changed (RFC 5545, section 3.8.7.4)."""
    stamp: datetime
    """When it last changed in any way, in UTC; never the moment of a build that changed nothing."""


class ExportedSpeaker(Struct, frozen=True):
    """A speaker with what other programs know them by."""

    speaker: Speaker
    guid: str
    """Made from the site's name and their id, never from a mail address."""
    number: int
    url: str


class ExportedRoom(Struct, frozen=True):
    """A room with what other programs know it by."""

    room: Room
    guid: str
    url: str


class ExportedSession(Struct, frozen=True, kw_only=True):
    """A session with all that goes into a file about it; every text is free of controls."""

    session: Session
    title: str
    identity: Identity
    guid: str
    """A UUID made from its UID."""
    number: int
    """From 1; distinct within the event. Apps that know no guid count on it."""
    slug: str
    url: str
    until: Moment | None
    """When it is over, assumed where its author gave no end; None without a time."""
    rooms: tuple[str, ...]
    """Names."""
    track: str
    """The name."""
    speakers: tuple[ExportedSpeaker, ...]
    type: str
    """What sort of session it is: the word it was imported with, else its kind."""
    code: str
    """Six characters that pretalx knows it by; empty without them."""
    texts: SessionTexts
    """Its addresses are absolute, but for `url`."""
    description: str
    """The long text, a paragraph a line with an empty one between them."""
    markup: str
    """The long text as its page has it, where paragraphs alone cannot say it; else empty."""

    def extra(self, name: str) -> str:
        """What an imported file said under a name; empty when it said nothing."""
        return dict(self.texts.extra).get(name, "")

    @property
    def subtitle(self) -> str:
        """Its own, else what the nested list that it stands in is called."""
        return self.texts.subtitle or self.texts.group

    @property
    def people(self) -> list[str]:
        """The names of those who speak."""
        return [each.speaker.name for each in self.speakers]

    @property
    def room(self) -> str:
        """The one room that it is told to be in, where a format knows no more."""
        if self.session.is_everywhere:
            return EVERY_ROOM
        return self.rooms[0] if self.rooms else NO_ROOM

    @property
    def length(self) -> timedelta:
        """How long it takes, or is taken to."""
        start, until = self.session.start, self.until
        return min(until.instant - start.instant, LONGEST) if start and until else timedelta()

    @property
    def hours(self) -> str:
        """The same like `00:45`."""
        hours, minutes = divmod(int(self.length.total_seconds()) // 60, 60)
        return f"{hours:02}:{minutes:02}"


class ExportedDay(Struct, frozen=True):
    """A day with its sessions, in the order in which they begin."""

    index: int
    """From 1."""
    date: date
    title: str
    sessions: tuple[ExportedSession, ...]

    @property
    def timed(self) -> tuple[ExportedSession, ...]:
        """Those whose time is known."""
        return tuple(each for each in self.sessions if each.session.start)


class Export(Struct, frozen=True, kw_only=True):
    """One event's whole programme."""

    event: Event
    title: str
    summary: str
    acronym: str
    """At least four of `a-z`, `0-9` and `_`."""
    language: str
    zone: str
    version: str
    """What this release of the programme is called; it changes when the programme does."""
    url: str
    """Of the event's page."""
    files: str
    """What the addresses of its files begin with."""
    site: str
    """The site's address."""
    logo: str
    rooms: tuple[ExportedRoom, ...]
    tracks: tuple[Track, ...]
    speakers: tuple[ExportedSpeaker, ...]
    languages: tuple[str, ...]
    breaks: tuple[str, ...]
    strict: bool
    days: tuple[ExportedDay, ...]

    @property
    def sessions(self) -> tuple[ExportedSession, ...]:
        """All sessions, by day and time."""
        return tuple(session for day in self.days for session in day.sessions)

    @property
    def timed(self) -> tuple[ExportedSession, ...]:
        """Those whose time is known."""
        return tuple(session for day in self.days for session in day.timed)

    @property
    def venue(self) -> str:
        """The venue and its city in words; empty when not known."""
        return clean(words.venue(self.event))

    def location(self, session: ExportedSession) -> str:
        """Where a session is, in words; there is always something to say."""
        is_in_all = session.session.is_everywhere and not session.session.is_pause
        rooms = (EVERY_ROOM,) if is_in_all else session.rooms
        places = [place for place in (*rooms, self.venue) if place]
        return ", ".join(places) or self.title

    def by_room(self, day: ExportedDay) -> list[tuple[str, list[ExportedSession]]]:
        """The day's timed sessions by their one room, in the order of rooms."""
        order = {each.room.name: number for number, each in enumerate(self.rooms)}
        found: dict[str, list[ExportedSession]] = {}
        for each in day.timed:
            found.setdefault(each.room, []).append(each)
        return sorted(found.items(), key=lambda item: order.get(item[0], len(order)))

    def bounds(self, day: ExportedDay) -> tuple[Moment, Moment]:
        """When the day's first session begins and its last is over; without times, midnights."""
        starts = [each.session.start for each in day.timed if each.session.start]
        ends = [each.until for each in day.timed if each.until]
        if starts and ends:
            return min(starts, key=_instant), max(ends, key=_instant)
        nights = (datetime.combine(d, time()) for d in (day.date, day.date + timedelta(days=1)))
        first, last = (Moment.at_wall(night, self.zone or "UTC") for night in nights)
        return first, last

    @property
    def stamp(self) -> datetime | None:
        """When any of its sessions last changed."""
        return max((each.identity.stamp for each in self.sessions), default=None)


def _instant(at: Moment) -> datetime:
    return at.instant
