"""Estimate the lines of text of a day on paper, so that its type is as large as one sheet allows.

The real number depends on the browser's fonts; the estimate is on the safe side.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

from .grid import Grid
from .view import SessionView

LETTERS = 165
"""The characters in a line across A4 landscape, in all columns together."""


def printed_lines(grid: Grid, sessions: Mapping[str, SessionView]) -> int:
    """Return the lines of all rows of a grid; the longest content of a row decides its height."""
    heights = [1] * max(grid.rows, 1)
    for id, area in sorted(grid.areas.items(), key=lambda item: item[1].row_span):
        letters = LETTERS * area.column_span // len(grid.rooms)
        first, behind = area.row - 1, area.row - 1 + area.row_span
        heights[behind - 1] += max(_lines(sessions[id], letters) - sum(heights[first:behind]), 0)
    return sum(heights)


def _lines(session: SessionView, letters: int) -> int:
    """Return the lines of a session: those of its title, and those of its facts in a row."""
    when = "00:00 to 00:00" if session.end else "00:00"
    people = ", ".join(speaker.label for speaker in session.speakers)
    parts = session.status_words, when, session.room, people, session.track_name, *session.facts
    told = " · ".join(part for part in parts if part)
    return ceil(len(session.title) / letters) + ceil(len(told) / letters)
