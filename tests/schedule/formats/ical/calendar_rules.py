"""What a calendar file has to keep (RFC 5545 and 7986), each rule with the faults that it knows.

No strict checker for iCalendar is at hand in Python; these are the rules that files of other
systems break, and that their readers then suffer from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

# Matches `DTSTART;TZID="Europe/Berlin":2026…`; not a line without a colon.
LINE = re.compile(r'([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(.*)', re.DOTALL)

KNOWN_ZONES = frozenset(available_timezones())
TEXTS = frozenset("SUMMARY DESCRIPTION LOCATION CATEGORIES NAME X-WR-CALNAME X-WR-CALDESC".split())
WALL = re.compile(r"\d{8}T\d{6}")
MARKUP = re.compile(r"</?(?:p|br|a|b|i|em|strong|ul|ol|li|div|span|h\d)(?:\s[^<>]*)?/?>|&[a-z]+;")
TYPED = {"REFRESH-INTERVAL": "DURATION", "SOURCE": "URI", "CONFERENCE": "URI", "IMAGE": "URI"}
STATUSES = frozenset({"TENTATIVE", "CONFIRMED", "CANCELLED"})


@dataclass(slots=True)
class Line:
    name: str
    parameters: dict[str, str]
    value: str


@dataclass(slots=True)
class Part:
    """A component."""

    name: str
    lines: list[Line] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def all(self, name: str) -> list[Line]:
        return [line for line in self.lines if line.name == name]

    def value(self, name: str) -> str:
        return next((line.value for line in self.all(name)), "")


@dataclass(slots=True)
class File:
    data: bytes
    lines: list[Line]
    calendar: Part
    faults: list[str]
    """Of its structure."""

    @property
    def events(self) -> list[Part]:
        return [part for part in self.calendar.parts if part.name == "VEVENT"]

    @property
    def zones(self) -> dict[str, Part]:
        return {p.value("TZID"): p for p in self.calendar.parts if p.name == "VTIMEZONE"}

    def moments(self) -> Iterator[Line]:
        for event in self.events:
            yield from (e for e in event.lines if e.name in {"DTSTART", "DTEND", "RECURRENCE-ID"})


def broken_rules(data: bytes) -> dict[str, str]:
    """The rules that a file breaks, by name, each with the first fault."""
    file = read(data)
    faults = {name: next(rule(file), "") for name, rule in RULES.items()}
    return {name: fault for name, fault in faults.items() if fault}


def read(data: bytes) -> File:
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    unfolded = re.sub("\n[ \t]", "", text).split("\n")
    lines, faults = [], []
    root = Part("")
    open_parts = [root]
    for whole in filter(None, unfolded):
        match = LINE.fullmatch(whole)
        if not match:
            faults.append(f"{whole[:40]!r} is no line of a calendar")
            continue
        pairs = re.findall(r';([^=]+)=("[^"]*"|[^;]*)', match[2])
        line = Line(match[1].upper(), {k.upper(): v.strip('"') for k, v in pairs}, match[3])
        lines.append(line)
        if line.name == "BEGIN":
            open_parts.append(Part(line.value.upper()))
            open_parts[-2].parts.append(open_parts[-1])
        elif line.name == "END" and open_parts[-1].name == line.value.upper():
            open_parts.pop()
        elif line.name == "END":
            faults.append(f"END:{line.value} ends no {open_parts[-1].name}")
        else:
            open_parts[-1].lines.append(line)
    if len(open_parts) > 1 or len(root.parts) != 1:
        faults.append("not one VCALENDAR from begin to end")
    return File(data, lines, root.parts[0] if root.parts else root, faults)


def crlf(file: File) -> Iterator[str]:
    if re.search(rb"(?<!\r)\n|\r(?!\n)", file.data) or not file.data.endswith(b"\r\n"):
        yield "a line that does not end with CRLF"


def begins_at_once(file: File) -> Iterator[str]:
    if not file.data.startswith(b"BEGIN:VCALENDAR\r\n"):
        yield f"begins with {file.data[:16]!r}"


def folded(file: File) -> Iterator[str]:
    for line in re.split(rb"\r?\n", file.data):
        if len(line) > 75:
            yield f"{len(line)} octets in a line"
        try:
            line.decode()
        except UnicodeDecodeError:
            yield "a character cut in two, or no UTF-8"


def no_controls(file: File) -> Iterator[str]:
    if found := re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", file.data):
        yield f"the control character {found[0]!r}"


def structure(file: File) -> Iterator[str]:
    yield from file.faults
    if file.calendar.name != "VCALENDAR" or not file.calendar.parts:
        yield "no VCALENDAR with something in it"


def head(file: File) -> Iterator[str]:
    for name in ("PRODID", "VERSION"):
        if len(file.calendar.all(name)) != 1:
            yield f"{len(file.calendar.all(name))} times {name}"
    if file.calendar.value("VERSION") != "2.0":
        yield "no VERSION:2.0"


def needed(file: File) -> Iterator[str]:
    for event in file.events:
        for name in ("UID", "DTSTAMP", "DTSTART"):
            if len(event.all(name)) != 1:
                yield f"{len(event.all(name))} times {name}"


def shown(file: File) -> Iterator[str]:
    """Giggity passes over what has no place, and a calendar over what has no name."""
    for event in file.events:
        for name in ("SUMMARY", "LOCATION"):
            if not event.value(name).strip():
                yield f"no {name}"


def one_end(file: File) -> Iterator[str]:
    for event in file.events:
        if event.all("DTEND") and event.all("DURATION"):
            yield "both DTEND and DURATION"
        if event.all("DTEND") and event.all("DTSTART"):
            start, end = (instant_of(file, event.all(name)[0]) for name in ("DTSTART", "DTEND"))
            if start and end and end <= start:
                yield "an end that is not after its start"


def escaped(file: File) -> Iterator[str]:
    for line in file.lines:
        if line.name in TEXTS:
            rest = re.sub(r"\\[\\;,nN]", "", line.value)
            bare = rest.replace(",", "") if line.name == "CATEGORIES" else rest
            if re.search(r"[\\;,]", bare):
                yield f"{line.name}: {line.value[:40]!r} is not escaped"


def plain(file: File) -> Iterator[str]:
    for line in file.lines:
        if line.name in TEXTS and MARKUP.search(line.value):
            yield f"markup in {line.name}"


def lasting_ids(file: File) -> Iterator[str]:
    uids = [event.value("UID") for event in file.events if not event.all("RECURRENCE-ID")]
    for uid in uids:
        if uids.count(uid) > 1:
            yield f"the UID {uid} twice"
        if not re.search(r".@[^@\s]+\.[^@\s]+$|.@localhost$|^[\w-]{20,}$", uid):
            yield f"the UID {uid}, which other calendars may have too"


def stamps(file: File) -> Iterator[str]:
    for event in file.events:
        stamp = event.value("DTSTAMP")
        if not re.fullmatch(r"\d{8}T\d{6}Z", stamp):
            yield f"DTSTAMP:{stamp}, which is not in UTC"
        if event.all("LAST-MODIFIED") and event.value("LAST-MODIFIED") != stamp:
            yield "DTSTAMP is not when it was last changed"
        starts = [str(instant_of(file, line)) for line in event.all("DTSTART")]
        if stamp and str(instant_of(file, Line("", {}, stamp))) in starts:
            yield "DTSTAMP is when it begins"


def zones_are_told(file: File) -> Iterator[str]:
    named = {line.parameters["TZID"] for line in file.moments() if "TZID" in line.parameters}
    for zone in named - set(file.zones):
        yield f"no VTIMEZONE for {zone}"
    for zone in set(file.zones) - named:
        yield f"a VTIMEZONE for {zone}, which nothing is in"


def zones_are_right(file: File) -> Iterator[str]:
    """What the file's own table says of its times is what the zone's clocks do."""
    for name in file.zones:
        if name not in KNOWN_ZONES or ("/" not in name and name != "UTC"):
            yield f"{name}, which is no name that others know"
    for line in file.moments():
        zone = line.parameters.get("TZID", "")
        if zone in file.zones and zone in KNOWN_ZONES and WALL.fullmatch(line.value):
            wall = datetime.strptime(line.value, "%Y%m%dT%H%M%S")  # noqa: DTZ007
            if (
                table_offset(file.zones[zone], wall)
                != wall.replace(tzinfo=ZoneInfo(zone)).utcoffset()
            ):
                yield f"the wrong offset for {zone} at {line.value}"


def table_offset(zone: Part, wall: datetime) -> timedelta | None:
    """What a VTIMEZONE without rules says that clocks are ahead at a time on them."""
    begun = [part for part in zone.parts if begins(part) <= wall and not part.all("RRULE")]
    latest = max(begun, key=begins, default=None)
    if not latest or any(part.all("RRULE") for part in zone.parts):
        return wall.replace(tzinfo=ZoneInfo(zone.value("TZID"))).utcoffset()
    sign, hours, minutes = re.findall(r"([+-])(\d\d)(\d\d)", latest.value("TZOFFSETTO"))[0]
    return timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign == "-" else 1)


def begins(part: Part) -> datetime:
    return datetime.strptime(part.value("DTSTART"), "%Y%m%dT%H%M%S")  # noqa: DTZ007


def no_zone_on_utc(file: File) -> Iterator[str]:
    for line in file.moments():
        if "TZID" in line.parameters and (line.value.endswith("Z") or "T" not in line.value):
            yield f"TZID on {line.value}"


def nothing_floats(file: File) -> Iterator[str]:
    for line in file.moments():
        if "T" in line.value and "TZID" not in line.parameters and not line.value.endswith("Z"):
            yield f"{line.name}:{line.value}, which is another instant for each reader"


def states(file: File) -> Iterator[str]:
    for event in file.events:
        for line in event.all("STATUS"):
            if line.value not in STATUSES:
                yield f"STATUS:{line.value}"
        for line in event.all("SEQUENCE"):
            if not line.value.isdigit():
                yield f"SEQUENCE:{line.value}"


def revisions(file: File) -> Iterator[str]:
    """Without them, nobody's program can tell a session that moved from one that did not."""
    for event in file.events:
        for name in ("SEQUENCE", "LAST-MODIFIED", "STATUS"):
            if len(event.all(name)) != 1:
                yield f"{len(event.all(name))} times {name}"


def named(file: File) -> Iterator[str]:
    for name in ("NAME", "X-WR-CALNAME", "REFRESH-INTERVAL"):
        if len(file.calendar.all(name)) != 1:
            yield f"{len(file.calendar.all(name))} times {name} of the calendar"


def typed(file: File) -> Iterator[str]:
    for line in file.lines:
        if line.name in TYPED and line.parameters.get("VALUE") != TYPED[line.name]:
            yield f"{line.name} without VALUE={TYPED[line.name]}"


def addresses(file: File) -> Iterator[str]:
    for line in file.lines:
        if line.name in {"URL", "SOURCE", "CONFERENCE"} and not urlsplit(line.value).scheme:
            yield f"{line.name}:{line.value}, which leads nowhere"


def instant_of(file: File, line: Line) -> datetime | None:
    """The instant of a time; None for a day or a time that floats."""
    if line.value.endswith("Z"):
        return datetime.strptime(line.value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    zone = line.parameters.get("TZID", "")
    if "T" not in line.value or zone not in KNOWN_ZONES:
        return None
    wall = datetime.strptime(line.value, "%Y%m%dT%H%M%S")  # noqa: DTZ007
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


RULES: dict[str, Callable[[File], Iterator[str]]] = {
    rule.__name__: rule
    for rule in (
        crlf, begins_at_once, folded, no_controls, structure, head, needed, shown, one_end,
        escaped, plain, lasting_ids, stamps, zones_are_told, zones_are_right, no_zone_on_utc,
        nothing_floats, states, revisions, named, typed, addresses,
    )
}  # fmt: skip
