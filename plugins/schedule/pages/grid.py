"""Place the sessions of a day in a grid: rooms across, times down.

The rows are those of `Agenda.timetable`. A cell with several sessions, like posters in a foyer,
gets a row for each, so that no sessions overlap. Rows and columns count from 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from msgspec import Struct

from ..agenda import Agenda, Cell, Timetable
from ..model import Day, Session


class Area(Struct, frozen=True):
    """The rows and columns of a grid that a session takes."""

    row: int
    row_span: int
    column: int
    column_span: int


class Grid(Struct, frozen=True):
    """A day as a grid."""

    rooms: tuple[str, ...]
    """The columns: room ids, and `agenda.ELSEWHERE` for sessions without a room."""
    rows: int
    areas: Mapping[str, Area]
    """By session id; every session of the day has one."""


def lay_out(agenda: Agenda, day: Day) -> Grid:
    """Return the day's grid; sessions without a time are at the bottom, across all columns."""
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
    """Return the first grid row of each row of the table, and the row after the last."""
    heights = [1] * len(table.rows)
    for cell in (cell for row in table.rows for cell in row.cells):
        last = cell.row + cell.row_span - 1
        missing = len(_own(cell)) - sum(heights[cell.row : last + 1])
        heights[last] += max(missing, 0)
    return list(accumulate(heights, initial=1))


def _areas(cell: Cell, firsts: Sequence[int]) -> Iterator[tuple[Session, Area]]:
    """Yield each session of a cell with its rows, from top to bottom; the last gets the rest."""
    sessions = _own(cell)
    first, behind = firsts[cell.row], firsts[cell.row + cell.row_span]
    for number, session in enumerate(sessions):
        is_last = number == len(sessions) - 1
        row = first + number
        span = behind - row if is_last else 1
        yield session, Area(row, span, cell.column + 1, cell.column_span)


def _own(cell: Cell) -> list[Session]:
    """Return the sessions that a cell shows and no earlier cell does."""
    return [session for session in cell.sessions if session.id not in cell.again]
