"""Read Sessionize's JSON in its three views: all, sessions in groups, and a grid by day and room.

all       {"sessions": […], "speakers": […], "rooms": […], "categories": […]}
sessions  [{"groupName": …, "sessions": […]}]
grid      [{"date": …, "rooms": [{"name": …, "sessions": […]}]}]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from ...foreign import clean, when
from ...foreign.model import Foreign, ForeignPerson, ForeignRoom, ForeignSession, gathered
from ...foreign.tree import listed, mapping, text
from ...model import Link, SessionTexts
from ..pretalx.reader import NIGHT, STATES

Facts = Mapping[str, Any]

CATEGORIES = {
    "track": "track", "tracks": "track", "language": "language", "session format": "kind",
    "format": "kind", "type": "kind",
}  # fmt: skip
"""The meanings of categories; any other category becomes extra."""


def is_sessionize(value: object) -> bool:
    """Return True if the JSON has the shape of one of the views."""
    if isinstance(value, dict):
        return isinstance(value.get("sessions"), list) and "speakers" in value
    first = mapping(listed(value)[0]) if listed(value) else {}
    return isinstance(first.get("sessions"), list) or ("date" in first and _has_rooms(first))


def read_sessionize(value: Any) -> Foreign:
    """Return the schedule of one of the views."""
    root = mapping(value)
    reading = _Reading(
        rooms={text(r.get("id")): text(r.get("name")) for r in _each(root, "rooms")},
        people={text(p.get("id")): p for p in _each(root, "speakers")},
        items={
            text(item.get("id")): (text(category.get("title")), text(item.get("name")))
            for category in _each(root, "categories")
            for item in _each(category, "items")
        },
    )
    sessions = gathered(reading.session(facts) for facts in _sessions(value))
    rooms = sorted(_each(root, "rooms"), key=lambda room: str(room.get("sort", "")).zfill(9))
    return Foreign(
        format="Sessionize JSON",
        rooms=tuple(
            ForeignRoom(name=name) for r in rooms if (name := clean.title(text(r.get("name"))))
        ),
        people=tuple(_person(facts) for facts in _each(root, "speakers")),
        sessions=sessions,
    )


def _has_rooms(facts: Facts) -> bool:
    return any(isinstance(room.get("sessions"), list) for room in _each(facts, "rooms"))


def _sessions(value: Any) -> Iterator[Facts]:
    """Yield every session, from all lists of the view."""
    if isinstance(value, dict):
        yield from _each(value, "sessions")
    for group in map(mapping, listed(value)):
        yield from _each(group, "sessions")
        for room in _each(group, "rooms"):
            for session in _each(room, "sessions"):
                yield {"room": room.get("name"), **session}


def _each(facts: Facts, name: str) -> list[dict[str, Any]]:
    return [each for each in listed(facts.get(name)) if isinstance(each, dict)]


def _status(facts: Facts) -> str:
    """Return the status; accepted sessions are confirmed, since they are in the schedule."""
    found = STATES.get(text(facts.get("status")).lower(), "")
    return "" if found == "tentative" else found


def _name(facts: Facts) -> str:
    whole = text(facts.get("fullName")) or text(facts.get("name"))
    return clean.name(whole or f"{text(facts.get('firstName'))} {text(facts.get('lastName'))}")


def _person(facts: Facts) -> ForeignPerson:
    links = (
        Link(clean.title(text(link.get("title"))) or url, url)
        for link in _each(facts, "links")
        if (url := clean.web_address(link.get("url")))
    )
    return ForeignPerson(
        name=_name(facts),
        text=clean.visible(text(facts.get("bio"))),
        affiliation=clean.title(text(facts.get("tagLine"))),
        links=tuple(links),
    )


class _Reading(Struct, frozen=True):
    """The rooms, people and category items that ids in sessions refer to."""

    rooms: Mapping[str, str]
    people: Mapping[str, Facts]
    items: Mapping[str, tuple[str, str]]

    def session(self, facts: Facts) -> ForeignSession:
        start, end = when.instant(facts.get("startsAt")), when.instant(facts.get("endsAt"))
        named = dict(self._categories(facts))
        known = {
            CATEGORIES[key.casefold()]: word
            for key, word in named.items()
            if key.casefold() in CATEGORIES
        }
        extra = [(key, word) for key, word in named.items() if key.casefold() not in CATEGORIES]
        return ForeignSession(
            number=clean.identifier(facts.get("id")),
            title=clean.title(text(facts.get("title"))),
            day=(start - NIGHT).date() if start else None,
            start=start,
            length=when.between(start, end),
            rooms=self._rooms(facts),
            kind="break" if facts.get("isServiceSession") is True else known.get("kind", ""),
            track=known.get("track", ""),
            language=known.get("language", ""),
            status=_status(facts),
            speakers=tuple(name for name in self._speakers(facts) if name),
            description=clean.visible(text(facts.get("description"))),
            texts=SessionTexts(
                recording=clean.web_address(facts.get("recordingUrl")),
                links=tuple(
                    Link("Live", url) for url in [clean.web_address(facts.get("liveUrl"))] if url
                ),
                extra=tuple((clean.title(key), clean.title(word)) for key, word in extra if word),
            ),
        )

    def _rooms(self, facts: Facts) -> tuple[str, ...]:
        if facts.get("isPlenumSession") is True:
            return ("*",)
        room = text(facts.get("room")) or self.rooms.get(text(facts.get("roomId")), "")
        return (clean.title(room),) if room.strip() else ()

    def _speakers(self, facts: Facts) -> Iterator[str]:
        for speaker in listed(facts.get("speakers")):
            own = mapping(speaker)
            yield _name(self.people.get(text(own.get("id")) or text(speaker), own))

    def _categories(self, facts: Facts) -> Iterator[tuple[str, str]]:
        for item in listed(facts.get("categoryItems")):
            if text(item) in self.items:
                yield self.items[text(item)]
        for category in _each(facts, "categories"):
            names = [text(item.get("name")) for item in _each(category, "categoryItems")]
            yield text(category.get("name")), ", ".join(names)
