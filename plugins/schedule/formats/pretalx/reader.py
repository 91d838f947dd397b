"""Read pretalx's list of submissions, and the draft of schedule.json version 2.

    version 2   schedule.events[] with participants, schedule.persons[], a state if cancelled
    pretalx     results[] with code, speakers[], slot{room, start, end}

Both are turned into frab's shape. frab/reader.py reads version 1 as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from ...foreign import when
from ...foreign.model import Foreign
from ...foreign.tree import listed, mapping, text
from ..frab import reader as frab

STATES = {
    "cancelled": "cancelled", "canceled": "cancelled", "withdrawn": "cancelled",
    "delayed": "moved", "accepted": "tentative", "tentative": "tentative",
}  # fmt: skip
"""The statuses of Hallway for the states of other systems."""

NIGHT = timedelta(hours=6)
"""The hours after midnight in which a session belongs to the previous day by default."""

Facts = Mapping[str, Any]


def read_version_2(schedule: Facts) -> Foreign:
    """Return the schedule of a schedule.json in the draft of version 2."""
    conference = mapping(schedule.get("conference"))
    people = {text(p.get("guid")): p for p in map(mapping, listed(schedule.get("persons")))}
    tracks = map(mapping, listed(conference.get("tracks")))
    names = {text(track.get("slug")): text(track.get("name")) for track in tracks}
    events = [
        _event(event, people, names) for event in map(mapping, listed(schedule.get("events")))
    ]
    days = [*_filed(events), *listed(conference.get("days"))]
    facts = {**conference, "base_url": schedule.get("base_url"), "days": days}
    return frab.read_events(facts, format="schedule.json version 2")


def read_submissions(submissions: Iterable[Any]) -> Foreign:
    """Return the schedule in a list of submissions from pretalx's API."""
    events = [_submission(facts) for facts in map(mapping, submissions)]
    days = _filed([event for event in events if event["date"]])
    return frab.read_events({"days": days}, format="pretalx submissions")


def _event(event: Facts, people: Mapping[str, Facts], tracks: Mapping[str, str]) -> dict[str, Any]:
    track, logo = mapping(event.get("track")), mapping(event.get("logo"))
    persons = [
        {**people.get(text(person.get("guid")), {}), **person}
        for person in map(mapping, listed(event.get("participants")))
        if text(person.get("role")).upper() in {"", "SPEAKER", "CONTRIBUTOR", "MODERATOR", "HOST"}
    ]
    links = map(mapping, listed(event.get("links")))
    special = {text(link.get("type")).upper(): link.get("url") for link in links}
    return {
        **{key: event.get(key) for key in frab.TEXTS if key in event},
        **{key: event[key] for key in ("guid", "code", "id", "attachments") if key in event},
        "date": event.get("start"),
        "start": None,
        "duration": _length(event),
        "room": text(mapping(event.get("room")).get("name") or event.get("room")),
        "track": text(track.get("name")) or tracks.get(text(track.get("slug")), ""),
        "type": text(event.get("type")).lower(),
        "logo": text(logo.get("url")),
        "persons": persons,
        "origin_url": special.get("ORIGIN"),
        "feedback_url": special.get("FEEDBACK"),
        "links": [link for link in listed(event.get("links")) if not _is_special(link)],
        "status": STATES.get(text(event.get("state") or event.get("status")).lower(), ""),
    }


def _is_special(link: object) -> bool:
    return text(mapping(link).get("type")).upper() in {"ORIGIN", "FEEDBACK"}


def _submission(facts: Facts) -> dict[str, Any]:
    slot = mapping(facts.get("slot")) or mapping(next(iter(listed(facts.get("slots"))), None))
    return {
        "code": facts.get("code"),
        "title": facts.get("title"),
        "abstract": facts.get("abstract"),
        "description": facts.get("description"),
        "date": slot.get("start"),
        "duration": _length(slot) or facts.get("duration"),
        "room": text(mapping(slot.get("room")).get("name")) or text(slot.get("room")),
        "track": text(mapping(facts.get("track")).get("name")) or text(facts.get("track")),
        "type": text(mapping(facts.get("submission_type")).get("name"))
        or text(facts.get("submission_type")),
        "language": facts.get("content_locale"),
        "persons": listed(facts.get("speakers")),
        "status": STATES.get(text(facts.get("state")).lower(), ""),
        "do_not_record": facts.get("do_not_record"),
    }


def _length(event: Facts) -> Any:
    """Return the length between start and end if both are given; otherwise the given length."""
    length = when.between(when.instant(event.get("start")), when.instant(event.get("end")))
    if length is None:
        return event.get("duration")
    return f"{'-' if length < timedelta() else ''}PT{abs(int(length.total_seconds()))}S"


def _filed(events: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the events sorted into days; those in the first hours belong to the previous day."""
    days: dict[str, list[dict[str, Any]]] = {}
    for event in events:
        start = when.instant(event["date"])
        day = (start - NIGHT).date().isoformat() if start else ""
        days.setdefault(day, []).append(event)
    return [{"date": day, "rooms": {frab.NOWHERE: found}} for day, found in sorted(days.items())]
