"""Write notes into files of other formats, for what only Hallway's own format can express.

Other programs ignore them. The notes of a session have the keys of an item in `schedule.yaml`,
those of the whole schedule the keys above the days, so that an import puts them back in place.

    schedule.xml     <?hallway {"id": "knots", "status": "cancelled"}?> in an `event`; the
                     schedule's in `schedule`
    schedule.json    conference.meta.hallway = {"programme": {…}, "sessions": {guid: {…}}}
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...exports.model import Export, ExportedRoom, ExportedSession, ExportedSpeaker
from ...model import Moment, Origin, Status

NAME = "hallway"

Notes = dict[str, Any]


def session_notes(export: Export, each: ExportedSession) -> Notes:
    """Return what a frab event cannot express of a session, and always its id, UID and kind."""
    session = each.session
    always: Notes = {"id": session.id, "uid": each.identity.uid, "kind": str(session.kind)}
    known = {
        "status": "" if session.status is Status.CONFIRMED else str(session.status),
        "shared": True if session.shares_room else None,
        "repeat of": session.repeat_of,
        "was": _origin(session.origin, _room_names(export)) if session.origin else "",
        "group": session.texts.group,
        "note": each.texts.note,
        "abstract": each.texts.abstract if "\n" in each.texts.abstract else "",
        "text": each.markup,
        "recording": each.texts.recording,
        "extra": dict(session.texts.extra),
    }
    subtitle = {"subtitle": session.texts.subtitle} if session.texts.group else {}
    end = {} if session.end else {"end": ""}
    return {**always, **_rooms(each), **subtitle, **end, **_known(known)}


def _rooms(each: ExportedSession) -> Notes:
    """Return the session's rooms, unless it has the one room that the format can name."""
    if each.session.is_everywhere:
        return {"rooms": ["all rooms"]}
    return {"rooms": list(each.rooms)} if len(each.rooms) != 1 else {}


def programme_notes(export: Export) -> Notes:
    """Return what a frab conference cannot express, with the sessions that have no time."""
    notes = {
        "rooms": [room for each in export.rooms if len(room := _room(each)) > 1],
        "tracks": [{"name": t.name, "summary": t.summary} for t in export.tracks if t.summary],
        "speakers": [who for each in export.speakers if len(who := _speaker(each)) > 1],
        "languages": list(export.languages),
        "breaks": list(export.breaks),
        "strict": True if export.strict else None,
        "days": {str(day.date): day.title for day in export.days if day.title},
        "untimed": [
            {"day": str(day.date), **_untimed(export, each)}
            for day in export.days
            for each in day.sessions
            if not each.session.start
        ],
    }
    return _known(notes)


def _untimed(export: Export, each: ExportedSession) -> Notes:
    session = each.session
    return {
        **_known(
            {
                "title": each.title,
                "speakers": each.people,
                "rooms": list(each.rooms),
                "track": each.track,
                "language": session.language,
                "abstract": each.texts.abstract,
                "text": each.description,
                "slides": each.texts.slides,
                "links": {link.label: link.url for link in each.texts.links},
            }
        ),
        **{key: value for key, value in session_notes(export, each).items() if key != "end"},
    }


def _room(each: ExportedRoom) -> Notes:
    room = each.room
    shared = True if room.is_shared else None
    return _known(
        {"name": room.name, "note": room.note, "capacity": room.capacity, "shared": shared}
    )


def _speaker(each: ExportedSpeaker) -> Notes:
    speaker = each.speaker
    return _known(
        {
            "name": speaker.name,
            "affiliation": speaker.affiliation,
            "pronouns": speaker.pronouns,
            "summary": speaker.summary,
            "links": {link.label: link.url for link in speaker.links},
        }
    )


def _origin(origin: Origin, rooms: Mapping[str, str]) -> str:
    """Return the text of a `was` key: `2026-10-24 11:00 | Attic`."""
    start = _written(origin.start) if origin.start else ""
    names = ", ".join(rooms.get(id, id) for id in origin.rooms)
    return f"{start} | {names}".removesuffix(" | ").strip()


def _written(at: Moment) -> str:
    return f"{at.wall:%Y-%m-%d %H:%M}"


def _room_names(export: Export) -> dict[str, str]:
    return {each.room.id: each.room.name for each in export.rooms}


def _known(notes: Mapping[str, Any]) -> Notes:
    return {key: value for key, value in notes.items() if value not in ("", None, [], {}, ())}
