"""Events, programmes and itineraries: frozen data that every later stage reads.

    Event ── index.md           Programme ── schedule.yaml or a fence     Itinerary ── a fence
      Venue, CallForProposals,    Room, Track, Speaker                      Leg, Stay, Talk, Note
      Tickets, SponsorTier,       Day ─▶ Session ─▶ Moment (start, end)
      Contact, Link

Rooms, tracks and speakers are named by their ids; `Programme.room(id)` and its like find them.
A session without a `start` has a place in the order and no time. `agenda.py` answers questions.
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
    """What sort of session it is."""

    TALK = "talk"
    WORKSHOP = "workshop"
    KEYNOTE = "keynote"
    PANEL = "panel"
    BREAK = "break"
    SOCIAL = "social"
    MEETING = "meeting"


class Status(enum.StrEnum):
    """How certain it is."""

    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    CANCELLED = "cancelled"
    MOVED = "moved"


class Named(Protocol):
    """Something that has an id and is told by a name."""

    @property
    def id(self) -> str:
        """Distinct among its like."""

    @property
    def name(self) -> str:
        """What people call it."""


N = TypeVar("N", bound=Named)

EVERYWHERE = "*"
"""Stands for every room where rooms are listed by their ids."""


class Moment(Struct, frozen=True):
    """A point in time as a clock on the wall shows it there, and as an instant."""

    wall: datetime
    """What the clock shows; it carries no zone."""
    zone: str
    """The IANA name of the zone that the clock is in."""
    instant: datetime
    """The same in UTC; compare and subtract these."""
    offset: timedelta
    """How far the clock is ahead of UTC."""
    abbreviation: str
    """What the zone calls its time then, like CEST; for zones without one, like +03."""

    @classmethod
    def at_wall(cls, wall: datetime, zone: str, *, fold: Literal[0, 1] = 0) -> Moment:
        """The moment when a clock in the zone shows `wall`; `fold=1` is the second such moment."""
        return cls._of(wall.replace(tzinfo=ZoneInfo(zone), fold=fold), zone)

    @classmethod
    def at_instant(cls, instant: datetime, zone: str) -> Moment:
        """What a clock in the zone shows at an instant."""
        return cls._of(instant.astimezone(ZoneInfo(zone)), zone)

    @classmethod
    def _of(cls, aware: datetime, zone: str) -> Moment:
        offset, wall = aware.utcoffset() or timedelta(), aware.replace(tzinfo=None, fold=0)
        instant = (wall - offset).replace(tzinfo=UTC)
        return cls(wall, zone, instant, offset, aware.tzname() or "")

    def plus(self, length: timedelta) -> Moment:
        """The moment when that much time has passed, whatever clocks do meanwhile."""
        return Moment.at_instant(self.instant + length, self.zone)

    @property
    def aware(self) -> datetime:
        """The wall clock's time with its fixed offset."""
        return self.instant.astimezone(timezone(self.offset))

    @property
    def iso(self) -> str:
        """Like `2011-10-21T09:30:00+02:00`, for `<time datetime>` and data files."""
        return self.aware.isoformat()


class Link(Struct, frozen=True):
    """An address and what it is called."""

    label: str
    url: str


class Image(Struct, frozen=True):
    """A picture, by its address relative to the file that names it."""

    src: str
    alt: str


class Room(Struct, frozen=True):
    """A place of the event where sessions are."""

    id: str
    name: str
    note: str = ""
    """How to get there, what it has."""
    capacity: int | None = None
    is_shared: bool = False
    """Whether several sessions at once are meant, as with posters in a foyer."""
    guid: str = ""
    """The UUID that apps know it by, when another system gave it one."""


class Track(Struct, frozen=True):
    """A thread of sessions about one subject."""

    id: str
    name: str
    summary: str = ""


class Speaker(Struct, frozen=True):
    """A person of the programme."""

    id: str
    name: str
    affiliation: str = ""
    pronouns: str = ""
    summary: str = ""
    links: tuple[Link, ...] = ()
    picture: Image | None = None
    file: str = ""
    """The path of their file, relative to the content folder; empty without one."""


class Origin(Struct, frozen=True):
    """Where and when a session was to be before it moved; what is not known is empty."""

    start: Moment | None = None
    rooms: tuple[str, ...] = ()


class SessionTexts(Struct, frozen=True, kw_only=True):
    """What is said of a session in words and addresses.

    One record for all stages: the draft of an item, the session, another program's session and the
    exported one hold it whole, and hand it on. Its fields are keys of an item in `schedule.yaml`.
    """

    abstract: str = ""
    """A short text from the programme itself."""
    note: str = ""
    slides: str = ""
    recording: str = ""
    links: tuple[Link, ...] = ()
    subtitle: str = ""
    group: str = ""
    """What the nested list that it stands in is called, like `Posters`."""
    url: str = ""
    """Its page elsewhere, when the programme came from there."""
    guid: str = ""
    """The UUID that apps know it by, when another system gave it one."""
    uid: str = ""
    """The UID that calendars know it by, when another system gave it one."""
    extra: tuple[tuple[str, str], ...] = ()
    """What an imported file says beyond that, by its own names; exports write it again."""


class Session(Struct, frozen=True, kw_only=True):
    """One thing of a programme: a talk, a break, a dinner."""

    id: str
    """Distinct within the programme; see ids.py."""
    title: str
    day: date
    """The day it is written under; after midnight, that is not the day of `start`."""
    order: int
    """Its number, from 1, by day and then in the file's order."""
    place: Place
    """Where it is written."""
    kind: Kind = Kind.TALK
    status: Status = Status.CONFIRMED
    start: Moment | None = None
    end: Moment | None = None
    """None when the author gave none; `agenda.Agenda.until` assumes one."""
    rooms: tuple[str, ...] = ()
    """Ids; empty when the room is not known, or when it is in all."""
    is_everywhere: bool = False
    """Whether it is for everybody: it stands in all rooms."""
    shares_room: bool = False
    """Whether others are in its room meanwhile, and that is meant."""
    speakers: tuple[str, ...] = ()
    """Ids."""
    track: str = ""
    """An id; empty without one."""
    language: str = ""
    repeat_of: str = ""
    """The id of the session that this one gives again."""
    origin: Origin | None = None
    """What it was moved from."""
    texts: SessionTexts = SessionTexts()
    file: str = ""
    """The path of its talk file, relative to the content folder; empty without one."""

    @property
    def length(self) -> timedelta | None:
        """How long it takes, when both ends are known."""
        return self.end.instant - self.start.instant if self.start and self.end else None

    @property
    def is_on(self) -> bool:
        """Whether it takes place."""
        return self.status is not Status.CANCELLED

    @property
    def is_pause(self) -> bool:
        """Whether nobody has to listen: a break or something social."""
        return self.kind in {Kind.BREAK, Kind.SOCIAL}

    @property
    def talk(self) -> str:
        """The id that all times of one talk share: that of the first."""
        return self.repeat_of or self.id


class Day(Struct, frozen=True):
    """The sessions written under one date, in the file's order."""

    date: date
    title: str
    sessions: tuple[Session, ...]


class Slot(Struct, frozen=True):
    """The sessions of a day that begin together; without a start, one whose time is not known."""

    start: Moment | None
    sessions: tuple[Session, ...]

    @property
    def end(self) -> Moment | None:
        """When the last of them is over, if all say so."""
        ends = [session.end for session in self.sessions if session.end]
        if len(ends) < len(self.sessions):
            return None
        return max(ends, key=lambda end: end.instant)


class Programme(Struct, frozen=True, kw_only=True):
    """All days of an event, or those of a fence in a post."""

    zone: str = ""
    """The IANA zone of its times; empty only when there are none."""
    rooms: tuple[Room, ...] = ()
    """In the order of their declaration, else of their first use."""
    tracks: tuple[Track, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    languages: tuple[str, ...] = ()
    """The first is that of every session that names none."""
    days: tuple[Day, ...] = ()
    """By date; none is empty."""
    strict: bool = False
    """Whether a clash stops the build."""
    breaks: tuple[str, ...] = ()
    """More words that a break's title begins or ends with, in lower case."""

    @property
    def sessions(self) -> tuple[Session, ...]:
        """All sessions, by day and in the file's order."""
        return tuple(session for day in self.days for session in day.sessions)

    def session(self, id: str) -> Session | None:
        """The session of that id."""
        return next((session for session in self.sessions if session.id == id), None)

    def room(self, id: str) -> Room:
        """The room of that id; a KeyError when there is none."""
        return _named(self.rooms, id)

    def track(self, id: str) -> Track:
        """The track of that id; a KeyError when there is none."""
        return _named(self.tracks, id)

    def speaker(self, id: str) -> Speaker:
        """The speaker of that id; a KeyError when there is none."""
        return _named(self.speakers, id)

    def times_of(self, talk: str) -> tuple[Session, ...]:
        """Every session that gives one talk, the first of them first."""
        return tuple(session for session in self.sessions if session.talk == talk)


class Venue(Struct, frozen=True):
    """Where an event is."""

    name: str
    address: tuple[str, ...] = ()
    """The lines of a letter's address, without the name and the country."""
    city: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    url: str = ""
    directions: str = ""


class Window(Struct, frozen=True):
    """A stretch of time, open at an end that is not known."""

    opens: datetime | None = None
    closes: datetime | None = None

    def state(self, at: datetime) -> Literal["ahead", "open", "closed"]:
        """Whether it is still to come, open or over at an instant."""
        if self.closes and at >= self.closes:
            return "closed"
        return "ahead" if self.opens and at < self.opens else "open"


class CallForProposals(Struct, frozen=True):
    """The invitation to propose sessions."""

    window: Window
    decisions: date | None = None
    """When those who proposed will know."""
    url: str = ""
    """Where proposals go."""
    summary: str = ""


class Ticket(Struct, frozen=True):
    """One sort of ticket."""

    name: str
    price: str
    """As people say it: `90 €`, `free`."""
    note: str = ""


class Tickets(Struct, frozen=True):
    """How to get in."""

    window: Window
    url: str = ""
    summary: str = ""
    kinds: tuple[Ticket, ...] = ()


class Sponsor(Struct, frozen=True):
    """Who gives money or things."""

    name: str
    url: str = ""
    logo: Image | None = None
    note: str = ""


class SponsorTier(Struct, frozen=True):
    """Sponsors who give alike."""

    name: str
    sponsors: tuple[Sponsor, ...]


class CodeOfConduct(Struct, frozen=True):
    """How people treat each other there, and whom to tell when somebody does not."""

    url: str = ""
    summary: str = ""
    contacts: tuple[Link, ...] = ()


class Event(Struct, frozen=True, kw_only=True):
    """A conference, as its `index.md` tells of it."""

    slug: str
    title: str
    first_day: date
    last_day: date
    zone: str
    """The IANA zone of its times."""
    summary: str = ""
    series: str = ""
    """What its editions have in common; the others are past or future editions."""
    attendance: Literal["in person", "online", "mixed"] = "in person"
    online: str = ""
    """Where to take part from afar."""
    venue: Venue | None = None
    links: tuple[Link, ...] = ()
    call: CallForProposals | None = None
    tickets: Tickets | None = None
    sponsors: tuple[SponsorTier, ...] = ()
    """In the file's order."""
    code_of_conduct: CodeOfConduct | None = None
    contacts: tuple[Link, ...] = ()

    def has_day(self, day: date) -> bool:
        """Whether the day is one of the event's."""
        return self.first_day <= day <= self.last_day


class TalkFile(Struct, frozen=True, kw_only=True):
    """What `talks/<session id>.md` says of a session beside its long text."""

    id: str
    """The file's name without `.md`: the id of its session."""
    title: str
    path: str
    """Relative to the content folder."""
    speakers: tuple[str, ...] = ()
    """Names; the programme's count when it has some."""
    language: str = ""
    slides: str = ""
    recording: str = ""
    links: tuple[Link, ...] = ()
    place: Place | None = None
    """Where its title stands."""
    excerpt: str = ""
    """The line of that place."""


class PublishedSession(Struct, frozen=True):
    """A session as readers know it from the last publish, to find it again under a new title."""

    id: str
    title: str
    start: datetime | None
    """The instant."""
    rooms: tuple[str, ...]
    speakers: tuple[str, ...]
    is_on: bool = True


class EventFacts(Struct, frozen=True, kw_only=True):
    """What reading an event's `schedule.yaml` needs to know of the files beside it."""

    event: Event
    speakers: tuple[Speaker, ...] = ()
    """Those with a file."""
    talks: tuple[TalkFile, ...] = ()
    published: tuple[PublishedSession, ...] = ()
    """What publishes had, cancelled or not."""
    shown: str = "content/"
    """What problems put before a path that is relative to the content folder."""


class End(Struct, frozen=True):
    """One end of a leg: where, on whose clock, and when if that is known."""

    place: str
    zone: str
    moment: Moment | None = None


class Entry(Struct, frozen=True, kw_only=True, tag=True):
    """What all entries of an itinerary have."""

    id: str
    """Distinct within the itinerary."""
    day: date
    """The day it is written under."""
    title: str
    place: Place
    """Where it is written."""
    status: Status = Status.CONFIRMED
    note: str = ""
    zone: str = ""
    """The zone of its times; for a leg, that of its departure."""
    start: Moment | None = None
    end: Moment | None = None


class Leg(Entry, frozen=True, kw_only=True):
    """A way from one place to another; `start` and `end` are on the clocks of its two ends."""

    departure: End
    arrival: End

    @property
    def length(self) -> timedelta | None:
        """How long it takes, when both times are known."""
        return self.end.instant - self.start.instant if self.start and self.end else None


class Stay(Entry, frozen=True, kw_only=True):
    """Being somewhere; the title is where."""

    until: date | None = None
    """The day it ends on."""


class Talk(Entry, frozen=True, kw_only=True):
    """A talk that the traveller gives."""

    where: str = ""
    event: str = ""
    """The slug of the event that it is part of; empty when this site has none for it."""
    session: str = ""
    """The id of its session there; empty when only the event is known."""


class Note(Entry, frozen=True, kw_only=True):
    """Anything else that a reader of the plan should know."""

    where: str = ""


class Itinerary(Struct, frozen=True, kw_only=True, tag=True):
    """A traveller's plan."""

    zone: str = ""
    """The zone of every time that names none; empty when all do."""
    entries: tuple[Leg | Stay | Talk | Note, ...] = field(default=())
    """By day, and in the file's order."""

    def by_day(self) -> Iterator[tuple[date, tuple[Leg | Stay | Talk | Note, ...]]]:
        """The entries of each day that has some."""
        for day in sorted({entry.day for entry in self.entries}):
            yield day, tuple(entry for entry in self.entries if entry.day == day)


def _named(things: Iterable[N], id: str) -> N:
    for thing in things:
        if thing.id == id:
            return thing
    raise KeyError(id)
