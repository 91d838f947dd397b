"""Write `programme.json`: the data of all sessions of an event, for the scripts of its pages."""

from __future__ import annotations

from typing import Any

from .. import paths, words
from ..model import Session
from .present import TRACK_COLOURS, Presenter
from .structured import as_json


def write_programme_data(presenter: Presenter) -> bytes:
    """Return the event's schedule as JSON."""
    edition, programme = presenter.edition, presenter.programme
    return as_json(
        {
            "event": edition.slug,
            "title": edition.event.title,
            "url": presenter.site.absolute(paths.hub(edition.slug)),
            "zone": programme.zone,
            **({"place": place} if (place := words.venue(edition.event)) else {}),
            "days": [
                {"date": day.date.isoformat(), "heading": words.weekday(day.date)}
                for day in programme.days
            ],
            "rooms": {room.id: room.name for room in programme.rooms},
            "tracks": {track.id: track.name for track in programme.tracks},
            "speakers": {speaker.id: speaker.name for speaker in programme.speakers},
            "sessions": [_session(presenter, session) for session in programme.sessions],
        }
    )


def _session(presenter: Presenter, session: Session) -> dict[str, Any]:
    until = presenter.agenda.until(session)
    day = presenter.url(paths.day(presenter.slug, session.day))
    record = presenter.edition.history.records[session.id]
    view = presenter.session(session)
    return {
        "id": session.id,
        "talk": session.talk,
        "uid": record.uid,
        "sequence": record.sequence,
        "revised": record.stamp,
        "title": session.title,
        "lang": view.lang,
        "url": presenter.session_url(session) or f"{day}#session-{session.id}",
        "day": session.day.isoformat(),
        "start": session.start.iso if session.start else "",
        "end": until.iso if until else "",
        "endKnown": session.end is not None,
        "rooms": list(session.rooms),
        "everywhere": session.is_everywhere,
        "room": view.room,
        "track": session.track,
        "colour": _colour(presenter, session),
        "kind": session.kind,
        "language": session.language,
        "facts": list(view.facts),
        "speakers": list(session.speakers),
        "status": session.status,
        "mark": view.status_words,
        "abstract": session.texts.abstract,
    }


def _colour(presenter: Presenter, session: Session) -> int:
    """Return the number of the colour of a session's track; 0 without a track."""
    tracks = [track.id for track in presenter.programme.tracks]
    return tracks.index(session.track) % TRACK_COLOURS + 1 if session.track else 0
