"""Report probable mistakes in a whole schedule or itinerary.

    a room used twice at once            warning; an error with `strict: true`
    a speaker in two places at once      the same
    a day outside the event's dates      error
    a talk file without a session        warning; strict: error
    a speaker file without a session     the same
    a talk file with another title       the same
    legs that overlap                    warning
    a talk of an itinerary that is not in its event's schedule     error

Reading an item reports the problems of that item alone, such as a time that does not exist.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import islice, pairwise

from ...source.problem import Place, Problems, Severity, did_you_mean, quoted
from ...source.text import counted
from ..model import EventFacts, Itinerary, Leg, Programme, Session, Talk
from .pieces import Faults
from .renamed import doubtful

SHORTEST = timedelta(minutes=1)
"""The assumed length of a session without an end, for clashes only."""


def check_programme(programme: Programme, event: EventFacts | None, faults: Faults) -> None:
    """Report the problems of a whole schedule, and those of an event's files if one is given."""
    severity = Severity.ERROR if programme.strict else Severity.WARNING
    _check_rooms(programme, faults, severity)
    _check_speakers(programme, faults, severity)
    if event:
        _check_dates(programme, event, faults)
        check_talk_files(programme, event, severity, faults.problems)
        _check_speaker_files(programme, event, severity, faults.problems)


def check_itinerary(itinerary: Itinerary, faults: Faults) -> None:
    """Report legs that depart before the previous leg arrives."""
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


def check_references(
    itinerary: Itinerary, programmes: Mapping[str, Programme], problems: Problems
) -> None:
    """Report talks that name an event or a session that does not exist.

    `programmes` holds the events' schedules by slug.
    """
    talks = [entry for entry in itinerary.entries if isinstance(entry, Talk) and entry.event]
    for talk in talks:
        _check_reference(talk, programmes, problems)


def _end(session: Session) -> datetime:
    moment = session.end or (session.start and session.start.plus(SHORTEST))
    if not moment:
        raise ValueError("a session with a time")
    return moment.instant


def _check_rooms(programme: Programme, faults: Faults, severity: Severity) -> None:
    told: set[tuple[str, str]] = set()
    for first, second, others in _in_one_room(programme):
        if (first.id, second.id) not in told:
            told.add((first.id, second.id))
            faults.add(
                second.place,
                found=f"{_room_of(first, second, programme)} used twice at once: "
                f"{_at(first)} is there as well{_and(others)}",
                expected="one session in a room at a time",
                hint="a room that is meant to be shared is declared with “shared: true”",
                severity=severity,
            )


def _in_one_room(programme: Programme) -> Iterator[tuple[Session, Session, int]]:
    """Yield clashes in rooms: room by room, then those of plenary sessions with any other.

    The tuple is a session that is on, the one that begins meanwhile, and the number of others on.
    """
    users: dict[str, list[Session]] = defaultdict(list)
    for session in programme.sessions:
        for id in session.rooms:
            users[id].append(session)
    for room in programme.rooms:
        yield from _clashes(users[room.id], lambda each: each.shares_room or each.id)
    # A plenary break needs no room, and sessions in rooms were compared with each other above.
    all = (s for s in programme.sessions if s.rooms or (s.is_everywhere and not s.is_pause))
    yield from _clashes(all, lambda each: bool(each.rooms or each.shares_room) or each.id)


def _room_of(first: Session, second: Session, programme: Programme) -> str:
    """Return the name of a room that both sessions use, or "Every room" if neither names one."""
    ids = [id for id in first.rooms if id in second.rooms] or first.rooms or second.rooms
    return programme.room(ids[0]).name if ids else "Every room"


def _check_speakers(programme: Programme, faults: Faults, severity: Severity) -> None:
    users: dict[str, list[Session]] = defaultdict(list)
    for session in programme.sessions:
        for id in session.speakers:
            users[id].append(session)
    for speaker in programme.speakers:
        for first, second, others in _clashes(users[speaker.id], lambda s: s.rooms or s.id):
            faults.add(
                second.place,
                found=f"{speaker.name} in two places at once: "
                f"{_at(first)} needs them as well{_and(others)}",
                expected="one session of a speaker at a time",
                severity=severity,
            )


def _clashes(
    sessions: Iterable[Session], group: Callable[[Session], Hashable]
) -> Iterator[tuple[Session, Session, int]]:
    """Yield each session that begins while sessions of other groups are on.

    The tuple is the first of those, the session itself, and the number of others on. Sessions of
    one group may overlap. Each session is the second of one tuple at most.
    """
    on: dict[Hashable, dict[str, Session]] = {}
    ends: list[tuple[datetime, int, Session]] = []
    for session in sorted((s for s in sessions if s.start and s.is_on), key=_by_start):
        while ends and ends[0][0] <= _by_start(session)[0]:
            _take_out(on, group, heappop(ends)[2])
        others = [those for key, those in islice(on.items(), 2) if key != group(session)]
        if others:
            count = len(ends) - len(on.get(group(session), ()))
            yield next(iter(others[0].values())), session, count - 1
        heappush(ends, (_end(session), session.order, session))
        on.setdefault(group(session), {})[session.id] = session


def _take_out(
    on: dict[Hashable, dict[str, Session]], group: Callable[[Session], Hashable], session: Session
) -> None:
    """Remove a session that is over from its group, and the group if it is then empty."""
    own = on[group(session)]
    del own[session.id]
    if not own:
        del on[group(session)]


def _by_start(session: Session) -> tuple[datetime, int]:
    if not session.start:
        raise ValueError("a session with a time")
    return session.start.instant, session.order


def _at(session: Session) -> str:
    start = f"{session.start.wall:%H:%M}" if session.start else ""
    end = f"–{session.end.wall:%H:%M}" if session.end else ""
    return f"{quoted(session.title)} (line {session.place.line}, {start}{end})"


def _and(others: int) -> str:
    return f", and {counted(others, 'other')}" if others else ""


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


def check_talk_files(
    programme: Programme, event: EventFacts, severity: Severity, problems: Problems
) -> None:
    """Report talk files that the schedule next to them does not use, or that have another title."""
    titles = {session.id: session.title for session in programme.sessions}
    for talk in event.talks:
        place = talk.place or Place(event.shown + talk.path)
        if talk.id not in titles:
            problems.add(
                place,
                found=f"a talk file whose session {quoted(talk.id)} is not in schedule.yaml",
                expected="a file named like its session's id",
                hint=_where_talk_is(talk.id, programme, event),
                excerpt=talk.excerpt,
                severity=severity,
            )
        elif titles[talk.id] != talk.title:
            problems.add(
                place,
                found=f"the title {quoted(talk.title)}",
                expected=f"the one of schedule.yaml, {quoted(titles[talk.id])}",
                excerpt=talk.excerpt,
                severity=severity,
            )


def _where_talk_is(id: str, programme: Programme, event: EventFacts) -> str:
    """Return a hint for a talk file without a session.

    Before the talk is published, it suggests a session's id; afterwards, it says how to keep the
    id.
    """
    ids = {session.id for session in programme.sessions}
    known = {each.id for each in event.published}
    if id not in known:
        near = did_you_mean(id, sorted(ids))
        return near or f"a session whose title makes another id has the line “id: {id}”"
    kept = {each: each for each in ids & known}
    for session, old in doubtful(programme.sessions, event.published, kept):
        if old.id == id:
            at = f"{quoted(session.title)}, line {session.place.line}"
            return f"if it is {at}, “id: {id}” there keeps its address and its entry in calendars"
    return (
        "if it is off, put its line back with “| cancelled”: its page shows this file; if nobody"
        " is to read it any more, delete the file"
    )


def _check_speaker_files(
    programme: Programme, event: EventFacts, severity: Severity, problems: Problems
) -> None:
    busy = {id for session in programme.sessions for id in session.speakers}
    names = {speaker.name: speaker.id for speaker in programme.speakers}
    others = [name for name, id in names.items() if id in busy]
    for speaker in event.speakers:
        if speaker.id not in busy:
            problems.add(
                Place(event.shown + speaker.file),
                found=f"a file about {quoted(speaker.name)}, who is in no session",
                expected="a speaker of schedule.yaml",
                hint=did_you_mean(speaker.name, others),
                severity=severity,
            )


def _check_reference(talk: Talk, programmes: Mapping[str, Programme], problems: Problems) -> None:
    programme = programmes.get(talk.event)
    if programme is None:
        problems.add(
            talk.place,
            found=f"the event {quoted(talk.event)}",
            expected="the folder of an event below content/events",
            hint=did_you_mean(talk.event, sorted(programmes)),
        )
        return
    ids = [session.id for session in programme.sessions]
    if talk.session and talk.session not in ids:
        problems.add(
            talk.place,
            found=f"the session {quoted(talk.session)} of {quoted(talk.event)}",
            expected="the id of one of its sessions",
            hint=did_you_mean(talk.session, ids),
        )
