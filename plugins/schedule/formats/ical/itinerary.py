"""Write a traveller's plan as a calendar; each time is in the zone of its place, even within a leg.

It is made from the entries' future records in the ledger, so that both agree.
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
    """Yield the calendar of a post's itineraries, if an entry has a time."""
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
    """Yield start and end; a stay without times lasts whole days and leaves the traveller free."""
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
    """Return start and end, as far as they are known."""
    return _moment(state.start, state.zone), _moment(state.end, state.end_zone)


def _moment(iso: str, zone: str) -> Moment | None:
    return Moment.at_instant(datetime.fromisoformat(iso), zone) if iso and zone else None
