"""The programme as a table for spreadsheets (RFC 4180), a session a row."""

from __future__ import annotations

import csv
import io
import re
import unicodedata

from ...exports.model import EVERY_ROOM, Export, ExportedSession

MARK = "\ufeff"
"""Tells spreadsheets that the file is UTF-8."""

COLUMNS = (
    "id", "day", "start", "end", "title", "speakers", "rooms", "track", "kind", "language",
    "status", "abstract", "note", "url", "uid",
)  # fmt: skip

FORMULA = ("=", "+", "-", "@", "\N{MINUS SIGN}")
"""What a formula begins with, also in its full-width forms, which NFKC makes plain (UAX #15)."""

BLANKS = re.compile(r"[\s\u200b-\u200f\u2060-\u2064\ufeff]*")
"""What spreadsheets pass over before it."""


def write_table(export: Export) -> bytes:
    """The table as a file; no cell of it is a formula."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for each in export.sessions:
        writer.writerow([harmless(cell) for cell in _cells(each)])
    return f"{MARK}{file.getvalue()}".encode()


def harmless(cell: str) -> str:
    """The cell, with `'` before what would be a formula; spreadsheets do not show it."""
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
