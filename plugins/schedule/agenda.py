"""Answer what is on when: slots, timetables, and a session's neighbours in time.

    agenda = Agenda(programme)
    agenda.slots(day)          for lists: the sessions that begin together, in order
    agenda.timetable(day)      for tables: rooms across, times down, with spans
    agenda.until(session)      the end, assumed if the author gave none
    agenda.beside(session)     the other sessions at the same time
    agenda.next_in_room(session)

All comparisons are by instant, so a night in which clocks change keeps its order. A session belongs
to the day under which it is written, however late it is. A session without a time follows the
session that it is written after. Ties: plenary sessions come first, then the order of rooms
decides, then the file's order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby, pairwise

from msgspec import Struct
from msgspec.structs import replace

from .model import Day, Moment, Programme, Session, Slot

ASSUMED = timedelta(hours=1)
"""The assumed length of a session without an end if none begins after it that day."""

ELSEWHERE = ""
"""The column of sessions without a known room; one that is alone spans all columns instead."""

BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


class Cell(Struct, frozen=True):
    """A cell of a timetable, with its position, its spans and its sessions."""

    row: int
    column: int
    row_span: int
    column_span: int
    sessions: tuple[Session, ...]
    """Several if they share the room or clash; none in an empty cell."""
    again: frozenset[str] = frozenset()
    """The ids of the sessions that an earlier cell shows, like a break on both sides of a room."""


class Row(Struct, frozen=True):
    """A stretch of time in which nothing begins or ends, and the cells that begin with it."""

    start: Moment
    end: Moment
    cells: tuple[Cell, ...]


class Timetable(Struct, frozen=True):
    """A day as a table; its cells cover it without gaps or overlaps.

    Cells and untimed sessions together hold each session once, not counting `Cell.again`.
    """

    day: Day
    rooms: tuple[str, ...]
    """The columns: room ids, and `ELSEWHERE` as the last if it is needed."""
    rows: tuple[Row, ...]
    untimed: tuple[Session, ...]


class Agenda:
    """The times of one schedule, prepared for questions; it never changes."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self._room_order = {room.id: n for n, room in enumerate(programme.rooms)}
        self._ends = {
            session.id: end for day in programme.days for session, end in _ends(day.sessions)
        }
        timed = (session for session in programme.sessions if session.start)
        self._timed = tuple(sorted(timed, key=self._key))
        self._starts = [_start(session) for session in self._timed]
        lengths = (self._end(session) - _start(session) for session in self._timed)
        self._longest = max(lengths, default=timedelta())
        self._in_room: dict[str, list[Session]] = defaultdict(list)
        for session in self._timed:
            for room in session.rooms:
                self._in_room[room].append(session)

    def until(self, session: Session) -> Moment | None:
        """Return the end of a session; None if the session has no start.

        If the author gave no end, assume the next start of its day, or else an hour after its
        start.
        """
        return self._ends.get(session.id)

    def slots(self, day: Day) -> tuple[Slot, ...]:
        """Return the day's sessions grouped by start; each session is in exactly one slot."""
        ordered = sorted(_anchored(day.sessions), key=_slot_order)
        slots = []
        for _, group in groupby(ordered, key=lambda item: _slot_key(item[1])):
            sessions = sorted((session for _, session in group), key=self._rank)
            slots.append(Slot(sessions[0].start, tuple(sessions)))
        return tuple(slots)

    def timetable(self, day: Day) -> Timetable:
        """Return the day as a table of the rooms that it uses."""
        timed = sorted((session for session in day.sessions if session.start), key=self._key)
        untimed = tuple(session for session in day.sessions if not session.start)
        rooms = self._columns(timed)
        return Timetable(day, rooms, self._rows(timed, rooms), untimed)

    def beside(self, session: Session) -> tuple[Session, ...]:
        """Return the other sessions during a session.

        Breaks, social events and cancelled sessions are left out.
        """
        return tuple(o for o in self._meanwhile(session) if o.is_on and not o.is_pause)

    def next_in_room(self, session: Session) -> Session | None:
        """Return the next session in a session's first room on the same day, or None."""
        end = self.until(session)
        if not end or not session.rooms:
            return None
        others = self._in_room[session.rooms[0]]
        later = others[bisect_left(others, end.instant, key=_start) :]
        return next((o for o in later if o.is_on and o.day == session.day), None)

    def _key(self, session: Session) -> tuple[datetime, bool, int, int]:
        return (_start(session), *self._rank(session))

    def _rank(self, session: Session) -> tuple[bool, int, int]:
        nowhere = len(self._room_order)
        room = min((self._room_order[room] for room in session.rooms), default=nowhere)
        return not session.is_everywhere, room, session.order

    def _meanwhile(self, session: Session) -> Iterator[Session]:
        """Yield the other sessions that overlap a session, in order."""
        end = self.until(session)
        if not session.start or not end:
            return
        start = session.start.instant
        first = bisect_left(self._starts, start - self._longest)
        last = bisect_left(self._starts, end.instant)
        for other in self._timed[first:last]:
            if other.id != session.id and self._end(other) > start:
                yield other

    def _end(self, session: Session) -> datetime:
        return self._ends[session.id].instant

    def _columns(self, sessions: Sequence[Session]) -> tuple[str, ...]:
        used = {room for session in sessions for room in session.rooms}
        rooms = [room.id for room in self.programme.rooms if room.id in used]
        is_elsewhere = any(
            not session.rooms and not session.is_everywhere and not self._is_alone(session)
            for session in sessions
        )
        return (*rooms, ELSEWHERE) if is_elsewhere or not rooms else tuple(rooms)

    def _is_alone(self, session: Session) -> bool:
        """Return True if no session of the day overlaps it; it then needs no column of its own."""
        return not any(other.day == session.day for other in self._meanwhile(session))

    def _rows(self, sessions: Sequence[Session], rooms: Sequence[str]) -> tuple[Row, ...]:
        stretches = self._stretches(sessions)
        fields = self._fields(sessions, rooms, stretches)
        cells = sorted(_cells(fields, len(stretches)), key=lambda cell: (cell.row, cell.column))
        marked = list(_marked(cells))
        return tuple(
            Row(start, end, tuple(cell for cell in marked if cell.row == row))
            for row, (start, end) in enumerate(stretches)
        )

    def _stretches(self, sessions: Iterable[Session]) -> list[tuple[Moment, Moment]]:
        """Return the stretches between consecutive starts and ends in which a session is on."""
        spans = [(s.start, self._ends[s.id]) for s in sessions if s.start]
        bounds = {moment.instant: moment for span in spans for moment in span}
        return [
            (start, end)
            for (_, start), (_, end) in pairwise(sorted(bounds.items()))
            if any(a.instant <= start.instant < b.instant for a, b in spans)
        ]

    def _fields(
        self,
        sessions: Iterable[Session],
        rooms: Sequence[str],
        stretches: Sequence[tuple[Moment, Moment]],
    ) -> list[list[tuple[Session, ...]]]:
        """Return the sessions of each field: first index the room, second the stretch."""
        fields: list[list[tuple[Session, ...]]] = [[() for _ in stretches] for _ in rooms]
        starts = {start.instant: row for row, (start, _) in enumerate(stretches)}
        ends = {end.instant: row + 1 for row, (_, end) in enumerate(stretches)}
        for session in sorted(sessions, key=lambda each: (each.is_everywhere, each.order)):
            rows = range(starts[_start(session)], ends[self._end(session)])
            for column in self._columns_of(session, rooms, rows, fields):
                for row in rows:
                    fields[column][row] = (*fields[column][row], session)
        return fields

    def _columns_of(
        self,
        session: Session,
        rooms: Sequence[str],
        rows: range,
        fields: Sequence[Sequence[tuple[Session, ...]]],
    ) -> list[int]:
        """Return the indexes of a session's columns.

        A plenary session gets the columns that are free during it, or the first if none is. A
        session without a room that is alone gets all columns.
        """
        if session.is_everywhere:
            columns = range(len(rooms))
            free = [n for n in columns if not any(fields[n][row] for row in rows)]
            return free or [0]
        if not session.rooms and self._is_alone(session):
            return list(range(len(rooms)))
        return [rooms.index(room) for room in session.rooms or (ELSEWHERE,)]


def _ends(sessions: Sequence[Session]) -> Iterator[tuple[Session, Moment]]:
    """Yield each session that has a start with its end, which is assumed if it has none."""
    starts = sorted((s.start for s in sessions if s.start), key=lambda start: start.instant)
    for session in sessions:
        if start := session.start:
            later = (other for other in starts if other.instant > start.instant)
            yield session, session.end or next(later, None) or start.plus(ASSUMED)


def _anchored(sessions: Iterable[Session]) -> Iterator[tuple[datetime, Session]]:
    """Yield each session with its start; for one without, with the last start before it."""
    anchor = BEFORE_ALL
    for session in sessions:
        if session.start:
            anchor = session.start.instant
        yield anchor, session


def _slot_order(item: tuple[datetime, Session]) -> tuple[datetime, bool, int]:
    anchor, session = item
    return anchor, session.start is None, session.order


def _slot_key(session: Session) -> tuple[datetime, int]:
    """Return a key that sessions with the same start share, and no others."""
    if session.start:
        return session.start.instant, 0
    return BEFORE_ALL, session.order


def _start(session: Session) -> datetime:
    if not session.start:
        raise ValueError("a session with a time")
    return session.start.instant


def _cells(fields: Sequence[Sequence[tuple[Session, ...]]], rows: int) -> Iterator[Cell]:
    """Yield the cells of a table: blocks of a column, joined with equal ones to their right."""
    columns = [_blocks(column) for column in fields]
    for row in range(rows):
        column = 0
        while column < len(columns):
            block = columns[column].get(row)
            width = 1
            if block:
                width = _width(columns, row, column)
                yield Cell(row, column, block[0], width, block[1])
            column += width


def _blocks(
    column: Sequence[tuple[Session, ...]],
) -> Mapping[int, tuple[int, tuple[Session, ...]]]:
    """Return the blocks of a column by their first row: the number of rows, and the sessions.

    Consecutive rows that share a session are one block.
    """
    blocks: dict[int, tuple[int, tuple[Session, ...]]] = {}
    first = 0
    for row in range(len(column)):
        if row + 1 < len(column) and set(column[row]) & set(column[row + 1]):
            continue
        sessions = dict.fromkeys(s for field in column[first : row + 1] for s in field)
        blocks[first] = (row + 1 - first, tuple(sessions))
        first = row + 1
    return blocks


def _width(
    columns: Sequence[Mapping[int, tuple[int, tuple[Session, ...]]]], row: int, column: int
) -> int:
    """Return the number of adjacent columns with the same block, which one cell spans."""
    block, width = columns[column][row], 1
    while block[1] and column + width < len(columns) and columns[column + width].get(row) == block:
        width += 1
    return width


def _marked(cells: Iterable[Cell]) -> Iterator[Cell]:
    """Yield the cells, each with the ids of its sessions that earlier cells show."""
    seen: set[str] = set()
    for cell in cells:
        ids = {session.id for session in cell.sessions}
        yield replace(cell, again=frozenset(ids & seen))
        seen |= ids
