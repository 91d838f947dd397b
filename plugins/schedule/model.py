"""Events, schedules and itineraries: frozen data that every later stage reads.

    Event ── index.md           Programme ── schedule.yaml or a fence     Itinerary ── a fence
      Venue, CallForProposals,    Room, Track, Speaker                      Leg, Stay, Talk, Note
      Tickets, SponsorTier,       Day ─▶ Session ─▶ Moment (start, end)
      Contact, Link

Sessions refer to rooms, tracks and speakers by id; `Programme.room(id)`, `track(id)` and
`speaker(id)` look them up. A session without a `start` has a place in the order but no time.
`agenda.py` answers questions such as "what is on next in this room".
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Literal, Protocol, TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from ..source.problem import Place


class Kind(enum.StrEnum):
    """The sort of a session: a talk, a workshop, a break."""

    TALK = "talk"
    WORKSHOP = "workshop"
    KEYNOTE = "keynote"
    PANEL = "panel"
    BREAK = "break"
    SOCIAL = "social"
    MEETING = "meeting"


class Status(enum.StrEnum):
    """The certainty of a session or an itinerary's entry."""

    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    CANCELLED = "cancelled"
    MOVED = "moved"


class Named(Protocol):
    """An object with an id and a name."""

    @property
    def id(self) -> str:
        """The id, unique among objects of the same class."""

    @property
    def name(self) -> str:
        """The name that readers see."""


N = TypeVar("N", bound=Named)

EVERYWHERE = "*"
"""Stands for all rooms in a list of room ids."""


class Moment(Struct, frozen=True):
    """A point in time: the time on a wall clock in a zone, and the instant in UTC."""

    wall: datetime
    """The time on the clock, without a zone."""
    zone: str
    """The IANA name of the clock's zone."""
    instant: datetime
    """The same point in UTC; compare and subtract instants, not wall times."""
    offset: timedelta
    """The clock's offset from UTC; positive east of Greenwich."""
    abbreviation: str
    """The zone's abbreviation at that time, like CEST; for a zone without one, like +03."""

    @classmethod
    def at_wall(cls, wall: datetime, zone: str, *, fold: Literal[0, 1] = 0) -> Moment:
        """Return the moment at which a clock in the zone shows `wall`.

        When clocks go back, a time occurs twice: `fold=1` selects the second (PEP 495).
        """
        return cls._of(wall.replace(tzinfo=ZoneInfo(zone), fold=fold), zone)

    @classmethod
    def at_instant(cls, instant: datetime, zone: str) -> Moment:
        """Return the moment of an instant, on a clock in the zone."""
        return cls._of(instant.astimezone(ZoneInfo(zone)), zone)

    @classmethod
    def _of(cls, aware: datetime, zone: str) -> Moment:
        offset, wall = aware.utcoffset() or timedelta(), aware.replace(tzinfo=None, fold=0)
        instant = (wall - offset).replace(tzinfo=UTC)
        return cls(wall, zone, instant, offset, aware.tzname() or "")

    def plus(self, length: timedelta) -> Moment:
        """Return the moment after `length` of elapsed time, whatever clocks do meanwhile."""
        return Moment.at_instant(self.instant + length, self.zone)

    @property
    def aware(self) -> datetime:
        """The wall time as an aware datetime with a fixed offset."""
        return self.instant.astimezone(timezone(self.offset))

    @property
    def iso(self) -> str:
        """The ISO 8601 form, like `2011-10-21T09:30:00+02:00`; pages and data files use it."""
        return self.aware.isoformat()


class Link(Struct, frozen=True):
    """An address and its label."""

    label: str
    url: str


class Image(Struct, frozen=True):
    """A picture; its address is relative to the file that names it."""

    src: str
    alt: str


class Room(Struct, frozen=True):
    """A room of the event, in which sessions take place."""

    id: str
    name: str
    note: str = ""
    """For example how to get there, or its equipment."""
    capacity: int | None = None
    is_shared: bool = False
    """True if sessions may overlap in it on purpose, like posters in a foyer."""
    guid: str = ""
    """The UUID that another system gave it; apps recognise the room by it."""


class Track(Struct, frozen=True):
    """A series of sessions about one subject."""

    id: str
    name: str
    summary: str = ""


class Speaker(Struct, frozen=True):
    """A person who speaks in a session."""

    id: str
    name: str
    affiliation: str = ""
    pronouns: str = ""
    summary: str = ""
    links: tuple[Link, ...] = ()
    picture: Image | None = None
    file: str = ""
    """The path of the speaker's file, relative to the content folder; empty if there is none."""


class Origin(Struct, frozen=True):
    """The start and rooms that a session had before it moved; a part that is not known is empty."""

    start: Moment | None = None
    rooms: tuple[str, ...] = ()


class SessionTexts(Struct, frozen=True, kw_only=True):
    """The texts and addresses of a session.

    All stages pass this one record on whole: the draft of an item, the session, the session of
    another program and the exported session. Its fields are keys of an item in `schedule.yaml`.
    """

    abstract: str = ""
    """A short text from the schedule itself, not from a talk file."""
    note: str = ""
    slides: str = ""
    recording: str = ""
    links: tuple[Link, ...] = ()
    subtitle: str = ""
    group: str = ""
    """The title of the nested list that contains it, like `Posters`."""
    url: str = ""
    """The session's page at the system that the schedule was imported from."""
    guid: str = ""
    """The UUID that another system gave it; apps recognise the session by it."""
    uid: str = ""
    """The UID that another system gave it; calendars recognise the session by it."""
    extra: tuple[tuple[str, str], ...] = ()
    """Names and values of an imported file that have no field here; exports write them again."""


class Session(Struct, frozen=True, kw_only=True):
    """One item of a schedule: a talk, a break, a dinner."""

    id: str
    """Unique within the schedule; parsing/ids.py makes it."""
    title: str
    day: date
    """The day under which it is written; after midnight, the date of `start` is a later one."""
    order: int
    """Its number, counted from 1 by day and then in the file's order."""
    place: Place
    """Its place in the source file."""
    kind: Kind = Kind.TALK
    status: Status = Status.CONFIRMED
    start: Moment | None = None
    end: Moment | None = None
    """None if the author gave none; `agenda.Agenda.until` then assumes one."""
    rooms: tuple[str, ...] = ()
    """Room ids; empty if the room is not known, and if the session is in all rooms."""
    is_everywhere: bool = False
    """True if the session is for everybody and occupies all rooms (plenary)."""
    shares_room: bool = False
    """True if other sessions may use its room at the same time on purpose."""
    speakers: tuple[str, ...] = ()
    """Speaker ids."""
    track: str = ""
    """A track id; empty if it has none."""
    language: str = ""
    repeat_of: str = ""
    """The id of the session that this one repeats."""
    origin: Origin | None = None
    """The start and rooms that it had before it moved."""
    texts: SessionTexts = SessionTexts()
    file: str = ""
    """The path of its talk file, relative to the content folder; empty if there is none."""

    @property
    def length(self) -> timedelta | None:
        """The elapsed time from start to end; None unless both are known."""
        return self.end.instant - self.start.instant if self.start and self.end else None

    @property
    def is_on(self) -> bool:
        """True unless the session is cancelled."""
        return self.status is not Status.CANCELLED

    @property
    def is_pause(self) -> bool:
        """True for a break and for a social event."""
        return self.kind in {Kind.BREAK, Kind.SOCIAL}

    @property
    def talk(self) -> str:
        """The id that all sessions of one talk share: that of the first."""
        return self.repeat_of or self.id


class Day(Struct, frozen=True):
    """The sessions written under one date, in the file's order."""

    date: date
    title: str
    sessions: tuple[Session, ...]


class Slot(Struct, frozen=True):
    """The sessions of a day that begin together; a session without a start is alone in its slot."""

    start: Moment | None
    sessions: tuple[Session, ...]

    @property
    def end(self) -> Moment | None:
        """The latest end of its sessions; None unless all have an end."""
        ends = [session.end for session in self.sessions if session.end]
        if len(ends) < len(self.sessions):
            return None
        return max(ends, key=lambda end: end.instant)


class Programme(Struct, frozen=True, kw_only=True):
    """A schedule: all days of an event, or those of a fence in a post."""

    zone: str = ""
    """The IANA zone of its times; empty only if it has no times."""
    rooms: tuple[Room, ...] = ()
    """In the order of declaration; if none are declared, of first use."""
    tracks: tuple[Track, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    languages: tuple[str, ...] = ()
    """The first is the language of every session that names none."""
    days: tuple[Day, ...] = ()
    """In the order of their dates; each day has at least one session."""
    strict: bool = False
    """True if warnings, such as a room used twice at once, are errors."""
    breaks: tuple[str, ...] = ()
    """Additional words that mark a break at either end of its title, in lower case."""

    @property
    def sessions(self) -> tuple[Session, ...]:
        """All sessions, by day and in the file's order."""
        return tuple(session for day in self.days for session in day.sessions)

    def session(self, id: str) -> Session | None:
        """Return the session with the id, or None."""
        return next((session for session in self.sessions if session.id == id), None)

    def room(self, id: str) -> Room:
        """Return the room with the id; raise KeyError if there is none."""
        return _named(self.rooms, id)

    def track(self, id: str) -> Track:
        """Return the track with the id; raise KeyError if there is none."""
        return _named(self.tracks, id)

    def speaker(self, id: str) -> Speaker:
        """Return the speaker with the id; raise KeyError if there is none."""
        return _named(self.speakers, id)

    def times_of(self, talk: str) -> tuple[Session, ...]:
        """Return all sessions of one talk, in the schedule's order."""
        return tuple(session for session in self.sessions if session.talk == talk)


class Venue(Struct, frozen=True):
    """The place of an event."""

    name: str
    address: tuple[str, ...] = ()
    """The lines of the postal address, without the name and the country."""
    city: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    url: str = ""
    directions: str = ""


class Window(Struct, frozen=True):
    """A period of time; an end that is not known is open."""

    opens: datetime | None = None
    closes: datetime | None = None

    def state(self, at: datetime) -> Literal["ahead", "open", "closed"]:
        """Return "closed" from `closes` on, "ahead" before `opens`, and "open" between them."""
        if self.closes and at >= self.closes:
            return "closed"
        return "ahead" if self.opens and at < self.opens else "open"


class CallForProposals(Struct, frozen=True):
    """The invitation to propose sessions."""

    window: Window
    decisions: date | None = None
    """The day by which the proposers get an answer."""
    url: str = ""
    """The address for proposals."""
    summary: str = ""


class Ticket(Struct, frozen=True):
    """A ticket category."""

    name: str
    price: str
    """As people write it: `90 €`, `free`."""
    note: str = ""


class Tickets(Struct, frozen=True):
    """The sale of tickets."""

    window: Window
    url: str = ""
    summary: str = ""
    kinds: tuple[Ticket, ...] = ()


class Sponsor(Struct, frozen=True):
    """A person or an organisation that gives money or goods."""

    name: str
    url: str = ""
    logo: Image | None = None
    note: str = ""


class SponsorTier(Struct, frozen=True):
    """Sponsors of the same rank."""

    name: str
    sponsors: tuple[Sponsor, ...]


class CodeOfConduct(Struct, frozen=True):
    """The code of conduct, with the contacts for reports."""

    url: str = ""
    summary: str = ""
    contacts: tuple[Link, ...] = ()


class Event(Struct, frozen=True, kw_only=True):
    """A conference, read from the front matter of its `index.md`."""

    slug: str
    title: str
    first_day: date
    last_day: date
    zone: str
    """The IANA zone of its times."""
    summary: str = ""
    series: str = ""
    """The name that all its editions share; events with the same name are the other editions."""
    attendance: Literal["in person", "online", "mixed"] = "in person"
    online: str = ""
    """The address for people who take part from afar."""
    venue: Venue | None = None
    links: tuple[Link, ...] = ()
    call: CallForProposals | None = None
    tickets: Tickets | None = None
    sponsors: tuple[SponsorTier, ...] = ()
    """In the file's order."""
    code_of_conduct: CodeOfConduct | None = None
    contacts: tuple[Link, ...] = ()

    def has_day(self, day: date) -> bool:
        """Return True if the day is one of the event's days."""
        return self.first_day <= day <= self.last_day


class TalkFile(Struct, frozen=True, kw_only=True):
    """The front matter of `talks/<session id>.md`, without the long text."""

    id: str
    """The file's name without `.md` (or its `slug`): the id of its session."""
    title: str
    path: str
    """Relative to the content folder."""
    speakers: tuple[str, ...] = ()
    """Speakers' names; if the schedule names speakers of the session, those apply instead."""
    language: str = ""
    slides: str = ""
    recording: str = ""
    links: tuple[Link, ...] = ()
    place: Place | None = None
    """The place of its title, for problems."""
    excerpt: str = ""
    """The source line at that place, for problems."""


class PublishedSession(Struct, frozen=True):
    """A session as it was published; finds the session again after its title changed."""

    id: str
    title: str
    start: datetime | None
    """In UTC."""
    rooms: tuple[str, ...]
    speakers: tuple[str, ...]
    is_on: bool = True


class EventFacts(Struct, frozen=True, kw_only=True):
    """Facts about an event's other files, against which its `schedule.yaml` is checked."""

    event: Event
    speakers: tuple[Speaker, ...] = ()
    """The speakers that have a file."""
    talks: tuple[TalkFile, ...] = ()
    published: tuple[PublishedSession, ...] = ()
    """The sessions of earlier publishes, cancelled ones included."""
    shown: str = "content/"
    """The prefix that problems put before a path relative to the content folder."""


class End(Struct, frozen=True):
    """One end of a leg: its place and zone, and its time if that is known."""

    place: str
    zone: str
    moment: Moment | None = None


class Entry(Struct, frozen=True, kw_only=True, tag=True):
    """The fields that all entries of an itinerary have."""

    id: str
    """Unique within the itinerary."""
    day: date
    """The day under which it is written."""
    title: str
    place: Place
    """Its place in the source file."""
    status: Status = Status.CONFIRMED
    note: str = ""
    zone: str = ""
    """The zone of its times; for a leg, the zone of the departure."""
    start: Moment | None = None
    end: Moment | None = None


class Leg(Entry, frozen=True, kw_only=True):
    """A journey from one place to another; `start` and `end` are in the zones of its two ends."""

    departure: End
    arrival: End

    @property
    def length(self) -> timedelta | None:
        """The elapsed time of the journey; None unless both times are known."""
        return self.end.instant - self.start.instant if self.start and self.end else None


class Stay(Entry, frozen=True, kw_only=True):
    """A stay at a place, which is the title."""

    until: date | None = None
    """The day on which it ends."""


class Talk(Entry, frozen=True, kw_only=True):
    """A talk that the traveller gives."""

    where: str = ""
    event: str = ""
    """The slug of its event; empty if this site has no page for the event."""
    session: str = ""
    """The id of its session there; empty if only the event is known."""


class Note(Entry, frozen=True, kw_only=True):
    """Any other entry of an itinerary."""

    where: str = ""


class Itinerary(Struct, frozen=True, kw_only=True, tag=True):
    """A traveller's plan."""

    zone: str = ""
    """The zone of every time that names none; empty if all name one."""
    entries: tuple[Leg | Stay | Talk | Note, ...] = field(default=())
    """By day, and in the file's order."""

    def by_day(self) -> Iterator[tuple[date, tuple[Leg | Stay | Talk | Note, ...]]]:
        """Yield each day that has entries, with its entries, in the order of the dates."""
        for day in sorted({entry.day for entry in self.entries}):
            yield day, tuple(entry for entry in self.entries if entry.day == day)


def _named(things: Iterable[N], id: str) -> N:
    for thing in things:
        if thing.id == id:
            return thing
    raise KeyError(id)
