"""The data that the templates of events show."""

from __future__ import annotations

from msgspec import Struct

from ...blog.view import ArchiveEntryView
from ...markdown.document import Markup
from ...site.view import DateView, EventCardView, HeadView, ImageView, LinkView


class TimeView(Struct, frozen=True):
    """A time on the event's clock, like `09:30`, with a mark if that is ambiguous."""

    iso: str
    text: str
    mark: str = ""
    """For example “next day” or “CET”; empty if the time alone is clear."""


class SessionView(Struct, frozen=True, kw_only=True):
    """A session as schedules show it."""

    id: str
    talk: str
    title: str
    url: str
    """Empty if the session has no page."""
    lang: str
    """The language of the title if it is not the site's; else empty."""
    start: TimeView | None
    end: TimeView | None
    """None if the author gave none."""
    starts: str
    """ISO 8601 with offset; empty if not known."""
    ends: str
    """The same; if the author gave no end, the assumed one."""
    day: str
    """The day it is written under, like `Saturday, 24 October`."""
    rooms: str
    """Room ids, separated by blanks."""
    room: str
    """The names of the rooms in words."""
    speakers: tuple[LinkView, ...]
    track: str
    """A track id."""
    track_name: str
    track_number: int
    """The number of the track's colour, from 1; 0 without a track."""
    kind: str
    status: str
    status_words: str
    language: str
    facts: tuple[str, ...]
    """Kind, language and group, in words."""
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
    """A day of a schedule."""

    date: str
    heading: str
    title: str
    url: str
    """The address of the day's own page."""
    note: str
    """The sentence that clocks change on this day; else empty."""
    count: int
    """The number of sessions without breaks and social events."""
    grid: str
    """The space that the day needs as a grid, `narrow` or `wide`; empty if it is only a list."""
    columns: int
    rows: int
    lines: int
    """The estimated lines of text of the rows on paper."""
    rooms: tuple[LinkView, ...]
    """The columns of the grid."""
    slots: tuple[SlotView, ...]


class NavView(Struct, frozen=True):
    """The header of every page of an event: its name and its pages."""

    slug: str
    title: str
    lang: str
    url: str
    dates: str
    place: str
    zone: str
    base: str
    """The address with which the addresses of all pages of the event begin."""
    data: str
    """The address of `programme.json`."""
    worker: str
    """The address of the script that caches the pages; empty if there is none."""
    mark: str
    links: tuple[LinkView, ...]


class CalendarView(Struct, frozen=True):
    """The calendar of the sessions on a page."""

    subscribe: str
    """The `webcal:` address, which a calendar program follows."""
    url: str
    """The address of the file, for a single download."""
    left_out: int
    """The number of sessions that it lacks, because they have no time."""


class TakeAwayView(Struct, frozen=True):
    """The schedule for other programs."""

    calendar: CalendarView | None
    giggity: str
    """The address that opens the schedule in the app Giggity."""
    code_html: str
    """The QR code of that address."""
    base: str
    """The address with which the addresses of the files begin."""


class SchedulePage(Struct, frozen=True):
    """The page of all days, or of one. Template: schedule.html."""

    head: HeadView
    event: NavView
    title: str
    zone: str
    """The sentence that names the zone of the times."""
    dates: tuple[LinkView, ...]
    """Links to the days' pages, this page's marked; empty if there is only one day."""
    days: tuple[DayView, ...]
    booklet: str
    """The address of the page with all abstracts."""
    calendar: CalendarView | None


class ChangeView(Struct, frozen=True):
    """A session's change at a release."""

    title: str
    url: str
    """Empty if the session has no page any more."""
    words: str


class SortView(Struct, frozen=True):
    """The sessions of a release that changed in one way."""

    heading: str
    changes: tuple[ChangeView, ...]


class ReleaseView(Struct, frozen=True):
    """A publish at which the schedule changed."""

    number: int
    url: str
    date: DateView | None
    """None for the changes that the next publish will report."""
    summary: str
    sorts: tuple[SortView, ...]


class ChangesPage(Struct, frozen=True):
    """The page of all releases, or of one. Template: changes.html."""

    head: HeadView
    event: NavView
    title: str
    feed: str
    """The address of the feed of changes; empty if there is none."""
    all: str
    """The address of the page of all releases."""
    releases: tuple[ReleaseView, ...]


class OccurrenceView(Struct, frozen=True):
    """One of the sessions in which a talk is given."""

    session: SessionView
    length: str
    rooms: tuple[LinkView, ...]
    beside: tuple[SessionView, ...]
    """Other sessions at the same time, at most twelve."""
    more: LinkView | None
    """A link to all of them, if there are more."""
    next: SessionView | None
    """The next session in the room."""
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
    """Shown instead of a picture."""
    colour: int
    """The number of the colour of their track, from 1; 0 without a track."""
    talks: tuple[LinkView, ...] = ()


class TalkPage(Struct, frozen=True):
    """The page of a talk with all its sessions. Template: talk.html."""

    head: HeadView
    event: NavView
    session: SessionView
    """The first of its sessions."""
    zone: str
    times: tuple[OccurrenceView, ...]
    track: LinkView | None
    people: tuple[PersonView, ...]
    subtitle: str
    abstract: str
    """A short text; blank lines separate its paragraphs."""
    html: Markup | str
    lang: str
    """The language of the long text if it is not the site's; else empty."""
    image: ImageView | None
    links: tuple[LinkView, ...]
    """Slides, recording and other links."""
    recaps: tuple[ArchiveEntryView, ...]
    mark: str
    is_off: bool
    """True if all its sessions are cancelled."""


class SpeakerPage(Struct, frozen=True):
    """The page of a speaker with their sessions. Template: speaker.html."""

    head: HeadView
    event: NavView
    person: PersonView
    html: Markup | str
    lang: str
    """The language of the text if it is not the site's; else empty."""
    links: tuple[LinkView, ...]
    zone: str
    days: tuple[DayView, ...]
    elsewhere: tuple[LinkView, ...]
    """The speaker's pages at other events of this site."""
    calendar: CalendarView | None


class SpeakersPage(Struct, frozen=True):
    """The page of all speakers. Template: speakers.html."""

    head: HeadView
    event: NavView
    people: tuple[PersonView, ...]


class PlacePage(Struct, frozen=True):
    """The page of a room or of a track. Template: room.html or track.html."""

    head: HeadView
    event: NavView
    title: str
    summary: str
    capacity: int
    """The capacity of a room; 0 if not known, and for a track."""
    number: int
    """The number of a track's colour; 0 for a room."""
    zone: str
    days: tuple[DayView, ...]
    others: tuple[LinkView, ...]
    """The other rooms or tracks."""
    calendar: CalendarView | None
    code_html: str = ""
    """The QR code of the page's address, for the sheet on a room's door; empty for a track."""


class DayLinesView(Struct, frozen=True):
    """A day's sessions as lines."""

    heading: str
    url: str
    sessions: tuple[SessionView, ...]


class LinesPage(Struct, frozen=True):
    """The pages “My programme” and “Now”. Templates: my-programme.html, now.html."""

    head: HeadView
    event: NavView
    zone: str
    days: tuple[DayLinesView, ...]


class AbstractView(Struct, frozen=True):
    """A talk in the booklet."""

    session: SessionView
    again: tuple[SessionView, ...]
    """The other sessions in which it is given."""
    html: str
    lang: str
    """The language of the long text if it is not the site's; else empty."""
    abstract: str


class BookletDayView(Struct, frozen=True):
    """The talks of a day in the booklet."""

    heading: str
    talks: tuple[AbstractView, ...]


class BookletPage(Struct, frozen=True):
    """The page of all talks with their abstracts. Template: booklet.html."""

    head: HeadView
    event: NavView
    zone: str
    days: tuple[BookletDayView, ...]


class WindowView(Struct, frozen=True):
    """A period's state in words: ahead, open or closed."""

    words: str
    state: str
    """`ahead`, `open` or `closed`, at the time of the build."""
    closes: str
    """The instant of closing, ISO 8601 with offset; empty if not known."""
    summary: str
    answer: LinkView | None
    """A link to take part, while the period is open."""


class CallView(Struct, frozen=True):
    """The call for proposals."""

    window: WindowView
    decisions: DateView | None


class TicketView(Struct, frozen=True):
    """A ticket category."""

    name: str
    price: str
    note: str


class TicketsView(Struct, frozen=True):
    """The sale of tickets."""

    window: WindowView
    kinds: tuple[TicketView, ...]


class SponsorView(Struct, frozen=True):
    """A person or an organisation that gives money or goods."""

    name: str
    url: str
    note: str
    logo: ImageView | None


class TierView(Struct, frozen=True):
    """Sponsors of the same rank."""

    name: str
    sponsors: tuple[SponsorView, ...]


class VenueView(Struct, frozen=True):
    """The place of an event."""

    name: str
    lines: tuple[str, ...]
    url: str
    directions: str
    position: str
    """Latitude and longitude, like `52.37, 4.9`; empty if not known."""
    map: str
    """The address of a map of the place; empty if the position is not known."""


class ConductView(Struct, frozen=True):
    """The code of conduct."""

    summary: str
    url: str
    contacts: tuple[LinkView, ...]


class EventPage(Struct, frozen=True):
    """The event page. Template: event.html."""

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
    """The pattern of the event, as SVG."""
    people: tuple[PersonView, ...]
    """The speakers, in the order of the schedule."""
    days: tuple[DayView, ...]
    """The schedule, if it is short enough to be shown whole; else empty."""
    day_links: tuple[LinkView, ...]
    """Links to all days, for long schedules and for screens too narrow for a grid."""
    take_away: TakeAwayView | None
    """None if the event has no schedule."""
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
    """The page of all events. Template: events.html."""

    head: HeadView
    years: tuple[EventYearView, ...]
    """The latest first."""
