"""A traveller's plan as a calendar: each time on the clock of its place, also within one leg.

It is written from what the ledger will hold of its entries, so that both say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from ....markdown.document import Document
from ....site.feature import Download
from ....site.ledger import EntryState, SessionRecord
from ....site.site import Site
from ...history.itineraries import records_of_itineraries
from ...model import Moment, Status
from .calendar import STATUSES, Subscription, calendar, zones_of
from .component import Component, Property, instant, moment, text
from .writer import write_ics

LABEL = "The itinerary for your calendar"


def downloads(document: Document, site: Site) -> Iterable[Download]:
    """The calendar of a post's itineraries, if something in them has a time."""
    records = records_of_itineraries(site, document).values()
    if not records:
        return
    known = [(each, each.state) for each in records if isinstance(each.state, EntryState)]
    moments = (at for _, state in known for at in _ends(state))
    events = (_event(record, state) for record, state in known)
    stamp = max(datetime.fromisoformat(each.stamp) for each in records)
    about = Subscription(document.title, document.front_matter.summary)
    whole = calendar([*zones_of(moments), *events], stamp=stamp, subscription=about)
    yield Download(f"{document.slug}.ics", LABEL, write_ics(whole))


def _event(record: SessionRecord, state: EntryState) -> Component:
    stamp = datetime.fromisoformat(record.stamp)
    status = STATUSES.get(Status(state.status), "CONFIRMED")
    return Component(
        "VEVENT",
        (
            text("UID", record.uid),
            instant("DTSTAMP", stamp),
            instant("LAST-MODIFIED", stamp),
            Property("SEQUENCE", (str(record.sequence),), "integer"),
            *_span(state),
            text("SUMMARY", state.title),
            text("LOCATION", state.place),
            *([text("DESCRIPTION", state.note)] if state.note else []),
            text("STATUS", status),
        ),
    )


def _span(state: EntryState) -> Iterator[Property]:
    """When; a stay without times is whole days, during which one may do other things."""
    for name, at in zip(("DTSTART", "DTEND"), _ends(state), strict=True):
        if at:
            yield moment(name, at)
    if state.day:
        yield _day("DTSTART", state.day)
        yield _day("DTEND", state.day_after)
        yield text("TRANSP", "TRANSPARENT")


def _day(name: str, iso: str) -> Property:
    return Property(name, (iso.replace("-", ""),), "date", (("VALUE", "DATE"),))


def _ends(state: EntryState) -> tuple[Moment | None, Moment | None]:
    """When it begins and ends, as far as that is known."""
    return _moment(state.start, state.zone), _moment(state.end, state.end_zone)


def _moment(iso: str, zone: str) -> Moment | None:
    return Moment.at_instant(datetime.fromisoformat(iso), zone) if iso and zone else None
