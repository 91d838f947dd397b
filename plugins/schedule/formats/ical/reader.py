"""Read a schedule from iCalendar (RFC 5545) or xCal, both parsed into components.

Attendees, organisers and contacts are never read, except the speakers in pentabarf's xCal. Private
entries are left out. Rules of repetition are followed for a year at most (repeats.py).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from ....source.problem import quoted
from ....source.text import counted
from ...foreign import clean, when
from ...foreign.model import Doubt, Foreign, ForeignSession, RefusedError, gathered, unknown_fields
from ...foreign.tree import Node
from ...model import Link, SessionTexts
from .component import Component, Property
from .parse import parse_components
from .repeats import MOST, MOST_RULES, follow
from .xcal import component_of
from .zone_reader import Zones

XCAL = "xCal"

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
"""Properties that describe the entry itself or people, and are dropped without a doubt."""


def read_calendar(source: str) -> Foreign:
    """Return the schedule of an iCalendar file; raise `RefusedError` if it has no entries."""
    root = parse_components(source)
    calendars = [child for child in root.components if child.name == "VCALENDAR"]
    return _Reading("iCalendar", calendars).read()


def read_xcal(root: Node) -> Foreign:
    """Return the schedule of an xCal file, of pentabarf's dialect or of RFC 6321."""
    calendars = [component_of(node) for node in root.all("vcalendar")]
    return _Reading(XCAL, calendars).read()


class _Reading:
    """A single reading of calendars, with the doubts that it collects."""

    def __init__(self, format: str, calendars: Sequence[Component]) -> None:
        if not calendars:
            raise RefusedError("a calendar file without a calendar in it")
        self.format, self.calendars = format, calendars
        self.doubts: list[Doubt] = []
        self.zones = Zones([zone for c in calendars for zone in c.within("VTIMEZONE")], self.doubts)
        self.unknown: Counter[str] = Counter()

    def read(self) -> Foreign:
        """Return all entries of all calendars as one schedule."""
        entries = [entry for calendar in self.calendars for entry in calendar.within("VEVENT")]
        if not entries:
            raise RefusedError("a calendar without an entry (VEVENT) in it")
        public = gathered(self._public(entries))
        if sum(len(list(entry.all("RRULE"))) for entry in public) > MOST_RULES:
            raise RefusedError(f"a calendar of more than {MOST_RULES:,} rules of repetition")
        changed: dict[str, set[datetime]] = defaultdict(set)
        for entry in entries:
            for value in _values(entry, "RECURRENCE-ID"):
                times = (self._time(value, entry, is_timed=is_timed) for is_timed in (True, False))
                changed[entry.value("UID")].update(filter(None, times))
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
            doubts=tuple(self.doubts),
        )

    def _line(self, *names: str) -> str:
        values = (calendar.value(*names) for calendar in self.calendars)
        return next((clean.title(value) for value in values if value.strip()), "")

    def _zone(self, sessions: Iterable[ForeignSession]) -> str:
        """Return the zone that the calendar names, or the zone of most of its entries."""
        named = self._line("X-WR-TIMEZONE")
        zones = Counter(session.zone for session in sessions if session.zone)
        return named or next((zone for zone, _ in zones.most_common(1)), "")

    def _public(self, entries: Iterable[Component]) -> Iterator[Component]:
        for entry in entries:
            if entry.value("CLASS").strip().upper() in {"PRIVATE", "CONFIDENTIAL"}:
                self.doubts.append(
                    Doubt(entry.line, "an entry that is marked as private", "left out")
                )
            else:
                yield entry

    def _sessions(self, entry: Component, changed: Set[datetime]) -> list[ForeignSession]:
        """Return the sessions of an entry: one, or one for each time that its rules give.

        `changed` are the times that other entries replace.
        """
        first = self._session(entry)
        start = first.start or (when.at(first.day, timedelta()) if first.day else None)
        if entry.get("RECURRENCE-ID"):
            return [_with_uid(first, start)]
        if not start or not entry.get("RRULE", "EXRULE", "RDATE", "EXDATE"):
            return [first]
        more = [*self._ruled(entry, first.title, start)]
        more += sorted(self._named("RDATE", entry, first, start))
        left_out = {*self._named("EXDATE", entry, first, start)} | changed
        return [
            replace(
                _with_uid(first, start) if number else first,
                day=start.date(),
                start=start if first.start else None,
            )
            for number, start in enumerate(dict.fromkeys([start, *more]))
            if start not in left_out
        ]

    def _ruled(self, entry: Component, title: str, start: datetime) -> Iterator[datetime]:
        """Yield the times of the entry's rules.

        Add a doubt for each rule that is not followed, or not to its end.
        """
        for given in entry.properties:
            if given.name not in {"RRULE", "EXRULE"}:
                continue
            found = follow(given.value, start) if given.name == "RRULE" else None
            told = f"the rule {quoted(given.value)} ({given.name}) of {quoted(title)}"
            if not found:
                self.doubts.append(Doubt(entry.line, told, "not followed; other times are kept"))
                continue
            if not found.is_whole:
                done = f"followed for a year, which is {counted(len(found.starts), 'time')}"
                self.doubts.append(Doubt(entry.line, f"{told}, which goes on", done))
            yield from found.starts

    def _named(
        self, name: str, entry: Component, of: ForeignSession, start: datetime
    ) -> list[datetime]:
        """Return the times in a property; add a doubt for those not written like the start."""
        values = list(_values(entry, name))
        times = (self._time(value, entry, is_timed=of.start is not None) for value in values)
        found = [at for at in times if at and bool(at.tzinfo) == bool(start.tzinfo)][:MOST]
        if len(found) < len(values):
            lost = f"{counted(len(values) - len(found), 'date')} in {name} of {quoted(of.title)}"
            done = f"passed over: not written as its start is, or over {MOST}"
            self.doubts.append(Doubt(entry.line, lost, done))
        return found

    def _time(self, given: Property, entry: Component, *, is_timed: bool) -> datetime | None:
        """Return a value as a start: a time, or the beginning of a day for whole-day entries."""
        start = self._start(given, entry)
        day = when.day(given.value) if not start and not is_timed else None
        return start if is_timed else when.at(day, timedelta()) if day else None

    def _session(self, entry: Component) -> ForeignSession:
        title = clean.title(entry.value("SUMMARY") or entry.value("TITLE"))
        given = entry.get("DTSTART")
        start = self._start(given, entry) if given else None
        description = entry.value("DESCRIPTION")
        categories = entry.value("CATEGORIES")
        return ForeignSession(
            line=entry.line,
            title=title,
            day=when.day(given.value) if given and not start else None,
            start=start,
            zone=start.tzinfo.key if start and isinstance(start.tzinfo, ZoneInfo) else "",
            length=self._length(entry, start),
            rooms=_rooms(entry.value("LOCATION")),
            track=clean.title(categories.split(",")[0]),
            kind=clean.title(entry.value("CATEGORY")),
            status=entry.value("STATUS").strip().lower(),
            language=_language(entry),
            speakers=tuple(self._speakers(entry)),
            texts=self._texts(entry),
            description=clean.visible(description),
        )

    def _texts(self, entry: Component) -> SessionTexts:
        return SessionTexts(
            subtitle=clean.title(entry.value("SUBTITLE")),
            links=tuple(self._links(entry)),
            url=clean.web_address(entry.value("URL")),
            uid=clean.identifier(entry.value("UID").strip()),
            extra=tuple(self._extra(entry)),
        )

    def _start(self, given: Property, entry: Component) -> datetime | None:
        """Return a time, with its zone if it names one; None for a date without a time."""
        if given.parameter("VALUE").upper() == "DATE":
            return None
        start = when.instant(given.value)
        named = given.parameter("TZID")
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

    def _speakers(self, entry: Component) -> Iterator[str]:
        """Yield speakers: pentabarf's xCal lists them as attendees; elsewhere those are guests."""
        if self.format != XCAL or not entry.get("EVENT-SLUG"):
            return
        for attendee in entry.properties:
            name = clean.name(attendee.value) if attendee.name == "ATTENDEE" else ""
            if name and not attendee.value.lower().startswith("mailto:"):
                yield name

    def _links(self, entry: Component) -> Iterator[Link]:
        for prop in entry.properties:
            if prop.name in {"ATTACH", "CONFERENCE"} and not prop.parameter("ENCODING"):
                label = clean.title(prop.parameter("LABEL"))
                if url := clean.web_address(prop.value.strip()):
                    yield Link(label or url, url)

    def _extra(self, entry: Component) -> Iterator[tuple[str, str]]:
        for prop in entry.properties:
            if prop.name in READ or prop.name in SILENT or prop.name.startswith("X-"):
                continue
            word = clean.title(prop.value)
            if word and clean.is_public(prop.name, word):
                self.unknown[prop.name.lower()] += 1
                yield prop.name.lower(), word


def _values(entry: Component, name: str) -> Iterator[Property]:
    """Yield each value of the properties with a name; of a period, only its start."""
    for given in entry.all(name):
        for value in given.value.split(","):
            yield replace(given, values=(value.split("/")[0],))


def _with_uid(session: ForeignSession, start: datetime | None) -> ForeignSession:
    """Return the session with a UID of its own, made from its entry's UID and its start."""
    uid = session.texts.uid
    if not uid or not start:
        return session
    own = f"{uid}-{start:%Y%m%dT%H%M}"
    return replace(session, texts=replace(session.texts, uid=own))


def _rooms(location: str) -> tuple[str, ...]:
    name = clean.title(location)
    return (name,) if name else ()


def _language(entry: Component) -> str:
    summary = entry.get("SUMMARY")
    named = entry.value("LANGUAGE-CODE", "LANGUAGE") or (
        summary.parameter("LANGUAGE") if summary else ""
    )
    return clean.language(named)
