"""Write the schedule as a table for spreadsheets (RFC 4180), one session per row."""

from __future__ import annotations

import csv
import io
import re
import unicodedata

from ...exports.model import EVERY_ROOM, Export, ExportedSession

MARK = "\ufeff"
"""The byte order mark, by which spreadsheets recognise UTF-8."""

COLUMNS = (
    "id", "day", "start", "end", "title", "speakers", "rooms", "track", "kind", "language",
    "status", "abstract", "note", "url", "uid",
)  # fmt: skip

FORMULA = ("=", "+", "-", "@", "\N{MINUS SIGN}")
"""The first characters of formulas; NFKC makes their full-width forms plain (UAX #15)."""

BLANKS = re.compile(r"[\s\u200b-\u200f\u2060-\u2064\ufeff]*")
"""Characters before a formula that spreadsheets ignore."""


def write_table(export: Export) -> bytes:
    """Return the bytes of `schedule.csv`; none of its cells is a formula."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for each in export.sessions:
        writer.writerow([harmless(cell) for cell in _cells(each)])
    return f"{MARK}{file.getvalue()}".encode()


def harmless(cell: str) -> str:
    """Return the cell, with a `'` before a formula; spreadsheets hide it and show the text."""
    rest = BLANKS.sub("", cell, count=1)
    blanks, first = cell[: len(cell) - len(rest)], unicodedata.normalize("NFKC", rest[:1])
    is_formula = first.startswith(FORMULA) or "\t" in blanks or "\r" in blanks
    return f"'{cell}" if is_formula else cell


def _cells(each: ExportedSession) -> list[str]:
    session = each.session
    return [
        session.id,
        session.day.isoformat(),
        session.start.iso if session.start else "",
        session.end.iso if session.end else "",
        each.title,
        ", ".join(each.people),
        EVERY_ROOM if session.is_everywhere else ", ".join(each.rooms),
        each.track,
        str(session.kind),
        session.language,
        str(session.status),
        each.texts.abstract,
        each.texts.note,
        each.url,
        each.identity.uid,
    ]
