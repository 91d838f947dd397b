"""A traveller's plan as a calendar: each time on the clock of its place, also within one leg.

It is written from what the ledger will hold of its entries, so that both say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from ....markdown.document import Document
from ....site.feature import Download
from ....site.ledger import SessionRecord
from ....site.site import Site
from ...history.itineraries import records_of_itineraries
from ...history.state import Stored
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
    moments = (_moment(each.state, *end) for each in records for end in ENDS.values())
    events = map(_event, records)
    stamp = max(datetime.fromisoformat(each.stamp) for each in records)
    about = Subscription(document.title, document.front_matter.summary)
    whole = calendar([*zones_of(moments), *events], stamp=stamp, subscription=about)
    yield Download(f"{document.slug}.ics", LABEL, write_ics(whole))


ENDS = {"DTSTART": ("start", "zone"), "DTEND": ("end", "end zone")}


def _event(record: SessionRecord) -> Component:
    state, stamp = record.state, datetime.fromisoformat(record.stamp)
    status = STATUSES.get(Status(state["status"]), "CONFIRMED")
    return Component(
        "VEVENT",
        (
            text("UID", record.uid),
            instant("DTSTAMP", stamp),
            instant("LAST-MODIFIED", stamp),
            Property("SEQUENCE", (str(record.sequence),), "integer"),
            *_span(state),
            text("SUMMARY", state.get("title", "")),
            text("LOCATION", state.get("place", "")),
            *([text("DESCRIPTION", state["note"])] if "note" in state else []),
            text("STATUS", status),
        ),
    )


def _span(state: Stored) -> Iterator[Property]:
    """When; a stay without times is whole days, during which one may do other things."""
    for name, end in ENDS.items():
        if at := _moment(state, *end):
            yield moment(name, at)
    if "day" in state:
        yield _day("DTSTART", state["day"])
        yield _day("DTEND", state["day after"])
        yield text("TRANSP", "TRANSPARENT")


def _day(name: str, iso: str) -> Property:
    return Property(name, (iso.replace("-", ""),), "date", {"VALUE": "DATE"})


def _moment(state: Stored, name: str, zone: str) -> Moment | None:
    if name not in state or zone not in state:
        return None
    return Moment.at_instant(datetime.fromisoformat(state[name]), state[zone])
