"""Detect the format of a file from its content, and read the schedule in it.

A file that is no schedule is refused with a line that says what it seems to be.
"""

from __future__ import annotations

import re

from ...source.problem import quoted
from ..foreign import clean
from ..foreign.model import Foreign, RefusedError
from ..foreign.tree import Json, Node, mapping, parse_json, parse_xml
from .frab.reader import read_json
from .frab.xml_reader import read_xml
from .ical.reader import read_calendar, read_xcal
from .pretalx.reader import read_submissions, read_version_2
from .sessionize.reader import is_sessionize, read_sessionize
from .table.reader import is_table, read_table

MOST_BYTES = 20_000_000

SIGNATURES = {
    b"PK\x03\x04": "a zip archive", b"PK\x05\x06": "an empty zip archive",
    b"\x1f\x8b": "a gzip archive", b"BZh": "a bzip2 archive", b"\xfd7zXZ": "an xz archive",
    b"7z\xbc\xaf": "a 7z archive", b"%PDF": "a PDF", b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image", b"GIF8": "a GIF image", b"SQLite": "an SQLite database",
    b"\xd0\xcf\x11\xe0": "an Office document",
}  # fmt: skip

ROOTS = {
    "feed": "an Atom feed", "rss": "an RSS feed or a WordPress export", "html": "an HTML page",
    "svg": "an SVG image", "urlset": "a sitemap", "Error": "an error message in XML",
}  # fmt: skip
"""Root elements of XML files that people often import by mistake, with descriptions."""

# Matches the beginning of a page, with or without a doctype, after comments and blanks.
HTML = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*+<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)


def read_foreign(data: bytes) -> Foreign:
    """Return the schedule in the bytes of a file.

    Raise `RefusedError` if the format is not known, the file is over 20 MB, or it has no sessions.
    """
    foreign = _read(data)
    if not foreign.sessions:
        raise RefusedError(f"{foreign.format} without a session")
    return foreign


def _read(data: bytes) -> Foreign:
    if len(data) > MOST_BYTES:
        raise RefusedError(
            f"a file of {len(data) // 1_000_000} MB, where {MOST_BYTES // 1_000_000} are the most"
        )
    if not data.strip():
        raise RefusedError("an empty file")
    for signature, name in SIGNATURES.items():
        if data.startswith(signature):
            raise RefusedError(name)
    source = _decoded(data)
    start = source.lstrip("\ufeff \t\r\n")
    return _read_markup(data, start) if start.startswith("<") else _read_text(start)


def _read_text(start: str) -> Foreign:
    """Read the formats that are not XML."""
    if "\0" in start[:1000]:
        raise RefusedError("a binary file")
    if start.startswith(("{", "[")):
        return _read_json(parse_json(start))
    if start[:15].upper() == "BEGIN:VCALENDAR":
        return read_calendar(start)
    if match := re.match(r"BEGIN:(\w+)\s", start[:100], re.IGNORECASE):
        raise RefusedError(
            f"a part of a calendar, {quoted(match[1])}, without the calendar around it"
        )
    table = start.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if is_table(table):
        return read_table(table)
    raise RefusedError(f"text that begins {quoted(clean.one_line(start[:200]), limit=40)}")


def _decoded(data: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 or Windows-1252; XML names its encoding itself."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _read_markup(data: bytes, start: str) -> Foreign:
    if HTML.match(start[:5000]):
        title = re.search(r"<title[^>]*>([^<]{1,300})", start[:20_000], re.IGNORECASE)
        named = f" called {quoted(clean.title(title[1]))}" if title else ""
        raise RefusedError(f"an HTML page{named}")
    root = parse_xml(data.lstrip() if data[:1] in b" \t\r\n" else data)
    return _read_xml(root)


def _read_xml(root: Node) -> Foreign:
    if root.name == "schedule":
        return read_xml(root)
    if root.name.lower() == "icalendar":
        return read_xcal(root)
    known = ROOTS.get(root.name)
    raise RefusedError(known or f"XML whose root is {quoted(root.name)}", line=root.line)


def _read_json(value: Json) -> Foreign:
    root = mapping(value)
    schedule = mapping(root.get("schedule"))
    if "conference" in schedule:
        return (
            read_version_2(schedule)
            if isinstance(schedule.get("events"), list)
            else read_json(schedule)
        )
    if is_sessionize(value):
        return read_sessionize(value)
    results = root.get("results", value)
    if isinstance(results, list) and results and "submission_type" in mapping(results[0]):
        return read_submissions(results)
    if isinstance(value, list):
        raise RefusedError("a JSON list that is no programme known here")
    keys = ", ".join(quoted(key, limit=20) for key in list(root)[:3])
    raise RefusedError(f"a JSON object with {keys or 'nothing'} in it, a format of its own")
