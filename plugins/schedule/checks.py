"""What an author probably did not mean, found in a whole programme or itinerary.

    a room used twice at once            warning; an error with `strict: true`
    a speaker in two places at once      the same
    a day outside the event's dates      error
    a talk file without a session        warning; strict: error
    a speaker file without a session     the same
    a talk file with another title       the same
    legs that overlap                    warning
    a talk of an itinerary that is not in its event's programme    error

Faults of a single item, such as a time that does not exist, are found while it is read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import pairwise

from ..core.problem import Place, Problem, Severity, did_you_mean, quoted
from .model import EventFacts, Itinerary, Leg, Programme, Session, Talk
from .pieces import Faults

SHORTEST = timedelta(minutes=1)
"""How long a session without an end is sure to take."""


def check_programme(programme: Programme, event: EventFacts | None, faults: Faults) -> None:
    """Puts down everything that is odd about the whole programme."""
    severity = Severity.ERROR if programme.strict else Severity.WARNING
    _check_rooms(programme, faults, severity)
    _check_speakers(programme, faults, severity)
    if event:
        _check_dates(programme, event, faults)
        faults.problems.extend(lost_talks(programme, event, severity))
        faults.problems.extend(_lost_speakers(programme, event, severity))


def check_itinerary(itinerary: Itinerary, faults: Faults) -> None:
    """Puts down legs that begin before the one before them is over."""
    legs = [entry for entry in itinerary.entries if isinstance(entry, Leg)]
    timed = [leg for leg in legs if leg.start and leg.end]
    for before, after in pairwise(timed):
        if after.start and before.end and after.start.instant < before.end.instant:
            faults.add(
                after.place,
                found=f"{quoted(after.title)}, which leaves before {quoted(before.title)} arrives",
                expected=f"a departure after {before.end.iso}",
                severity=Severity.WARNING,
            )


def check_references(itinerary: Itinerary, programmes: Mapping[str, Programme]) -> list[Problem]:
    """The problems of talks that name an event or a session that is not there.

    `programmes` holds each event's programme by the event's slug.
    """
    talks = [entry for entry in itinerary.entries if isinstance(entry, Talk) and entry.event]
    problems = [_reference(talk, programmes) for talk in talks]
    return [problem for problem in problems if problem]


def overlap(one: Session, other: Session) -> bool:
    """Whether both are on at one instant; a session without a time is on at none."""
    if not one.start or not other.start:
        return False
    return one.start.instant < _end(other) and other.start.instant < _end(one)


def _end(session: Session) -> datetime:
    moment = session.end or (session.start and session.start.plus(SHORTEST))
    if not moment:
        raise ValueError("a session with a time")
    return moment.instant


def _check_rooms(programme: Programme, faults: Faults, severity: Severity) -> None:
    users: dict[str, list[Session]] = defaultdict(list)
    for session in programme.sessions:
        for id in session.rooms or _every_room(programme, session):
            users[id].append(session)
    told: set[tuple[str, str]] = set()
    for room in programme.rooms:
        for first, second in _overlapping(users[room.id]):
            if (first.shares_room and second.shares_room) or (first.id, second.id) in told:
                continue
            told.add((first.id, second.id))
            faults.add(
                second.place,
                found=f"{room.name} used twice at once: {_at(first)} is there as well",
                expected="one session in a room at a time",
                hint="a room that is meant to be shared is declared with “shared: true”",
                severity=severity,
            )


def _every_room(programme: Programme, session: Session) -> tuple[str, ...]:
    """The rooms that something for everybody needs; a break needs none."""
    if not session.is_everywhere or session.is_pause:
        return ()
    return tuple(room.id for room in programme.rooms)


def _check_speakers(programme: Programme, faults: Faults, severity: Severity) -> None:
    users: dict[str, list[Session]] = defaultdict(list)
    for session in programme.sessions:
        for id in session.speakers:
            users[id].append(session)
    for speaker in programme.speakers:
        for first, second in _overlapping(users[speaker.id]):
            if not (first.rooms and first.rooms == second.rooms):
                faults.add(
                    second.place,
                    found=f"{speaker.name} in two places at once: {_at(first)} needs them as well",
                    expected="one session of a speaker at a time",
                    severity=severity,
                )


def _overlapping(sessions: Iterable[Session]) -> Iterator[tuple[Session, Session]]:
    """Each pair that is on at once, the one written first in front."""
    timed = sorted((s for s in sessions if s.start and s.is_on), key=_by_start)
    running: list[Session] = []
    for session in timed:
        running = [other for other in running if overlap(other, session)]
        for other in running:
            first, second = sorted((other, session), key=lambda each: each.order)
            yield first, second
        running.append(session)


def _by_start(session: Session) -> tuple[datetime, int]:
    if not session.start:
        raise ValueError("a session with a time")
    return session.start.instant, session.order


def _at(session: Session) -> str:
    start = f"{session.start.wall:%H:%M}" if session.start else ""
    end = f"–{session.end.wall:%H:%M}" if session.end else ""
    return f"{quoted(session.title)} (line {session.place.line}, {start}{end})"


def _check_dates(programme: Programme, event: EventFacts, faults: Faults) -> None:
    first, last = event.event.first_day, event.event.last_day
    for day in programme.days:
        if not event.event.has_day(day.date):
            faults.add(
                day.sessions[0].place,
                found=f"a session on {day.date}, outside the event's dates",
                expected=f"{first} to {last}" if first != last else f"{first}",
                hint="the dates stand in the event's index.md",
            )


def lost_talks(programme: Programme, event: EventFacts, severity: Severity) -> Iterator[Problem]:
    """Talk files that the schedule beside them does not use, or calls by other names."""
    titles = {session.id: session.title for session in programme.sessions}
    for talk in event.talks:
        if talk.id not in titles:
            yield Problem(
                Place(event.shown + talk.path),
                found=f"a talk file whose session {quoted(talk.id)} is not in schedule.yaml",
                expected="a file named like its session's id",
                hint=did_you_mean(talk.id, sorted(titles)),
                severity=severity,
            )
        elif titles[talk.id] != talk.title:
            yield Problem(
                Place(event.shown + talk.path),
                found=f"the title {quoted(talk.title)}",
                expected=f"the one of schedule.yaml, {quoted(titles[talk.id])}",
                severity=severity,
            )


def _lost_speakers(
    programme: Programme, event: EventFacts, severity: Severity
) -> Iterator[Problem]:
    busy = {id for session in programme.sessions for id in session.speakers}
    names = {speaker.name: speaker.id for speaker in programme.speakers}
    others = [name for name, id in names.items() if id in busy]
    for speaker in event.speakers:
        if speaker.id not in busy:
            yield Problem(
                Place(event.shown + speaker.file),
                found=f"a file about {quoted(speaker.name)}, who is in no session",
                expected="a speaker of schedule.yaml",
                hint=did_you_mean(speaker.name, others),
                severity=severity,
            )


def _reference(talk: Talk, programmes: Mapping[str, Programme]) -> Problem | None:
    programme = programmes.get(talk.event)
    if programme is None:
        return Problem(
            talk.place,
            found=f"the event {quoted(talk.event)}",
            expected="the folder of an event below content/events",
            hint=did_you_mean(talk.event, sorted(programmes)),
        )
    ids = [session.id for session in programme.sessions]
    if not talk.session or talk.session in ids:
        return None
    return Problem(
        talk.place,
        found=f"the session {quoted(talk.session)} of {quoted(talk.event)}",
        expected="the id of one of its sessions",
        hint=did_you_mean(talk.session, ids),
    )
