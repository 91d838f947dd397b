"""Read a table (CSV): a line of column names, then a line for each session.

columns = title, and any of: id, day, start, end, duration, room, track, speakers, abstract,
          description, type, language, url, in any order and under the names in `COLUMNS`
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta

from ....source.problem import quoted
from ...foreign import clean, prose, when
from ...foreign.model import Doubt, Foreign, ForeignSession, RefusedError, gathered, unknown_fields
from ...model import SessionTexts

COLUMNS = {
    "title": "title session name talk subject",
    "number": "id code number session_id",
    "day": "day date start_date",
    "start": "start starts starts_at start_time begin from time",
    "end": "end ends ends_at end_time until to",
    "length": "duration length minutes",
    "room": "room location place venue",
    "track": "track topic",
    "speakers": "speakers speaker speaker_names presenter presenters author authors",
    "abstract": "abstract summary",
    "description": "description text details",
    "kind": "type kind format session_type session_format",
    "language": "language lang",
    "url": "url link",
}
"""The names that each column may have."""

FEWEST = 2
"""The fewest known columns of a schedule: the title and one other."""


def is_table(source: str) -> bool:
    """Return True if a text begins with the column names of a schedule."""
    names = _header(source.split("\n", 1)[0]).values()
    return "title" in names and len(set(names)) >= FEWEST


def read_table(source: str) -> Foreign:
    """Return the schedule of a table; raise `RefusedError` if it is broken or has no rows."""
    first = source.split("\n", 1)[0]
    columns = _header(first)
    reader = csv.reader(io.StringIO(source), delimiter=_mark(first))
    unknown, doubts = Counter[str](), list[Doubt]()
    try:
        names = [clean.one_line(name) for name in next(reader)]
        rows = (row for row in reader if any(cell.strip() for cell in row))
        cells = (dict(zip(names, row, strict=False)) for row in rows)
        sessions = gathered(
            _session(each, columns, reader.line_num, unknown, doubts) for each in cells
        )
    except csv.Error as error:
        raise RefusedError(f"a broken table ({error})", line=reader.line_num) from None
    if not sessions:
        raise RefusedError("a table without a row")
    doubts += unknown_fields(unknown)
    return Foreign(format="CSV", sessions=sessions, doubts=tuple(doubts))


def _mark(line: str) -> str:
    """Return the separator of cells: of the candidates, the most frequent in the line."""
    return max(",;\t|", key=line.count)


def _header(line: str) -> dict[str, str]:
    """Return the known columns, by their names in the file."""
    meanings = {name: key for key, names in COLUMNS.items() for name in names.split()}
    names = next(csv.reader([line[:10_000]], delimiter=_mark(line)), [])
    folded = {clean.one_line(name): clean.one_line(name).casefold() for name in names}
    return {
        name: meanings[key]
        for name, key in ((n, f.replace(" ", "_").replace("-", "_")) for n, f in folded.items())
        if key in meanings
    }


def _session(
    cells: Mapping[str, str],
    columns: Mapping[str, str],
    line: int,
    unknown: Counter[str],
    doubts: list[Doubt],
) -> ForeignSession:
    facts = {columns[name]: cell.strip() for name, cell in cells.items() if name in columns}
    extra = [
        (name, clean.title(cell))
        for name, cell in cells.items()
        if name and name not in columns and cell.strip() and clean.is_public(name, cell)
    ]
    unknown.update(name for name, _ in extra)
    day = when.day(facts.get("day"))
    start = _moment(facts.get("start", ""), day)
    end = _moment(facts.get("end", ""), day or (start.date() if start else None))
    doubts += _unread(facts, line)
    room = clean.title(facts.get("room", ""))
    marks = ";" if ";" in facts.get("speakers", "") else ","
    return ForeignSession(
        line=line,
        number=clean.identifier(facts.get("number", "")),
        title=clean.title(facts.get("title", "")),
        day=day or (start.date() if start else None),
        start=start,
        length=_length(facts, start, end),
        rooms=(room,) if room else (),
        track=clean.title(facts.get("track", "")),
        kind=clean.title(facts.get("kind", "")),
        language=clean.language(facts.get("language", "")),
        speakers=tuple(
            n for part in facts.get("speakers", "").split(marks) if (n := clean.name(part))
        ),
        description=clean.visible(facts.get("description", "")),
        texts=SessionTexts(
            abstract=prose.plain(facts.get("abstract", "")),
            url=clean.web_address(facts.get("url", "")),
            extra=tuple(extra),
        ),
    )


def _moment(cell: str, day: object) -> datetime | None:
    given, clock = when.instant(cell), when.clock(cell)
    if given or clock is None or day is None:
        return given
    return when.at(day, clock)  # type: ignore[arg-type]


def _length(
    facts: Mapping[str, str], start: datetime | None, end: datetime | None
) -> timedelta | None:
    length = when.between(start, end)
    return _duration(facts.get("length", "")) if length is None else length


def _duration(cell: str) -> timedelta | None:
    return when.length(int(cell) if cell.isascii() and cell.isdigit() and len(cell) < 6 else cell)


def _unread(facts: Mapping[str, str], line: int) -> Iterator[Doubt]:
    """Yield a doubt for each cell of a day, time or length that cannot be read."""
    for name, (read, example) in MEASURES.items():
        if (cell := facts.get(name)) and read(cell) is None:
            found = f"{quoted(clean.title(cell))} as {name}, which is not written like {example}"
            yield Doubt(line, found, "left out")


def _time(cell: str) -> datetime | timedelta | None:
    return when.instant(cell) or when.clock(cell)


MEASURES: Mapping[str, tuple[Callable[[str], object], str]] = {
    "day": (when.day, "2026-10-24"),
    "start": (_time, "09:30"),
    "end": (_time, "09:30"),
    "length": (_duration, "45, 45m or 1:30"),
}
"""The function that reads each column, and an example of a value."""
