"""Describe an event and its talks to machines: schema.org types, as JSON-LD.

    ConferenceEvent     the event
      Event             one session of a talk; `superEvent` leads to the event
    Place, PostalAddress, GeoCoordinates, VirtualLocation, Person, Organization

A repeated talk has an `Event` for each session, in an `@graph`. Values that are not known are left
out. The dates of an event are days; the times of a session carry their offset.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Literal, Required, cast

from msgspec import Struct
from typing_extensions import TypedDict  # pydantic reads these types only from there before 3.12

from ...site.head import description_of, script_safe_json
from ...site.site import Site
from .. import paths
from ..events import Edition
from ..model import Event, Origin, Session, Status, Venue

Address = TypedDict(
    "Address",
    {
        "@type": Required[Literal["PostalAddress"]],
        "streetAddress": str,
        "addressLocality": str,
        "addressCountry": str,
    },
    total=False,
)
Coordinates = TypedDict(
    "Coordinates",
    {"@type": Required[Literal["GeoCoordinates"]], "latitude": float, "longitude": float},
)
Place = TypedDict(
    "Place",
    {
        "@type": Required[Literal["Place"]],
        "name": Required[str],
        "address": Address | str,
        "geo": Coordinates,
        "url": str,
        "containedInPlace": "Place",
    },
    total=False,
)
Virtual = TypedDict("Virtual", {"@type": Required[Literal["VirtualLocation"]], "url": str})
Person = TypedDict(
    "Person", {"@type": Required[Literal["Person"]], "name": Required[str], "url": str}
)
Organization = TypedDict(
    "Organization",
    {"@type": Required[Literal["Organization"]], "name": Required[str], "url": str},
    total=False,
)
State = Literal[
    "https://schema.org/EventScheduled",
    "https://schema.org/EventCancelled",
    "https://schema.org/EventRescheduled",
]
Mode = Literal[
    "https://schema.org/OfflineEventAttendanceMode",
    "https://schema.org/OnlineEventAttendanceMode",
    "https://schema.org/MixedEventAttendanceMode",
]
Super = TypedDict(
    "Super",
    {
        "@type": Required[Literal["ConferenceEvent"]],
        "@id": str,
        "name": Required[str],
        "startDate": Required[str],
        "endDate": str,
        "location": list[Place | Virtual],
    },
    total=False,
)
ConferenceEvent = TypedDict(
    "ConferenceEvent",
    {
        "@context": Required[Literal["https://schema.org"]],
        "@type": Required[Literal["ConferenceEvent"]],
        "@id": str,
        "name": Required[str],
        "description": str,
        "url": str,
        "startDate": Required[str],
        "endDate": str,
        "eventStatus": Required[State],
        "eventAttendanceMode": Required[Mode],
        "location": list[Place | Virtual],
        "sponsor": list[Organization],
    },
    total=False,
)
TalkEvent = TypedDict(
    "TalkEvent",
    {
        "@type": Required[Literal["Event"]],
        "@id": str,
        "name": Required[str],
        "description": str,
        "url": str,
        "startDate": Required[str],
        "endDate": str,
        "previousStartDate": str,
        "eventStatus": Required[State],
        "eventAttendanceMode": Required[Mode],
        "location": list[Place | Virtual],
        "performer": list[Person],
        "inLanguage": str,
        "superEvent": Required[Super],
    },
    total=False,
)
Graph = TypedDict(
    "Graph", {"@context": Required[Literal["https://schema.org"]], "@graph": list[TalkEvent]}
)

MODES: Mapping[str, Mode] = {
    "in person": "https://schema.org/OfflineEventAttendanceMode",
    "online": "https://schema.org/OnlineEventAttendanceMode",
    "mixed": "https://schema.org/MixedEventAttendanceMode",
}


class Structured(Struct, frozen=True):
    """The descriptions of one event and its talks."""

    site: Site
    edition: Edition

    def conference(self) -> ConferenceEvent:
        """Return the description of the whole event."""
        event = self.edition.event
        described: ConferenceEvent = {
            "@context": "https://schema.org",
            "@type": "ConferenceEvent",
            "@id": self._id(paths.hub(event.slug)),
            "name": event.title,
            "description": description_of(self.edition.document),
            "url": self.site.absolute(paths.hub(event.slug)),
            "startDate": event.first_day.isoformat(),
            "endDate": event.last_day.isoformat(),
            "eventStatus": "https://schema.org/EventScheduled",
            "eventAttendanceMode": MODES[event.attendance],
            "location": _locations(event),
            "sponsor": _sponsors(event),
        }
        return cast(ConferenceEvent, _known(described))

    def talk(self, times: tuple[Session, ...], description: str) -> Graph | None:
        """Return the description of a talk with all its sessions; None if none has a time."""
        timed = [self._event(session, description) for session in times if session.start]
        return {"@context": "https://schema.org", "@graph": timed} if timed else None

    def _event(self, session: Session, description: str) -> TalkEvent:
        event, until = self.edition.event, self.edition.agenda.until(session)
        url = self.site.absolute(paths.talk(event.slug, session.talk))
        described: TalkEvent = {
            "@type": "Event",
            "@id": f"{url}#{session.id}",
            "name": session.title,
            "description": description,
            "url": url,
            "startDate": session.start.iso if session.start else "",
            "endDate": until.iso if until else "",
            "previousStartDate": _previous_start(session.origin),
            "eventStatus": _state(session),
            "eventAttendanceMode": MODES[event.attendance],
            "location": self._locations(session),
            "performer": [self._person(id) for id in session.speakers],
            "inLanguage": session.language,
            "superEvent": self._super(),
        }
        return cast(TalkEvent, _known(described))

    def _locations(self, session: Session) -> list[Place | Virtual]:
        """Return the locations of a session: its rooms, within the venue, and the online address.

        A session without a room has the locations of the event.
        """
        around = _locations(self.edition.event)
        inside = [place for place in around if place["@type"] == "Place"]
        rooms: list[Place | Virtual] = []
        for id in session.rooms:
            room: Place = {"@type": "Place", "name": self.edition.programme.room(id).name}
            if inside:
                venue = inside[0]
                room["address"] = venue.get("address", venue.get("name", ""))
                room["containedInPlace"] = venue
            rooms.append(room)
        return [*rooms, *(p for p in around if not rooms or p["@type"] == "VirtualLocation")]

    def _person(self, id: str) -> Person:
        speaker = self.edition.programme.speaker(id)
        url = self.site.absolute(paths.speaker(self.edition.slug, id))
        return {"@type": "Person", "name": speaker.name, "url": url}

    def _super(self) -> Super:
        event = self.edition.event
        whole: Super = {
            "@type": "ConferenceEvent",
            "@id": self._id(paths.hub(event.slug)),
            "name": event.title,
            "startDate": event.first_day.isoformat(),
            "endDate": event.last_day.isoformat(),
            "location": _locations(event),
        }
        return cast(Super, _known(whole))

    def _id(self, path: str) -> str:
        return f"{self.site.absolute(path)}#event"


def as_script(described: ConferenceEvent | Graph | None) -> str:
    """Return the description as JSON that cannot close the script element around it."""
    return script_safe_json(described) if described else ""


def as_json(data: object) -> bytes:
    """Return the data as JSON: sorted, compact, in UTF-8, with a line feed at the end."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{text}\n".encode()


def _state(session: Session) -> State:
    if session.status is Status.CANCELLED:
        return "https://schema.org/EventCancelled"
    if _previous_start(session.origin):
        return "https://schema.org/EventRescheduled"
    return "https://schema.org/EventScheduled"


def _previous_start(origin: Origin | None) -> str:
    return origin.start.iso if origin and origin.start else ""


def _locations(event: Event) -> list[Place | Virtual]:
    places: list[Place | Virtual] = [_place(event.venue)] if event.venue else []
    if event.online:
        places.append({"@type": "VirtualLocation", "url": event.online})
    return places


def _place(venue: Venue) -> Place:
    place: Place = {"@type": "Place", "name": venue.name, "url": venue.url}
    address: Address = {
        "@type": "PostalAddress",
        "streetAddress": ", ".join(venue.address),
        "addressLocality": venue.city,
        "addressCountry": venue.country,
    }
    if len(known := _known(address)) > 1:
        place["address"] = cast(Address, known)
    if venue.latitude is not None and venue.longitude is not None:
        place["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": venue.latitude,
            "longitude": venue.longitude,
        }
    return cast(Place, _known(place))


def _sponsors(event: Event) -> list[Organization]:
    found: list[Organization] = []
    for sponsor in (sponsor for tier in event.sponsors for sponsor in tier.sponsors):
        described: Organization = {"@type": "Organization", "name": sponsor.name}
        if sponsor.url:
            described["url"] = sponsor.url
        found.append(described)
    return found


def _known(described: Mapping[str, object]) -> dict[str, object]:
    """Return the description without empty texts, empty lists and None."""
    return {key: value for key, value in described.items() if value not in ("", [], None)}
