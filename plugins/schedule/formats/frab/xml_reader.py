"""Read the schedule.xml of frab, pentabarf and pretalx, by turning it into schedule.json's shape.

reader.py then reads that shape.
"""

from __future__ import annotations

from typing import Any

from ....source.problem import quoted
from ...foreign.model import Foreign, RefusedError
from ...foreign.tree import Node
from ..notes import reader as own
from .reader import LINE, NOTES, NOWHERE, read_events


def read_xml(root: Node) -> Foreign:
    """Return the schedule of a `schedule` element; raise `RefusedError` if it is another format."""
    conference, days = root.child("conference"), list(root.all("day"))
    if not days or not (conference or any(_events_below(day) for day in days)):
        inner = next((child.name for child in root.children), "")
        held = f" with {quoted(inner)} in it" if inner else " with nothing in it"
        raise RefusedError(
            f"XML whose root is “schedule”{held}, a format of its own", line=root.line
        )
    facts: dict[str, Any] = (
        {child.name: child.text for child in conference.children} if conference else {}
    )
    facts["tracks"] = [dict(n.attributes) for n in conference.all("track")] if conference else []
    facts["days"] = [_xml_day(day) for day in days]
    facts[NOTES] = own.read_notes(root.note)
    return read_events(facts, format=root.text_of("generator") or "frab XML")


def _events_below(day: Node) -> list[Node]:
    rooms = [day, *day.all("room")]
    return [event for room in rooms for event in room.all("event")]


def _xml_day(day: Node) -> dict[str, Any]:
    rooms: list[tuple[str, Any]] = [(NOWHERE, [_xml_event(event) for event in day.all("event")])]
    rooms += [
        (r.get("name"), [_xml_event(event) for event in r.all("event")]) for r in day.all("room")
    ]
    guids = {room.get("name"): room.get("guid") for room in day.all("room")}
    start = day.get("start")
    return {"date": day.get("date"), "day_start": start, "rooms": rooms, "guids": guids}


def _xml_event(event: Node) -> dict[str, Any]:
    facts: dict[str, Any] = {
        child.name: child.text for child in event.children if not child.children
    }
    facts |= event.attributes
    recording = event.child("recording")
    if recording:
        facts["recording_license"] = recording.text_of("license")
        facts["do_not_record"] = recording.text_of("optout").strip()
        facts["recording"] = recording.text_of("url") or recording.text_of("link")
    facts["persons"] = [_xml_person(person) for person in _inner(event, "persons", "person")]
    for name, inner in (("links", "link"), ("attachments", "attachment")):
        nodes = _inner(event, name, inner)
        facts[name] = [
            {"url": n.get("href"), "title": n.text, "type": n.get("type")} for n in nodes
        ]
    return {**facts, LINE: event.line, NOTES: own.read_notes(event.note)}


def _xml_person(person: Node) -> dict[str, Any]:
    """Return a person, whose name is the element's text or one of the elements in it."""
    return {
        **{child.name: child.text for child in person.children},
        "name": person.text.strip() or person.text_of("name"),
    }


def _inner(event: Node, name: str, inner: str) -> list[Node]:
    return [node for group in event.all(name) for node in group.all(inner)]
