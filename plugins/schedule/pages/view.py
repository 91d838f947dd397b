"""What the templates of events see."""

from __future__ import annotations

from msgspec import Struct

from ...blog.view import ArchiveEntryView
from ...markdown.document import Markup
from ...site.view import DateView, EventCardView, HeadView, ImageView, LinkView


class TimeView(Struct, frozen=True):
    """A time on the event's clock: `09:30`, and what tells it from another `09:30`."""

    iso: str
    text: str
    mark: str = ""
    """Like “next day” or “CET”; empty where the time alone is clear."""


class SessionView(Struct, frozen=True, kw_only=True):
    """A session as programmes show it."""

    id: str
    talk: str
    title: str
    url: str
    """Empty when there is no more to tell than this."""
    lang: str
    """Of the title, where it is not the page's; else empty."""
    start: TimeView | None
    end: TimeView | None
    """None when the author gave none."""
    starts: str
    """ISO with offset; empty when not known."""
    ends: str
    """The same; where the author gave no end, the one that is assumed."""
    day: str
    """The day it stands under, like `Saturday, 24 October`."""
    rooms: str
    """Ids, separated by blanks."""
    room: str
    """Their names in words."""
    speakers: tuple[LinkView, ...]
    track: str
    """An id."""
    track_name: str
    track_number: int
    """Of its colour, from 1; 0 without a track."""
    kind: str
    status: str
    status_words: str
    language: str
    facts: tuple[str, ...]
    """Kind, language and what group it is part of, in words."""
    note: str = ""
    row: int = 1
    row_span: int = 1
    column: int = 1
    column_span: int = 1


class SlotView(Struct, frozen=True):
    """The sessions that begin together."""

    start: TimeView | None
    row: int
    sessions: tuple[SessionView, ...]


class DayView(Struct, frozen=True):
    """A day of a programme."""

    date: str
    heading: str
    title: str
    url: str
    """Of the day's own page."""
    note: str
    """That clocks change, on a day when they do."""
    count: int
    """Of sessions that are no breaks."""
    grid: str
    """How much room the day needs as a grid: `narrow` or `wide`; empty when it is a list only."""
    columns: int
    rows: int
    lines: int
    """How many lines of text the rows take on paper."""
    rooms: tuple[LinkView, ...]
    """The columns of the grid."""
    slots: tuple[SlotView, ...]


class NavView(Struct, frozen=True):
    """What stands above every page of an event: its name and its pages."""

    slug: str
    title: str
    lang: str
    url: str
    dates: str
    place: str
    zone: str
    base: str
    """The address that all pages of the event begin with."""
    data: str
    """The address of `programme.json`."""
    worker: str
    """The address of the script that keeps the pages; empty where none does."""
    mark: str
    links: tuple[LinkView, ...]


class CalendarView(Struct, frozen=True):
    """A calendar of what a page tells of."""

    subscribe: str
    """The address that a calendar program follows, `webcal:`."""
    url: str
    """Of the file, to be taken once."""
    left_out: int
    """How many sessions are not in it, since their time is not known."""


class TakeAwayView(Struct, frozen=True):
    """The programme for other programs."""

    calendar: CalendarView | None
    giggity: str
    """The address that opens it in that app."""
    code_html: str
    """The QR code of that address."""
    base: str
    """What the addresses of the files begin with."""


class SchedulePage(Struct, frozen=True):
    """All days, or one. Template: schedule.html."""

    head: HeadView
    event: NavView
    title: str
    zone: str
    """The sentence about the clocks that its times are on."""
    dates: tuple[LinkView, ...]
    """The days' own pages, with this one marked; empty when there is only one day."""
    days: tuple[DayView, ...]
    booklet: str
    """The address of all abstracts on one page."""
    calendar: CalendarView | None


class ChangeView(Struct, frozen=True):
    """What changed of a session."""

    title: str
    url: str
    """Empty when it has no page any more."""
    words: str


class SortView(Struct, frozen=True):
    """The sessions of a release that changed in one way."""

    heading: str
    changes: tuple[ChangeView, ...]


class ReleaseView(Struct, frozen=True):
    """A publish at which the programme changed."""

    number: int
    url: str
    date: DateView | None
    """None for what the next publish tells."""
    summary: str
    sorts: tuple[SortView, ...]


class ChangesPage(Struct, frozen=True):
    """All releases, or one. Template: changes.html."""

    head: HeadView
    event: NavView
    title: str
    feed: str
    """The address of the feed of changes; empty without one."""
    all: str
    """The address of the page of all releases."""
    releases: tuple[ReleaseView, ...]


class OccurrenceView(Struct, frozen=True):
    """One time at which a talk is given."""

    session: SessionView
    length: str
    rooms: tuple[LinkView, ...]
    beside: tuple[SessionView, ...]
    """What else is on then, at most a dozen."""
    more: LinkView | None
    """Where all of it is, when there is more."""
    next: SessionView | None
    """What is in the room after it."""
    calendar: CalendarView | None


class PersonView(Struct, frozen=True):
    """A speaker, in short."""

    name: str
    url: str
    affiliation: str
    pronouns: str
    summary: str
    picture: ImageView | None
    initials: str
    """What stands in place of a picture."""
    colour: int
    """The number of their track's colour, from 1; 0 without a track."""
    talks: tuple[LinkView, ...] = ()


class TalkPage(Struct, frozen=True):
    """A talk with all its times. Template: talk.html."""

    head: HeadView
    event: NavView
    session: SessionView
    """The first."""
    zone: str
    times: tuple[OccurrenceView, ...]
    track: LinkView | None
    people: tuple[PersonView, ...]
    subtitle: str
    abstract: str
    """A short text; its paragraphs are parted by blank lines."""
    html: Markup | str
    lang: str
    """Of the long text, where it is not the page's."""
    image: ImageView | None
    links: tuple[LinkView, ...]
    """Slides, recording and the like."""
    recaps: tuple[ArchiveEntryView, ...]
    mark: str
    is_off: bool
    """Whether it takes place at none of its times."""


class SpeakerPage(Struct, frozen=True):
    """A speaker with their sessions. Template: speaker.html."""

    head: HeadView
    event: NavView
    person: PersonView
    html: Markup | str
    lang: str
    """Of the text, where it is not the page's."""
    links: tuple[LinkView, ...]
    zone: str
    days: tuple[DayView, ...]
    elsewhere: tuple[LinkView, ...]
    """Their page at other events of this site."""
    calendar: CalendarView | None


class SpeakersPage(Struct, frozen=True):
    """Everybody who speaks. Template: speakers.html."""

    head: HeadView
    event: NavView
    people: tuple[PersonView, ...]


class PlacePage(Struct, frozen=True):
    """What is in a room or a track. Template: room.html or track.html."""

    head: HeadView
    event: NavView
    title: str
    summary: str
    capacity: int
    """Of a room; 0 when not known."""
    number: int
    """Of a track's colour; 0 for a room."""
    zone: str
    days: tuple[DayView, ...]
    others: tuple[LinkView, ...]
    """The other rooms or tracks."""
    calendar: CalendarView | None
    code_html: str = ""
    """The QR code of the page's address, for the sheet on a room's door."""


class DayLinesView(Struct, frozen=True):
    """A day's sessions as lines."""

    heading: str
    url: str
    sessions: tuple[SessionView, ...]


class LinesPage(Struct, frozen=True):
    """“My programme” and “now”, which scripts fill. Templates: my-programme.html, now.html."""

    head: HeadView
    event: NavView
    zone: str
    days: tuple[DayLinesView, ...]


class AbstractView(Struct, frozen=True):
    """A talk in the booklet."""

    session: SessionView
    again: tuple[SessionView, ...]
    """The other times at which it is given."""
    html: str
    lang: str
    """Of the long text, where it is not the page's."""
    abstract: str


class BookletDayView(Struct, frozen=True):
    """The talks of a day in the booklet."""

    heading: str
    talks: tuple[AbstractView, ...]


class BookletPage(Struct, frozen=True):
    """All talks with their abstracts. Template: booklet.html."""

    head: HeadView
    event: NavView
    zone: str
    days: tuple[BookletDayView, ...]


class WindowView(Struct, frozen=True):
    """Whether something is to come, open or over, in words."""

    words: str
    state: str
    """`ahead`, `open` or `closed`, on the day of the build."""
    closes: str
    """The instant of closing, ISO with offset; empty when not known."""
    summary: str
    answer: LinkView | None
    """Where to go while it is open."""


class CallView(Struct, frozen=True):
    """The call for proposals."""

    window: WindowView
    decisions: DateView | None


class TicketView(Struct, frozen=True):
    """One sort of ticket."""

    name: str
    price: str
    note: str


class TicketsView(Struct, frozen=True):
    """How to get in."""

    window: WindowView
    kinds: tuple[TicketView, ...]


class SponsorView(Struct, frozen=True):
    """Who gives money or things."""

    name: str
    url: str
    note: str
    logo: ImageView | None


class TierView(Struct, frozen=True):
    """Sponsors who give alike."""

    name: str
    sponsors: tuple[SponsorView, ...]


class VenueView(Struct, frozen=True):
    """Where an event is."""

    name: str
    lines: tuple[str, ...]
    url: str
    directions: str
    position: str
    """Latitude and longitude, like `52.37, 4.9`; empty when not known."""
    map: str
    """The address of a map that shows it."""


class ConductView(Struct, frozen=True):
    """How people treat each other there."""

    summary: str
    url: str
    contacts: tuple[LinkView, ...]


class EventPage(Struct, frozen=True):
    """The event's own page. Template: event.html."""

    head: HeadView
    event: NavView
    summary: str
    html: Markup | str
    image: ImageView | None
    attendance: str
    online: LinkView | None
    zone: str
    links: tuple[LinkView, ...]
    card: EventCardView
    pattern_html: str
    """The event's own pattern."""
    people: tuple[PersonView, ...]
    """Who speaks, in the order of the programme."""
    days: tuple[DayView, ...]
    """The programme, when it is short enough to be shown whole."""
    day_links: tuple[LinkView, ...]
    """All its days: for longer ones, and where there is no room for a grid."""
    take_away: TakeAwayView | None
    """None without a programme."""
    tracks: tuple[LinkView, ...]
    rooms: tuple[LinkView, ...]
    call: CallView | None
    tickets: TicketsView | None
    venue: VenueView | None
    conduct: ConductView | None
    contacts: tuple[LinkView, ...]
    tiers: tuple[TierView, ...]
    news: tuple[ArchiveEntryView, ...]
    editions: tuple[EventCardView, ...]


class EventYearView(Struct, frozen=True):
    """The events of a year, the latest first."""

    year: str
    cards: tuple[EventCardView, ...]


class EventsPage(Struct, frozen=True):
    """All events. Template: events.html."""

    head: HeadView
    years: tuple[EventYearView, ...]
    """The latest first."""
