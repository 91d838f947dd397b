"""A session as the ledger keeps it: few texts, enough to tell a change and to show what is gone."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime

from msgspec.structs import asdict, replace

from ...source.problem import Place
from .. import words
from ..model import (
    EVERYWHERE,
    Kind,
    Moment,
    Origin,
    Programme,
    PublishedSession,
    Session,
    Status,
    TalkFile,
)
from .diff import State

FIRST_TOLD = ("subtitle", "abstract", "note", "slides", "recording")
"""Texts in the order in which digests of published ledgers have them; later ones come behind."""

UNTOLD = frozenset({"group", "url", "guid", "uid", "extra"})
"""Texts whose change no reader has to know of."""

Stored = Mapping[str, str]
"""The state of a record: `plugins/site/ledger.py`."""


def state_of(session: Session, programme: Programme) -> State:
    """What readers see of a session."""
    rooms = (EVERYWHERE,) if session.is_everywhere else session.rooms
    return State(
        title=session.title,
        day=session.day.isoformat(),
        start=session.start.iso if session.start else "",
        end=session.end.iso if session.end else "",
        rooms=rooms,
        places="" if session.is_everywhere else words.room_names(programme, session.rooms),
        is_on=session.is_on,
    )


def stored_state(
    session: Session, programme: Programme, *, was: Origin | None, text: str
) -> dict[str, str]:
    """What the ledger holds of a session.

    `was` is where it was before its last move, `text` its long text.
    """
    state = state_of(session, programme)
    stored = {
        "title": state.title,
        "day": state.day,
        "start": state.start,
        "end": state.end,
        "rooms": " ".join(state.rooms),
        "places": state.places,
        "status": str(session.status),
        "kind": str(session.kind),
        "track": session.track,
        "language": session.language,
        "speakers": " ".join(session.speakers),
        "was": was.start.iso if was and was.start else "",
        "was rooms": " ".join(was.rooms) if was else "",
        "rest": _digest(session, text),
    }
    return {key: value for key, value in stored.items() if value}


def known_state(stored: Stored) -> State:
    """What readers knew of a session."""
    return State(
        title=stored.get("title", ""),
        day=stored.get("day", ""),
        start=stored.get("start", ""),
        end=stored.get("end", ""),
        rooms=tuple(stored.get("rooms", "").split()),
        places=stored.get("places", ""),
        is_on=stored.get("status") != Status.CANCELLED,
    )


def published_session(id: str, stored: Stored) -> PublishedSession | None:
    """A session as readers know it; None for one that is gone for good."""
    if not stored:
        return None
    start = stored.get("start", "")
    return PublishedSession(
        id,
        stored.get("title", ""),
        datetime.fromisoformat(start) if start else None,
        tuple(stored.get("rooms", "").split()),
        tuple(stored.get("speakers", "").split()),
        is_on=stored.get("status") != Status.CANCELLED,
    )


def cancelled_session(
    id: str, stored: Stored, programme: Programme, *, order: int
) -> Session | None:
    """A session that was published and is no more, as one that is cancelled.

    Rooms, tracks and people that the programme does not know any more are not named again. None for
    a state that says too little.
    """
    try:
        day = date.fromisoformat(stored.get("day", ""))
    except ValueError:
        return None
    rooms = stored.get("rooms", "").split()
    return Session(
        id=id,
        title=stored.get("title", ""),
        day=day,
        order=order,
        place=Place("the ledger"),
        kind=Kind(stored["kind"]) if stored.get("kind") in set(Kind) else Kind.TALK,
        status=Status.CANCELLED,
        start=_moment(stored.get("start", ""), programme),
        end=_moment(stored.get("end", ""), programme),
        rooms=tuple(id for id in rooms if id in {room.id for room in programme.rooms}),
        is_everywhere=rooms == [EVERYWHERE],
        speakers=_known(stored.get("speakers", ""), {who.id for who in programme.speakers}),
        track="".join(_known(stored.get("track", ""), {track.id for track in programme.tracks})),
        language=stored.get("language", ""),
    )


def with_file(session: Session, file: TalkFile | None) -> Session:
    """The session with what goes with it as long as the file of its talk is there."""
    if not file:
        return session
    texts = replace(session.texts, slides=file.slides, recording=file.recording, links=file.links)
    return replace(session, texts=texts, file=file.path)


def origin_of(stored: Stored, programme: Programme) -> Origin | None:
    """Where a session was before its last move; None when it never moved."""
    start = _moment(stored.get("was", ""), programme)
    rooms = _known(stored.get("was rooms", ""), {room.id for room in programme.rooms})
    return Origin(start, rooms) if start or rooms else None


def _known(ids: str, known: set[str]) -> tuple[str, ...]:
    return tuple(id for id in ids.split() if id in known)


def _moment(iso: str, programme: Programme) -> Moment | None:
    if not iso or not programme.zone:
        return None
    return Moment.at_instant(datetime.fromisoformat(iso), programme.zone)


def _digest(session: Session, text: str) -> str:
    """A short text that changes with whatever else is published of it."""
    said = session.texts
    links = [f"{link.label} {link.url}" for link in said.links]
    known = {*FIRST_TOLD, *UNTOLD, "links"}
    later = [str(value) for name, value in asdict(said).items() if value and name not in known]
    rest = [*(getattr(said, name) for name in FIRST_TOLD), text, *links, *later]
    return hashlib.sha256("\n".join(rest).encode()).hexdigest()[:12] if any(rest) else ""


def state_as_json(state: State | None) -> dict[str, object] | None:
    """A state as a release holds it."""
    return {k: v for k, v in asdict(state).items() if v not in ("", (), True)} if state else None


def state_from_json(data: Mapping[str, object] | None) -> State | None:
    """The state that a release holds."""
    if data is None:
        return None
    rooms = data.get("rooms", ())
    return State(
        title=str(data.get("title", "")),
        day=str(data.get("day", "")),
        start=str(data.get("start", "")),
        end=str(data.get("end", "")),
        rooms=tuple(map(str, rooms)) if isinstance(rooms, list) else (),
        places=str(data.get("places", "")),
        is_on=data.get("is_on") is not False,
    )
