"""iCalendar (RFC 5545) and xCal, both as components with properties, become a programme.

Attendees, organisers and contacts are never read. An entry that is private is left out. Of rules
of repetition, days and weeks are followed for as long as an event could last.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from ...core.problem import quoted
from ..model import Link
from . import clean, when
from .component import Component, Property, component_of, parse_components
from .model import Doubt, Foreign, ForeignSession, RefusedError, gathered, unknown_fields
from .repeats import MOST, follow
from .tree import Node
from .zones import Zones

READ = {
    "UID", "SUMMARY", "DTSTART", "DTEND", "DURATION", "DESCRIPTION", "LOCATION", "STATUS", "URL",
    "CATEGORIES", "CATEGORY", "ATTACH", "CONFERENCE", "TITLE", "SUBTITLE", "LANGUAGE",
    "LANGUAGE-CODE",
}  # fmt: skip

SILENT = {
    "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "TRANSP", "CLASS", "PRIORITY", "RRULE",
    "EXDATE", "RDATE", "EXRULE", "RECURRENCE-ID", "METHOD", "ATTENDEE", "ORGANIZER", "CONTACT",
    "COMMENT", "REQUEST-STATUS", "RELATED-TO", "RESOURCES", "STYLED-DESCRIPTION", "IMAGE",
    "X-ALT-DESC", "EVENT-ID", "EVENT-SLUG",
}  # fmt: skip
"""What says something of the entry as such, or of people, and is not kept."""


def read_calendar(source: str) -> Foreign:
    """The programme of an iCalendar file."""
    root = parse_components(source)
    calendars = [child for child in root.children if child.name == "VCALENDAR"]
    return _Reading("iCalendar", calendars, is_escaped=True).read()


def read_xcal(root: Node) -> Foreign:
    """The programme of an xCal file, of pentabarf's kind or of RFC 6321."""
    calendars = [component_of(node) for node in root.all("vcalendar")]
    return _Reading("xCal", calendars, is_escaped=False).read()


class _Reading:
    """One walk through calendars."""

    def __init__(self, format: str, calendars: Sequence[Component], *, is_escaped: bool) -> None:
        if not calendars:
            raise RefusedError("a calendar file without a calendar in it")
        self.format, self.calendars, self.is_escaped = format, calendars, is_escaped
        self.doubts: list[Doubt] = []
        self.zones = Zones([zone for c in calendars for zone in c.within("VTIMEZONE")], self.doubts)
        self.unknown: Counter[str] = Counter()

    def read(self) -> Foreign:
        """All entries of all calendars as one programme."""
        entries = [entry for calendar in self.calendars for entry in calendar.within("VEVENT")]
        if not entries:
            raise RefusedError("a calendar without an entry (VEVENT) in it")
        public = gathered(self._public(entries))
        changed: dict[str, set[datetime]] = defaultdict(set)
        for entry in entries:
            changed[entry.value("UID")].update(self._starts(entry, "RECURRENCE-ID"))
        sessions = gathered(
            each for entry in public for each in self._sessions(entry, changed[entry.value("UID")])
        )
        self.doubts += unknown_fields(self.unknown)
        return Foreign(
            format=self.format,
            title=self._line("X-WR-CALNAME", "NAME"),
            summary=self._line("X-WR-CALDESC"),
            zone=self._zone(sessions),
            sessions=sessions,
            doubts=self.doubts,
        )

    def _line(self, *names: str) -> str:
        values = (self._text(calendar.value(*names)) for calendar in self.calendars)
        return next((clean.title(value) for value in values if value.strip()), "")

    def _zone(self, sessions: Iterable[ForeignSession]) -> str:
        """The zone that the calendar names, or the one that most of its entries are in."""
        named = self._line("X-WR-TIMEZONE")
        counted = Counter(session.zone for session in sessions if session.zone)
        return named or next((zone for zone, _ in counted.most_common(1)), "")

    def _public(self, entries: Iterable[Component]) -> Iterator[Component]:
        for entry in entries:
            if entry.value("CLASS").strip().upper() in {"PRIVATE", "CONFIDENTIAL"}:
                self.doubts.append(
                    Doubt(entry.line, "an entry that is marked as private", "left out")
                )
            else:
                yield entry

    def _sessions(self, entry: Component, changed: Set[datetime]) -> list[ForeignSession]:
        """What an entry stands for: one session, or as many as its rule repeats it.

        `changed` are the times that entries of their own stand for.
        """
        first, rule = self._session(entry), entry.value("RRULE")
        start = first.start or (when.at(first.day, timedelta()) if first.day else None)
        if entry.get("RECURRENCE-ID"):
            return [replace(first, uid=_uid(first.uid, start))]
        more = sorted(self._more(entry, start)) if start else []
        if not start or not (rule or more):
            return [first]
        starts = follow(rule, start) if rule else [start]
        if starts is None:
            found = f"the rule {quoted(rule)} of {quoted(first.title)}"
            self.doubts.append(Doubt(entry.line, found, "only its first time is kept"))
            starts = [start]
        left_out = {*self._starts(entry, "EXDATE")}
        return [
            replace(
                first,
                day=start.date(),
                start=start if first.start else None,
                uid=_uid(first.uid, start) if number else first.uid,
            )
            for number, start in enumerate(dict.fromkeys([*starts, *more]))
            if start not in left_out and start not in changed
        ]

    def _more(self, entry: Component, start: datetime) -> Iterator[datetime]:
        """Times that it is given at besides, on clocks like those of its start."""
        for other in islice(self._starts(entry, "RDATE"), MOST):
            if bool(other.tzinfo) == bool(start.tzinfo):
                yield other

    def _starts(self, entry: Component, name: str) -> Iterator[datetime]:
        for prop in entry.properties:
            for value in prop.value.split(",") if prop.name == name else ():
                # Of a period, its start; its end is seldom another than the entry's.
                start = self._start(replace(prop, value=value.split("/")[0]), entry)
                day = when.day(value)
                if start or day:
                    yield start or when.at(day, timedelta())  # type: ignore[arg-type]

    def _session(self, entry: Component) -> ForeignSession:
        title = clean.title(self._text(entry.value("SUMMARY")) or self._text(entry.value("TITLE")))
        given = entry.get("DTSTART")
        start = self._start(given, entry) if given else None
        description = self._text(entry.value("DESCRIPTION"))
        categories = self._text(entry.value("CATEGORIES"))
        links = tuple(self._links(entry))
        return ForeignSession(
            line=entry.line,
            uid=clean.identifier(self._text(entry.value("UID")).strip()),
            title=title,
            subtitle=clean.title(self._text(entry.value("SUBTITLE"))),
            day=when.day(given.value) if given and not start else None,
            start=start,
            zone=start.tzinfo.key if start and isinstance(start.tzinfo, ZoneInfo) else "",
            length=self._length(entry, start),
            rooms=_rooms(self._text(entry.value("LOCATION"))),
            track=clean.title(categories.split(",")[0]),
            kind=clean.title(self._text(entry.value("CATEGORY"))),
            status=entry.value("STATUS").strip().lower(),
            language=_language(entry),
            speakers=tuple(self._speakers(entry)),
            abstract="",
            description=clean.visible(description),
            url=clean.web_address(self._text(entry.value("URL"))),
            links=links,
            extra=tuple(self._extra(entry)),
        )

    def _start(self, given: Property, entry: Component) -> datetime | None:
        """A time with its zone; without one, or for a date alone, see `_session`."""
        if given.parameters.get("VALUE", "").upper() == "DATE":
            return None
        start = when.instant(given.value)
        named = given.parameters.get("TZID", "")
        if start and not start.tzinfo and named:
            return self.zones.at(start, named, entry.line)
        return start

    def _length(self, entry: Component, start: datetime | None) -> timedelta | None:
        ends, given = entry.get("DTEND"), entry.get("DURATION")
        end = self._start(ends, entry) if ends else None
        if (length := when.between(start, end)) is not None:
            return length
        first, last = entry.get("DTSTART"), when.day(ends.value) if ends else None
        day = when.day(first.value) if first else None
        if not start and day and last:
            return last - day
        return when.iso_length(given.value) if given else None

    def _text(self, value: str) -> str:
        """A value without its escapes (3.3.11); XML has none."""
        return re.sub(r"\\(.)", _unescaped, value) if self.is_escaped else value

    def _speakers(self, entry: Component) -> Iterator[str]:
        """Pentabarf's xCal calls speakers attendees; anywhere else these are people who come."""
        if self.is_escaped or not entry.get("EVENT-SLUG"):
            return
        for attendee in entry.properties:
            name = clean.name(attendee.value) if attendee.name == "ATTENDEE" else ""
            if name and not attendee.value.lower().startswith("mailto:"):
                yield name

    def _links(self, entry: Component) -> Iterator[Link]:
        for prop in entry.properties:
            if prop.name in {"ATTACH", "CONFERENCE"} and prop.parameters.get("ENCODING") is None:
                label = clean.title(prop.parameters.get("LABEL", ""))
                if url := clean.web_address(prop.value.strip()):
                    yield Link(label or url, url)

    def _extra(self, entry: Component) -> Iterator[tuple[str, str]]:
        for prop in entry.properties:
            if prop.name in READ or prop.name in SILENT or prop.name.startswith("X-"):
                continue
            word = clean.title(self._text(prop.value))
            if word and clean.is_public(prop.name, word):
                self.unknown[prop.name.lower()] += 1
                yield prop.name.lower(), word


def _unescaped(match: re.Match[str]) -> str:
    return "\n" if match[1] in "nN" else match[1]


def _uid(uid: str, start: datetime | None) -> str:
    """The UID of one time among those that an entry repeats."""
    return f"{uid}-{start:%Y%m%dT%H%M}" if uid and start else uid


def _rooms(location: str) -> tuple[str, ...]:
    name = clean.title(location)
    return (name,) if name else ()


def _language(entry: Component) -> str:
    summary = entry.get("SUMMARY")
    named = entry.value("LANGUAGE-CODE", "LANGUAGE") or (
        summary.parameters.get("LANGUAGE", "") if summary else ""
    )
    return clean.language(named)
