"""A session that was published keeps its id when its title changes, or its number among namesakes.

An id is made from the title unless its author gives one. So a new title would be a new session, and
the old one cancelled, in everybody's calendar. Among sessions without an id of their own,

    one with the title, start, rooms and speakers of a published one is that one;
    one that was not published is the one that is no more, at the same start, in the same rooms,
    by the same speakers,

if no other could be meant. Where only the speakers agree, its author is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from ..core.problem import Severity, quoted
from .model import EVERYWHERE, PublishedSession, Session
from .pieces import Faults

T = TypeVar("T")

Where = tuple[str, datetime, tuple[str, ...], tuple[str, ...]]
"""What, when, in which rooms, and who."""


def renamed(sessions: Iterable[Session], published: Iterable[PublishedSession]) -> dict[str, str]:
    """By id of a session: the other id that it was published under.

    The sessions are those without an id of their own.
    """
    sessions, published = list(sessions), list(published)
    same = _pairs(sessions, published, _with_title)
    new, gone = _unmatched(sessions, published, same)
    found = same | _pairs(new, gone, _without_title)
    return {id: old for id, old in found.items() if id != old}


def report_doubtful(
    sessions: Iterable[Session],
    published: Iterable[PublishedSession],
    kept: Mapping[str, str],
    faults: Faults,
) -> None:
    """Ask about each new session whose speakers had another one that is no more."""
    new, gone = _unmatched(list(sessions), list(published), kept)
    by_speakers = {each.speakers: each for each in gone if each.speakers}
    for session in new:
        if old := by_speakers.get(session.speakers):
            faults.add(
                session.place,
                found=f"{quoted(session.title)}, which is new, while {quoted(old.title)} of the"
                " same speakers is gone",
                expected="the old id, if it is the same session",
                hint=f"“id: {old.id}” keeps it in calendars; else the old one is told as cancelled",
                severity=Severity.WARNING,
            )


def _unmatched(
    sessions: Sequence[Session], published: Sequence[PublishedSession], kept: Mapping[str, str]
) -> tuple[list[Session], list[PublishedSession]]:
    """Sessions that were not published, and what was and is not there any more."""
    known, ids = {each.id for each in published}, {kept.get(s.id, s.id) for s in sessions}
    new = [s for s in sessions if s.id not in known and s.id not in kept]
    return new, [each for each in published if each.id not in ids]


def _pairs(
    sessions: Iterable[Session],
    published: Iterable[PublishedSession],
    where: Callable[[Session | PublishedSession], Where | None],
) -> dict[str, str]:
    """Each session with the one that was published in its place, where both are alone there."""
    now, then = _alone(sessions, where), _alone(published, where)
    return {now[key].id: then[key].id for key in now.keys() & then.keys()}


def _alone(things: Iterable[T], where: Callable[[T], Where | None]) -> dict[Where, T]:
    """The things that have their place for themselves."""
    found: dict[Where, list[T]] = defaultdict(list)
    for thing in things:
        if key := where(thing):
            found[key].append(thing)
    return {key: group[0] for key, group in found.items() if len(group) == 1}


def _with_title(each: Session | PublishedSession) -> Where | None:
    where = _without_title(each)
    return (each.title, *where[1:]) if where else None


def _without_title(each: Session | PublishedSession) -> Where | None:
    """None without a time."""
    if isinstance(each, PublishedSession):
        return ("", each.start, each.rooms, each.speakers) if each.start else None
    rooms = (EVERYWHERE,) if each.is_everywhere else each.rooms
    return ("", each.start.instant, rooms, each.speakers) if each.start else None
