"""Where each session of a day stands when the day is shown as a grid: rooms across, times down.

The rows are those of `Agenda.timetable`. A cell that holds several sessions, as with posters in a
foyer, gets a row for each, so that nothing lies over something else. Rows and columns count from 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from msgspec import Struct

from ..agenda import Agenda, Cell, Timetable
from ..model import Day, Session


class Area(Struct, frozen=True):
    """The part of a grid that a session takes."""

    row: int
    row_span: int
    column: int
    column_span: int


class Grid(Struct, frozen=True):
    """A day as a grid."""

    rooms: tuple[str, ...]
    """The columns: ids of rooms, and `agenda.ELSEWHERE` for sessions without one."""
    rows: int
    areas: Mapping[str, Area]
    """By session; every session of the day has one."""


def lay_out(agenda: Agenda, day: Day) -> Grid:
    """The day's grid; sessions without a time stand below all others, across all columns."""
    table = agenda.timetable(day)
    firsts = _first_rows(table)
    areas: dict[str, Area] = {}
    for cell in (cell for row in table.rows for cell in row.cells):
        for session, area in _areas(cell, firsts):
            areas.setdefault(session.id, area)
    for number, session in enumerate(table.untimed):
        areas[session.id] = Area(firsts[-1] + number, 1, 1, len(table.rooms))
    return Grid(table.rooms, firsts[-1] - 1 + len(table.untimed), areas)


def _first_rows(table: Timetable) -> list[int]:
    """The grid's first row for each row of the table, and the one behind the last."""
    heights = [1] * len(table.rows)
    for cell in (cell for row in table.rows for cell in row.cells):
        last = cell.row + cell.row_span - 1
        missing = len(_own(cell)) - sum(heights[cell.row : last + 1])
        heights[last] += max(missing, 0)
    return list(accumulate(heights, initial=1))


def _areas(cell: Cell, firsts: Sequence[int]) -> Iterator[tuple[Session, Area]]:
    """The part of a cell for each of its sessions, one below the other; the last has the rest."""
    sessions = _own(cell)
    first, behind = firsts[cell.row], firsts[cell.row + cell.row_span]
    for number, session in enumerate(sessions):
        is_last = number == len(sessions) - 1
        row = first + number
        span = behind - row if is_last else 1
        yield session, Area(row, span, cell.column + 1, cell.column_span)


def _own(cell: Cell) -> list[Session]:
    """The sessions that stand in a cell and in none before it."""
    return [session for session in cell.sessions if session.id not in cell.again]
