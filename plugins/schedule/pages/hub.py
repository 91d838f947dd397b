"""The event page, the list of all events, and an event's cards and links."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

from msgspec import Struct

from ...blog.view import ArchiveEntryView
from ...site.head import description_of, head_view
from ...site.site import Site
from ...site.tint import name_tint
from ...site.view import DateView, EventCardView, EventLinkView, LinkView
from ...source.text import counted
from ...source.times import day_in_words
from .. import paths, words
from ..events import Edition, Events
from ..formats.giggity.writer import giggity_link
from ..model import Event, SponsorTier, Tickets, Venue, Window
from .pattern import pattern_svg
from .present import Presenter
from .qr import qr_svg
from .structured import Structured, as_script
from .view import (
    CallView,
    ConductView,
    EventPage,
    EventsPage,
    EventYearView,
    PersonView,
    SponsorView,
    TakeAwayView,
    TicketsView,
    TicketView,
    TierView,
    VenueView,
    WindowView,
)

MOST_SESSIONS = 60
"""The number of sessions up to which the event page shows the schedule; beyond, it lists days."""

MAP = (
    "https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=17/{latitude}/{longitude}"
)
"""A map in the browser; a desktop computer cannot open `geo:` addresses."""

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


class Hub(Struct, frozen=True):
    """The maker of the event page."""

    present: Presenter
    news: tuple[ArchiveEntryView, ...]
    editions: tuple[EventCardView, ...]
    people: tuple[PersonView, ...]

    def page(self) -> EventPage:
        """Return the event page."""
        edition, site, path = self.present.edition, self.present.site, paths.hub(self.present.slug)
        event, document = edition.event, edition.document
        programme = self.present.programme
        return EventPage(
            head=head_view(
                site,
                path,
                title=event.title,
                description=description_of(document),
                language=document.front_matter.lang or "",
                feeds=self.present.feeds,
                image=self.present.image(document.front_matter.image, document, absolute=True),
                is_indexed=not edition.mark,
                json_ld=as_script(Structured(site, edition).conference()),
            ),
            event=self.present.nav(path),
            summary=event.summary,
            html=site.shown(document),
            image=self.present.image(document.front_matter.image, document),
            attendance=event.attendance,
            online=LinkView(_shown(event.online), event.online) if event.online else None,
            zone=self.present.zone,
            links=self.present.links(event.links, document),
            card=event_card(site, edition),
            pattern_html=pattern_svg(event.title, id="pattern"),
            people=self.people,
            days=self.present.days(programme.days) if self._is_short else (),
            day_links=tuple(self._day_links()),
            take_away=self._take_away() if programme.days else None,
            tracks=tuple(self.present.track_link(track.id) for track in programme.tracks),
            rooms=tuple(self.present.room_link(room.id) for room in programme.rooms),
            call=self._call(event),
            tickets=self._tickets(event.tickets) if event.tickets else None,
            venue=_venue(event.venue) if event.venue else None,
            conduct=self._conduct(event),
            contacts=self.present.links(event.contacts, document),
            tiers=tuple(self._tier(tier) for tier in event.sponsors),
            news=self.news,
            editions=self.editions,
        )

    @property
    def _is_short(self) -> bool:
        return len(self.present.programme.sessions) <= MOST_SESSIONS

    def _day_links(self) -> Iterator[LinkView]:
        for day in self.present.programme.days:
            url = self.present.url(paths.day(self.present.slug, day.date))
            yield LinkView(words.weekday(day.date), url)

    def _take_away(self) -> TakeAwayView:
        present, path = self.present, paths.hub(self.present.slug)
        link = giggity_link(present.site.absolute(paths.file(present.slug, "schedule.xml")))
        code = qr_svg(link, label="Opens the programme in Giggity")
        return TakeAwayView(
            calendar=present.calendar(path, present.programme.sessions),
            giggity=link,
            code_html=ElementTree.tostring(code, encoding="unicode", method="html"),
            base=present.url(path),
        )

    def _call(self, event: Event) -> CallView | None:
        call = event.call
        if not call:
            return None
        window = self._window(call.window, call.summary, call.url, "Propose a session", event)
        decided = call.decisions
        return CallView(
            window, DateView(decided.isoformat(), day_in_words(decided)) if decided else None
        )

    def _tickets(self, tickets: Tickets) -> TicketsView:
        event = self.present.edition.event
        window = self._window(tickets.window, tickets.summary, tickets.url, "Get a ticket", event)
        return TicketsView(
            window, tuple(TicketView(kind.name, kind.price, kind.note) for kind in tickets.kinds)
        )

    def _window(
        self, window: Window, summary: str, url: str, answer: str, event: Event
    ) -> WindowView:
        state = window.state(self.present.site.now)
        if state != "closed" and self._is_over:
            state = "closed"
        return WindowView(
            words=_window_words(window, state, ZoneInfo(event.zone)),
            state=state,
            closes=window.closes.isoformat() if window.closes else "",
            summary=summary,
            answer=LinkView(answer, url) if url and state == "open" else None,
        )

    @property
    def _is_over(self) -> bool:
        return self.present.edition.is_over(self.present.site.now)

    def _conduct(self, event: Event) -> ConductView | None:
        conduct, document = event.code_of_conduct, self.present.edition.document
        if not conduct:
            return None
        url = self.present.reference(conduct.url, document) if conduct.url else ""
        return ConductView(conduct.summary, url, self.present.links(conduct.contacts, document))

    def _tier(self, tier: SponsorTier) -> TierView:
        document = self.present.edition.document
        return TierView(
            tier.name,
            tuple(
                SponsorView(s.name, s.url, s.note, self.present.image(s.logo, document))
                for s in tier.sponsors
            ),
        )


def events_page(site: Site, events: Events, card: Callable[[Edition], EventCardView]) -> EventsPage:
    """Return the list of all events by year, the latest first.

    A script marks the coming events by the reader's clock.
    """
    years = groupby(events.listed, key=lambda edition: edition.event.first_day.year)
    return EventsPage(
        head=head_view(
            site,
            paths.ALL,
            title="Events",
            description=f"Conferences and meetings on {site.settings.name}, to come and past.",
        ),
        years=tuple(EventYearView(str(year), tuple(map(card, group))) for year, group in years),
    )


def event_card(site: Site, edition: Edition, *, posts: int = 0) -> EventCardView:
    """Return an event's card for lists; `posts` is the number of posts about it."""
    event = edition.event
    language = edition.document.front_matter.lang or site.settings.language
    venue = event.venue
    counts = {"session": len(edition.talk_sessions), "post": posts}
    return EventCardView(
        title=event.title,
        lang="" if language == site.settings.language else language,
        url=site.url(paths.hub(edition.slug)),
        dates=words.dates(event.first_day, event.last_day),
        first=event.first_day.isoformat(),
        last=event.last_day.isoformat(),
        place=", ".join(dict.fromkeys(p for p in (venue.name, venue.city) if p)) if venue else "",
        summary=event.summary or description_of(edition.document),
        count=", ".join(counted(number, word) for word, number in counts.items() if number),
        mark=edition.mark,
        tint=name_tint(event.title),
        starts=_midnight(event.first_day, event.zone),
        ends=_midnight(event.last_day + DAY, event.zone),
    )


def event_link(site: Site, edition: Edition) -> EventLinkView:
    """Return the link to an event that posts about it show."""
    event = edition.event
    return EventLinkView(
        event.title,
        site.url(paths.hub(edition.slug)),
        dates=words.dates(event.first_day, event.last_day),
        place=words.venue(event),
        tint=name_tint(event.title),
    )


def _midnight(day: date, zone: str) -> str:
    """Return the instant at which a day begins in the event's zone, in ISO 8601."""
    return datetime.combine(day, time(), ZoneInfo(zone or "UTC")).isoformat()


def _window_words(window: Window, state: str, zone: ZoneInfo) -> str:
    if state == "ahead" and window.opens:
        return f"Opens on {day_in_words(window.opens.astimezone(zone).date())}"
    if window.closes:
        last = day_in_words((window.closes - MINUTE).astimezone(zone).date())
        return f"Open until {last}" if state == "open" else f"Closed on {last}"
    return "Open" if state == "open" else "Closed"


def _venue(venue: Venue) -> VenueView:
    city = "" if any(venue.city in line for line in (venue.name, *venue.address)) else venue.city
    known = venue.latitude is not None and venue.longitude is not None
    position = f"{venue.latitude}, {venue.longitude}" if known else ""
    return VenueView(
        name=venue.name,
        lines=tuple(line for line in (*venue.address, city, venue.country) if line),
        url=venue.url,
        directions=venue.directions,
        position=position,
        map=MAP.format(latitude=venue.latitude, longitude=venue.longitude) if known else "",
    )


def _shown(url: str) -> str:
    """Return an address without its scheme, as people read it."""
    return url.partition("//")[2].rstrip("/") or url
