"""Turn sessions into the events of a calendar (RFC 5545, section 3.6.1, and RFC 7986).

A session without a time is not in calendars; pages say how many are left out. A session without an
end has none here either, so that no guess fills anybody's calendar.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec import Struct

from ...exports.model import Export, ExportedSession
from ...model import Moment, Status
from .component import (
    Component,
    Property,
    duration,
    instant,
    is_local,
    moment,
    text,
    uri,
)
from .zone import zone_component

PRODUCT = "-//Hallway//Schedule//EN"

REFRESH = "PT1H"
"""The interval at which programs are asked to refresh; many use their own."""

STATUSES = {Status.TENTATIVE: "TENTATIVE", Status.CANCELLED: "CANCELLED"}


class Subscription(Struct, frozen=True):
    """The name and the addresses that a calendar shows to its subscribers."""

    name: str
    summary: str
    page: str = ""
    source: str = ""
    """The address of the calendar itself."""


def calendar(
    parts: Iterable[Component], *, stamp: datetime, subscription: Subscription
) -> Component:
    """Return a calendar of these zones and events; `stamp` is the time of its last change."""
    head = (text("VERSION", "2.0"), text("PRODID", PRODUCT), text("CALSCALE", "GREGORIAN"))
    return Component("VCALENDAR", (*head, *_about(subscription, stamp)), tuple(parts))


def _about(to: Subscription, stamp: datetime) -> list[Property]:
    """Return the properties of RFC 7986, and with them the older ones that most programs know."""
    described = [text("DESCRIPTION", to.summary), text("X-WR-CALDESC", to.summary)]
    return [
        instant("LAST-MODIFIED", stamp),
        text("NAME", to.name),
        text("X-WR-CALNAME", to.name),
        *(described if to.summary else []),
        *([uri("URL", to.page)] if to.page else []),
        *([uri("SOURCE", to.source, is_typed=True)] if to.source else []),
        duration("REFRESH-INTERVAL", REFRESH),
        Property("X-PUBLISHED-TTL", (REFRESH,), "duration"),
    ]


def session_event(export: Export, each: ExportedSession) -> Component:
    """Return the event of a session with a time."""
    session, identity = each.session, each.identity
    stamps = [instant(name, identity.stamp) for name in ("DTSTAMP", "LAST-MODIFIED")]
    ends = [moment("DTEND", session.end)] if session.end else []
    return Component(
        "VEVENT",
        (
            text("UID", identity.uid),
            *stamps,
            Property("SEQUENCE", (str(identity.sequence),), "integer"),
            *([moment("DTSTART", session.start)] if session.start else []),
            *ends,
            text("SUMMARY", each.title or "Untitled"),
            text("LOCATION", export.location(each)),
            *_told(export, each),
            uri("URL", each.url),
            text("STATUS", STATUSES.get(session.status, "CONFIRMED")),
        ),
    )


def _told(export: Export, each: ExportedSession) -> Iterator[Property]:
    parts = [", ".join(each.people), each.texts.abstract or each.description, each.texts.note]
    if words := "\n\n".join(part for part in parts if part):
        yield text("DESCRIPTION", words)
    yield text("CATEGORIES", *(word for word in (each.track, str(each.session.kind)) if word))
    venue = export.event.venue
    if venue and venue.latitude is not None and venue.longitude is not None:
        yield Property("GEO", (f"{venue.latitude};{venue.longitude}",), "float")
    if export.event.online:
        yield uri("CONFERENCE", export.event.online, is_typed=True)


def zones_of(moments: Iterable[Moment | None]) -> list[Component]:
    """Return the components of all zones that the moments name, cut to the moments' time span."""
    spans: dict[str, list[datetime]] = {}
    for at in moments:
        if at and is_local(at):
            spans.setdefault(at.zone, []).append(at.instant)
    return [zone_component(zone, min(span), max(span)) for zone, span in sorted(spans.items())]


def moments_of(sessions: Iterable[ExportedSession]) -> Iterator[Moment | None]:
    """Yield the starts and ends of the sessions."""
    for each in sessions:
        yield from (each.session.start, each.session.end)
