"""A traveller's plan as a calendar: each time on the clock of its place, also within one leg."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from ...core.document import Document
from ...core.feature import Download
from ...core.schema import PostFrontMatter
from ..model import Itinerary, Leg, Note, Stay, Talk
from .calendar import STATUSES, Subscription, calendar, zones_of
from .component import Component, Property, instant, moment, text
from .ics import write_ics

LABEL = "The itinerary for your calendar"

Entry = Leg | Stay | Talk | Note


def downloads(document: Document, *, host: str) -> Iterable[Download]:
    """The calendar of a post's itineraries, if something in them has a time."""
    front_matter, plans = document.front_matter, document.parts_of(Itinerary)
    if not plans or not isinstance(front_matter, PostFrontMatter):
        return
    stamp = front_matter.modified or front_matter.date
    home = f"{document.slug}.{host}"
    dated = [
        (f"{'' if number == 1 else f'{number}-'}{entry.id}@{home}", entry)
        for number, plan in enumerate(plans, 1)
        for entry in plan.entries
        if entry.start or isinstance(entry, Stay)
    ]
    events = [_event(uid, entry, stamp) for uid, entry in dated]
    if events:
        zones = zones_of(m for _, entry in dated for m in (entry.start, entry.end))
        about = Subscription(document.title, front_matter.summary)
        whole = calendar([*zones, *events], stamp=stamp, subscription=about)
        yield Download(f"{document.slug}.ics", LABEL, write_ics(whole))


def _event(uid: str, entry: Entry, stamp: datetime) -> Component:
    return Component(
        "VEVENT",
        (
            text("UID", uid),
            instant("DTSTAMP", stamp),
            instant("LAST-MODIFIED", stamp),
            Property("SEQUENCE", ("0",), "integer"),
            *_span(entry),
            text("SUMMARY", entry.title),
            text("LOCATION", _place(entry)),
            *([text("DESCRIPTION", entry.note)] if entry.note else []),
            text("STATUS", STATUSES.get(entry.status, "CONFIRMED")),
        ),
    )


def _span(entry: Entry) -> Iterator[Property]:
    """When; a stay without times is whole days, during which one may do other things."""
    if entry.start:
        yield moment("DTSTART", entry.start)
        if entry.end:
            yield moment("DTEND", entry.end)
    elif isinstance(entry, Stay):
        yield _day("DTSTART", entry.day)
        yield _day("DTEND", (entry.until or entry.day) + timedelta(days=1))
        yield text("TRANSP", "TRANSPARENT")


def _day(name: str, day: date) -> Property:
    return Property(name, (f"{day:%Y%m%d}",), "date", {"VALUE": "DATE"})


def _place(entry: Entry) -> str:
    """Where it is, or begins."""
    if isinstance(entry, Leg):
        return entry.departure.place
    return (entry.where if isinstance(entry, Talk | Note) else "") or entry.title
