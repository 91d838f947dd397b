"""Write `schedule.json`, version 1 of its schema: the content of `schedule.xml` as JSON.

The schema allows no additional keys in events and people, but any in `conference.meta`, which
therefore holds Hallway's notes (notes/writer.py).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from ...exports.model import Export, ExportedDay, ExportedSession, ExportedSpeaker
from ...exports.plain import clean
from ..notes.writer import NAME, programme_notes, session_notes

SCHEMA = "https://c3voc.de/schedule/schema.json"

# Matches the zones that the schema allows: `Europe/Berlin`, `UTC`; not `Etc/GMT+1`.
ZONE = re.compile(r"[A-Z][a-z]+/[A-Z][a-z]+|UTC$")


def write_schedule_json(export: Export) -> bytes:
    """Return the bytes of `schedule.json`."""
    data = {
        "$schema": SCHEMA,
        "generator": {"name": "Hallway"},
        "schedule": {
            "version": export.version,
            "base_url": export.files,
            "url": f"{export.files}schedule.json",
            "conference": _conference(export),
        },
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _conference(export: Export) -> dict[str, Any]:
    zone = {"time_zone_name": export.zone} if ZONE.match(export.zone) else {}
    logo = {"logo": export.logo} if export.logo else {}
    notes = {each.guid: session_notes(export, each) for each in export.timed}
    return {
        "acronym": export.acronym,
        "title": export.title,
        "description": export.summary,
        "start": export.event.first_day.isoformat(),
        "end": export.event.last_day.isoformat(),
        "daysCount": len(export.days),
        "timeslot_duration": "00:05",
        **zone,
        **logo,
        "url": export.url,
        "tracks": [{"name": clean(track.name)} for track in export.tracks],
        "rooms": list(_rooms(export)),
        "days": [_day(day, export) for day in export.days],
        "meta": {NAME: {"programme": programme_notes(export), "sessions": notes}},
    }


def _rooms(export: Export) -> Iterator[dict[str, Any]]:
    for each in export.rooms:
        yield {
            "name": clean(each.room.name),
            "guid": each.guid,
            "description": clean(each.room.note) or None,
            "capacity": each.room.capacity,
            "url": each.url,
        }


def _day(day: ExportedDay, export: Export) -> dict[str, Any]:
    first, last = export.bounds(day)
    return {
        "index": day.index,
        "date": day.date.isoformat(),
        "day_start": first.iso,
        "day_end": last.iso,
        "rooms": {
            name: [_event(each) for each in sessions] for name, sessions in export.by_room(day)
        },
    }


def _event(each: ExportedSession) -> dict[str, Any]:
    session, until = each.session, each.until
    return {
        "guid": each.guid,
        "id": each.number,
        "date": session.start.iso if session.start else "",
        "start": f"{session.start.wall:%H:%M}" if session.start else "",
        **({"end": until.iso} if until else {}),
        "duration": each.hours,
        "room": each.room,
        "slug": each.slug,
        **({"code": each.code} if each.code else {}),
        **({"feedback_url": url} if (url := each.extra("feedback_url")) else {}),
        **({"recording_license": text} if (text := each.extra("recording_license")) else {}),
        **({"do_not_record": True} if each.extra("do_not_record") == "true" else {}),
        "url": each.url,
        **({"origin_url": each.texts.url} if each.texts.url else {}),
        "title": each.title,
        "subtitle": each.subtitle or None,
        "track": each.track or None,
        "type": each.type,
        "language": session.language or None,
        "abstract": each.texts.abstract or None,
        "description": each.description or None,
        "persons": [_person(who) for who in each.speakers],
        "links": list(_links(each)),
        "attachments": [{"title": "Slides", "url": each.texts.slides, "type": "slides"}]
        if each.texts.slides
        else [],
    }


def _person(who: ExportedSpeaker) -> dict[str, Any]:
    """Return a person without an `id`; with one, they would match both shapes of the schema."""
    name, about = clean(who.speaker.name), clean(who.speaker.summary)
    person = {"name": name, "public_name": name, "guid": who.guid, "url": who.url}
    return {**person, **({"biography": about} if about else {})}


def _links(each: ExportedSession) -> Iterator[dict[str, str]]:
    if each.texts.recording:
        yield {"title": "Recording", "url": each.texts.recording, "type": "media"}
    for link in each.texts.links:
        yield {"title": link.label, "url": link.url, "type": "related"}
