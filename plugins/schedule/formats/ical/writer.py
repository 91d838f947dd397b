"""Write calendars as iCalendar text (RFC 5545, section 3.1): CRLF, 75 octets a line, UTF-8."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...exports.plain import clean
from .component import Component, Property

MOST_OCTETS = 75

ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
"""The escapes of text values (RFC 5545, section 3.3.11)."""


def write_ics(calendar: Component, events: Iterable[str] = ()) -> bytes:
    """Return the bytes of an .ics file; `events` are further events as text, put at its end."""
    whole = ics_text(calendar)
    end = whole.rindex("END:VCALENDAR")
    return "".join([whole[:end], *events, whole[end:]]).encode()


def ics_text(component: Component) -> str:
    """Return a component as lines, each with its CRLF."""
    return "".join(f"{folded(line)}\r\n" for line in _lines(component))


def _lines(component: Component) -> Iterator[str]:
    yield f"BEGIN:{component.name}"
    for each in component.properties:
        yield _line(each)
    for part in component.components:
        yield from _lines(part)
    yield f"END:{component.name}"


def _line(each: Property) -> str:
    parameters = "".join(f";{name}={value}" for name, value in each.parameters)
    if each.type == "text":
        values = [clean(value).translate(ESCAPES) for value in each.values]
    else:
        values = ["".join(clean(value).split()) for value in each.values]
    return f"{each.name}{parameters}:{','.join(values)}"


def folded(line: str) -> str:
    """Return the line folded into parts of at most 75 octets; no character is split."""
    data = line.encode()
    if len(data) <= MOST_OCTETS:
        return line
    pieces, start, room = [], 0, MOST_OCTETS
    while start < len(data):
        end = min(start + room, len(data))
        while end < len(data) and data[end] & 0xC0 == 0x80:  # the middle of a character
            end -= 1
        pieces.append(data[start:end].decode())
        start, room = end, MOST_OCTETS - 1
    return "\r\n ".join(pieces)
