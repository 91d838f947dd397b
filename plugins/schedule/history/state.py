"""Converts sessions to the ledger's states and back.

A state has few texts: enough to detect changes and to show sessions that are gone.
"""

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
"""Texts in their order in the digests of published ledgers; new fields come after them."""

UNTOLD = frozenset({"group", "url", "guid", "uid", "extra"})
"""Texts whose changes concern no reader."""


def seen_now(session: Session, programme: Programme) -> Seen:
    """Return the facts of a session that readers see."""
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
    """Return the ledger's state of a session.

    `was` is its place and time before its last move, `text` its long text.
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
    """Return the facts of a session that readers knew."""
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
    """Return a published session that no longer exists, as a cancelled one.

    It leaves out rooms, tracks and people that the schedule no longer has. The result is None for a
    state without a valid day.
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
    """Return the session with the path, slides, recording and links of its talk's file, if any."""
    if not file:
        return session
    texts = replace(session.texts, slides=file.slides, recording=file.recording, links=file.links)
    return replace(session, texts=texts, file=file.path)


def origin_of(was: str, rooms: Iterable[str], programme: Programme) -> Origin | None:
    """Return a session's old time and rooms as far as the schedule has them; None for neither."""
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
    """Return a digest of everything else that is published of a session; empty for nothing."""
    said = session.texts
    links = [f"{link.label} {link.url}" for link in said.links]
    known = {*FIRST_TOLD, *UNTOLD, "links"}
    later = [str(value) for name, value in asdict(said).items() if value and name not in known]
    rest = [*(getattr(said, name) for name in FIRST_TOLD), text, *links, *later]
    return hashlib.sha256("\n".join(rest).encode()).hexdigest()[:12] if any(rest) else ""
