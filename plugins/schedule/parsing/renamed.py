"""Find published sessions again under a new title, so that they keep their ids.

An id is made from the title unless the author gives one. A new title would thus make a new session
and cancel the old one in everybody's calendar. So a session without an id of its own matches the
published session with which it alone shares one of these signs. The first decides:

    title, start, rooms and speakers     nothing changed
    title and speakers; title            it moved, and keeps its title
    start, rooms and speakers            it has another title
    the id that its title makes

Sessions that take place are matched before cancelled ones, and a session that takes place does not
match a cancelled one by its place. If only the speakers agree, or the titles are similar, the
author is asked.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import TypeVar

from ...source.problem import Severity, quoted
from ...source.slug import slugify
from ..model import EVERYWHERE, PublishedSession, Session
from .pieces import Faults

T = TypeVar("T", Session, PublishedSession)

ALIKE = 0.6
"""The similarity of two titles, from 0 to 1, from which one may be a new form of the other."""


def renamed(sessions: Iterable[Session], published: Iterable[PublishedSession]) -> dict[str, str]:
    """Return the published id of each session that is found again, by its present id.

    Both ids may be the same. The sessions are those without an id of their own.
    """
    sessions, published = list(sessions), list(published)
    found: dict[str, str] = {}
    # Apply the signs twice: a match by place may leave another session alone with its title.
    for sign in (*SIGNS, *SIGNS, _id):
        ids = set(found.values())
        now = _alone((each for each in sessions if each.id not in found), sign)
        then = _alone((each for each in published if each.id not in ids), sign)
        found |= {now[key].id: then[key].id for key in now.keys() & then.keys()}
    return found


def report_doubtful(
    sessions: Iterable[Session],
    published: Iterable[PublishedSession],
    kept: Mapping[str, str],
    faults: Faults,
) -> None:
    """Ask the author about each new session that may be a published one which is gone."""
    for session, old in doubtful(sessions, published, kept):
        is_who = bool(old.speakers) and old.speakers == session.speakers
        likeness = "of the same speakers" if is_who else "of a title like it"
        faults.add(
            session.place,
            found=f"{quoted(session.title)}, which is new, while {quoted(old.title)} {likeness}"
            " is gone",
            expected="the old id, if it is the same session",
            hint=f"“id: {old.id}” keeps it in calendars; else the old one is told as cancelled",
            severity=Severity.WARNING,
        )


def doubtful(
    sessions: Iterable[Session], published: Iterable[PublishedSession], kept: Mapping[str, str]
) -> Iterator[tuple[Session, PublishedSession]]:
    """Yield each new session that may be a published one which is gone, with that one.

    `kept` maps the id of every session that is not new to its published id.
    """
    ids = set(kept.values())
    gone = [each for each in published if each.is_on and each.id not in ids]
    for session in (each for each in sessions if each.id not in kept):
        if old := _nearest(session, gone):
            yield session, old


def _nearest(session: Session, gone: Iterable[PublishedSession]) -> PublishedSession | None:
    """Return the most similar session that is gone, or None; the same speakers outweigh a title."""

    def alike(each: PublishedSession) -> tuple[bool, float, str]:
        return session.speakers == each.speakers != (), _likeness(session, each), each.id

    nearest = max(gone, key=alike, default=None)
    return nearest if nearest and max(alike(nearest)[:2]) >= ALIKE else None


def _likeness(session: Session, old: PublishedSession) -> float:
    titles = session.title.casefold(), old.title.casefold()
    return difflib.SequenceMatcher(None, *titles, autojunk=False).ratio()


def _alone(things: Iterable[T], sign: Callable[[T], Hashable | None]) -> dict[Hashable, T]:
    """Return the things that are alone with their sign, by sign.

    If exactly one of several takes place, it counts as alone; so does the only one of the
    cancelled.
    """
    found: dict[Hashable, list[T]] = defaultdict(list)
    for thing in things:
        if (key := sign(thing)) is not None:
            found[key].append(thing)
    alone = {key: [each for each in all if each.is_on] or all for key, all in found.items()}
    return {key: group[0] for key, group in alone.items() if len(group) == 1}


def _whole(each: Session | PublishedSession) -> Hashable | None:
    return _title(each), _where(each), each.speakers


def _title_and_speakers(each: Session | PublishedSession) -> Hashable | None:
    return _title(each), each.speakers


def _title(each: Session | PublishedSession) -> Hashable | None:
    """Return a sign that is the same for titles which differ only in punctuation and case."""
    return slugify(each.title) or each.title


def _place(each: Session | PublishedSession) -> Hashable | None:
    """Return None for a published session that was cancelled: another may have its place by now."""
    if isinstance(each, PublishedSession) and not each.is_on:
        return None
    return _where(each) and (_where(each), each.speakers)


def _cancelled_place(each: Session | PublishedSession) -> Hashable | None:
    return None if each.is_on or not _where(each) else (_where(each), each.speakers)


def _id(each: Session | PublishedSession) -> Hashable | None:
    return each.id


def _where(each: Session | PublishedSession) -> tuple[datetime, tuple[str, ...]] | None:
    """Return the start and the rooms; None without a time."""
    if isinstance(each, PublishedSession):
        return (each.start, each.rooms) if each.start else None
    rooms = (EVERYWHERE,) if each.is_everywhere else each.rooms
    return (each.start.instant, rooms) if each.start else None


SIGNS = (_whole, _title_and_speakers, _title, _place, _cancelled_place)
