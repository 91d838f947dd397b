"""An event's schedule for other programs: absolute addresses, plain text, lasting ids."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from msgspec import Struct

from .. import words
from ..model import Event, Moment, Room, Session, SessionTexts, Speaker, Track
from .plain import clean

EVERY_ROOM = "All rooms"
NO_ROOM = "Elsewhere"

LONGEST = timedelta(hours=23, minutes=59)
"""Apps reject a whole file because of one session of 24 hours or more."""


class Identity(Struct, frozen=True):
    """The properties by which calendars recognise a session and its revisions."""

    uid: str
    """Never changes (RFC 7986, section 5.3)."""
    sequence: int
    """The number of changes of time, place or status (RFC 5545, section 3.8.7.4)."""
    stamp: datetime
    """The time of the last change of any kind, in UTC; a build without changes keeps it."""


class ExportedSpeaker(Struct, frozen=True):
    """A speaker with the ids and the address for other programs."""

    speaker: Speaker
    guid: str
    """Made from the site's name and the speaker's id, never from a mail address."""
    number: int
    url: str


class ExportedRoom(Struct, frozen=True):
    """A room with the id and the address for other programs."""

    room: Room
    guid: str
    url: str


class ExportedSession(Struct, frozen=True, kw_only=True):
    """A session with everything that files say about it; no text holds control characters."""

    session: Session
    title: str
    identity: Identity
    guid: str
    """Its imported UUID if it has one; else its UID if that is a UUID; else made from the UID."""
    number: int
    """From 1, unique within the event, for apps that do not know guids."""
    slug: str
    url: str
    until: Moment | None
    """The end, assumed if the author gave none; None without a start."""
    rooms: tuple[str, ...]
    """Names of rooms."""
    track: str
    """The name of the track; empty if it has none."""
    speakers: tuple[ExportedSpeaker, ...]
    type: str
    """The type's name from an import; else the session's kind."""
    code: str
    """The six characters by which pretalx knows it; empty if it has none."""
    texts: SessionTexts
    """All addresses in it are absolute; `url`, the session's page elsewhere, is unchanged."""
    description: str
    """The long text as plain text; empty lines separate its blocks."""
    markup: str
    """The long text as HTML, if it has more than paragraphs; else empty."""

    def extra(self, name: str) -> str:
        """Return the value that an imported file gave under a name; empty if there is none."""
        return dict(self.texts.extra).get(name, "")

    @property
    def subtitle(self) -> str:
        """The session's subtitle, or else the title of its nested list."""
        return self.texts.subtitle or self.texts.group

    @property
    def people(self) -> list[str]:
        """The names of the speakers."""
        return [each.speaker.name for each in self.speakers]

    @property
    def room(self) -> str:
        """The session's room, or its first one, for formats that allow only one."""
        if self.session.is_everywhere:
            return EVERY_ROOM
        return self.rooms[0] if self.rooms else NO_ROOM

    @property
    def length(self) -> timedelta:
        """The length from start to the known or assumed end, at most 23 hours 59 minutes."""
        start, until = self.session.start, self.until
        return min(until.instant - start.instant, LONGEST) if start and until else timedelta()

    @property
    def hours(self) -> str:
        """The length like `00:45`."""
        hours, minutes = divmod(int(self.length.total_seconds()) // 60, 60)
        return f"{hours:02}:{minutes:02}"


class ExportedDay(Struct, frozen=True):
    """A day with its sessions, in the order of their slots."""

    index: int
    """From 1."""
    date: date
    title: str
    sessions: tuple[ExportedSession, ...]

    @property
    def timed(self) -> tuple[ExportedSession, ...]:
        """The sessions that have a time."""
        return tuple(each for each in self.sessions if each.session.start)


class Export(Struct, frozen=True, kw_only=True):
    """The whole schedule of one event."""

    event: Event
    title: str
    summary: str
    acronym: str
    """At least four of `a-z`, `0-9` and `_`."""
    language: str
    zone: str
    version: str
    """The name of this release of the schedule; it changes if the schedule does."""
    url: str
    """The address of the event page."""
    files: str
    """The address with which the addresses of its files begin."""
    site: str
    """The address of the site."""
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
        """All sessions, by day and slot."""
        return tuple(session for day in self.days for session in day.sessions)

    @property
    def timed(self) -> tuple[ExportedSession, ...]:
        """The sessions that have a time."""
        return tuple(session for day in self.days for session in day.timed)

    @property
    def venue(self) -> str:
        """The venue and its city; empty if not known."""
        return clean(words.venue(self.event))

    def location(self, session: ExportedSession) -> str:
        """Return the place of a session in words: rooms and venue, or else the event's title."""
        is_in_all = session.session.is_everywhere and not session.session.is_pause
        rooms = (EVERY_ROOM,) if is_in_all else session.rooms
        places = [place for place in (*rooms, self.venue) if place]
        return ", ".join(places) or self.title

    def by_room(self, day: ExportedDay) -> list[tuple[str, list[ExportedSession]]]:
        """Return the day's timed sessions by their one room, in the order of rooms."""
        order = {each.room.name: number for number, each in enumerate(self.rooms)}
        found: dict[str, list[ExportedSession]] = {}
        for each in day.timed:
            found.setdefault(each.room, []).append(each)
        return sorted(found.items(), key=lambda item: order.get(item[0], len(order)))

    def bounds(self, day: ExportedDay) -> tuple[Moment, Moment]:
        """Return the first start and the last end of a day's sessions.

        Without times, return the midnights at which the day begins and ends.
        """
        starts = [each.session.start for each in day.timed if each.session.start]
        ends = [each.until for each in day.timed if each.until]
        if starts and ends:
            return min(starts, key=_instant), max(ends, key=_instant)
        nights = (datetime.combine(d, time()) for d in (day.date, day.date + timedelta(days=1)))
        first, last = (Moment.at_wall(night, self.zone or "UTC") for night in nights)
        return first, last

    @property
    def stamp(self) -> datetime | None:
        """The time of the last change of any of its sessions; None if it has none."""
        return max((each.identity.stamp for each in self.sessions), default=None)


def _instant(at: Moment) -> datetime:
    return at.instant
