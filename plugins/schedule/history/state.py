"""A session as the ledger keeps it: few texts, enough to tell a change and to show what is gone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime

from msgspec.structs import asdict, replace

from ...site.ledger import Seen, SessionState
from ...source.problem import Place
from .. import words
from ..model import (
    EVERYWHERE,
    Kind,
    Moment,
    Named,
    Origin,
    Programme,
    PublishedSession,
    Session,
    Status,
    TalkFile,
)

FIRST_TOLD = ("subtitle", "abstract", "note", "slides", "recording")
"""Texts in the order in which digests of published ledgers have them; later ones come behind."""

UNTOLD = frozenset({"group", "url", "guid", "uid", "extra"})
"""Texts whose change no reader has to know of."""


def seen_now(session: Session, programme: Programme) -> Seen:
    """Return what readers see of a session."""
    rooms = (EVERYWHERE,) if session.is_everywhere else session.rooms
    return Seen(
        title=session.title,
        day=session.day.isoformat(),
        start=session.start.iso if session.start else "",
        end=session.end.iso if session.end else "",
        rooms=rooms,
        places="" if session.is_everywhere else words.room_names(programme, session.rooms),
        is_on=session.is_on,
    )


def state_now(
    session: Session, programme: Programme, *, was: Origin | None, text: str
) -> SessionState:
    """Return what the ledger is to hold of a session.

    `was` is where it was before its last move, `text` its long text.
    """
    seen = seen_now(session, programme)
    return SessionState(
        title=seen.title,
        day=seen.day,
        start=seen.start,
        end=seen.end,
        rooms=seen.rooms,
        places=seen.places,
        status=str(session.status),
        kind=str(session.kind),
        track=session.track,
        language=session.language,
        speakers=session.speakers,
        was=was.start.iso if was and was.start else "",
        was_rooms=was.rooms if was else (),
        rest=_digest(session, text),
    )


def seen_then(state: SessionState) -> Seen:
    """Return what readers knew of a session."""
    return Seen(
        title=state.title,
        day=state.day,
        start=state.start,
        end=state.end,
        rooms=state.rooms,
        places=state.places,
        is_on=state.status != Status.CANCELLED,
    )


def published_session(id: str, state: SessionState) -> PublishedSession:
    """Return a session as readers know it."""
    return PublishedSession(
        id,
        state.title,
        datetime.fromisoformat(state.start) if state.start else None,
        state.rooms,
        state.speakers,
        is_on=state.status != Status.CANCELLED,
    )


def cancelled_session(
    id: str, state: SessionState, programme: Programme, *, order: int
) -> Session | None:
    """A session that was published and is no more, as one that is cancelled.

    Rooms, tracks and people that the programme does not know any more are not named again. None for
    a state that says too little.
    """
    try:
        day = date.fromisoformat(state.day)
    except ValueError:
        return None
    return Session(
        id=id,
        title=state.title,
        day=day,
        order=order,
        place=Place("the ledger"),
        kind=Kind(state.kind) if state.kind in set(Kind) else Kind.TALK,
        status=Status.CANCELLED,
        start=_moment(state.start, programme),
        end=_moment(state.end, programme),
        rooms=_known(state.rooms, programme.rooms),
        is_everywhere=state.rooms == (EVERYWHERE,),
        speakers=_known(state.speakers, programme.speakers),
        track="".join(_known((state.track,), programme.tracks)),
        language=state.language,
    )


def with_file(session: Session, file: TalkFile | None) -> Session:
    """The session with what goes with it as long as the file of its talk is there."""
    if not file:
        return session
    texts = replace(session.texts, slides=file.slides, recording=file.recording, links=file.links)
    return replace(session, texts=texts, file=file.path)


def origin_of(was: str, rooms: Iterable[str], programme: Programme) -> Origin | None:
    """Return where a session was, of what the programme still knows; None for nothing."""
    start, known = _moment(was, programme), _known(rooms, programme.rooms)
    return Origin(start, known) if start or known else None


def _known(ids: Iterable[str], things: Iterable[Named]) -> tuple[str, ...]:
    known = {thing.id for thing in things}
    return tuple(id for id in ids if id in known)


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
