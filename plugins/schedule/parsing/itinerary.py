"""Turn the text of an `itinerary` fence into an `Itinerary`, or report its problems.

    itinerary = [ "zone" ":" zone ] *( day ":" list-of-entries )           ; YAML
    day     = YYYY-MM-DD
    entry   = leg / "stay:" stay / "talk:" talk / note / mapping
    leg     = end arrow end [ "|" note ] [ "|" status ]      ; arrow is "→", "->" or "=>"
    end     = [ place ] [ clock ] [ zone ]                   ; LAX 22:30 America/Los_Angeles
    stay    = place [ "until" day ] [ "|" note ] [ "|" status ]
    talk    = [ times [ zone ] ] title [ "|" event [ "/" session ] ] [ "|" where ] [ "|" status ]
    note    = [ times [ zone ] ] title [ "|" where ] [ "|" status ]
    mapping: one of the keys leg, stay, talk, note or title, and others of `KEYS`

For the grammar of clocks see times.py. Each end of a leg uses the clock of its place; an end
without a zone uses the itinerary's zone. `+2` means two days after the day that the leg is written
under, on the calendar of the place. Times are optional; a status marks an entry as tentative or
cancelled.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TypedDict

from msgspec import Struct
from msgspec.structs import replace

from ...source.marked import Marked, parse_yaml
from ...source.problem import Place, Problems, Source, did_you_mean, one_of, quoted
from ..model import End, Itinerary, Leg, Moment, Note, Status, Stay, Talk
from .checks import check_itinerary
from .ids import Wish, distinct_ids
from .items import enum_word
from .names import report_unknown_keys, text_of
from .pieces import Faults, Piece, key_piece, piece_of, shown
from .times import (
    CLOCK,
    ISO_DAY,
    ZONE,
    Clock,
    Times,
    find_times,
    parse_clock,
    parse_date,
    parse_length,
    parse_zone,
    place_clock,
)

SORTS = ("leg", "stay", "talk", "title", "note")
"""The first of these keys in a mapping holds its line.

So `note` next to another of them is only a note.
"""
KEYS = (
    *SORTS, "start", "end", "length", "zone", "until", "where", "event", "session", "status", "id",
)  # fmt: skip

ARROW = re.compile(r"\s+(?:→|[-=]+>)\s+|\s*→\s*")
UNTIL = re.compile(r"\s+until\s+(?=\d{4}-)")
BAR = re.compile(r"\s*\|\s*")


class _Written(Struct, frozen=True):
    """The sort of an entry, its line, and its other keys."""

    sort: str
    line: Piece
    facts: Mapping[str, Marked]


class _Common(TypedDict):
    """The fields that stays, talks and notes share, for their constructors."""

    id: str
    day: date
    title: str
    place: Place
    zone: str
    start: Moment | None
    end: Moment | None


def parse_itinerary(source: Source, problems: Problems) -> Itinerary:
    """Return the itinerary in the text, with everything in it that can be read; report the rest."""
    faults = Faults(source, problems)
    root = parse_yaml(source, problems)
    entries = root.value if root and isinstance(root.value, dict) else {}
    if root and root.value is not None and not isinstance(root.value, dict):
        faults.add(root, found=shown(root), expected="days with lists of entries below them")
    zone = _zone(entries, faults)
    found = [
        entry
        for day, node in _days(entries, faults)
        for entry in _Day(day, zone, faults).read(node)
    ]
    itinerary = Itinerary(zone=zone, entries=tuple(_with_ids(found)))
    check_itinerary(itinerary, faults)
    return itinerary


def _zone(entries: Mapping[str, Marked], faults: Faults) -> str:
    piece = piece_of(entries["zone"], faults) if "zone" in entries else None
    return (parse_zone(piece, faults) or "UTC") if piece else ""


def _days(entries: Mapping[str, Marked], faults: Faults) -> list[tuple[date, Marked]]:
    days = []
    for key, node in entries.items():
        piece = key_piece(key, node, faults)
        if ISO_DAY.match(key):
            day = parse_date(piece, faults)
            days += [(day, node)] if day else []
        elif key != "zone":
            faults.add(
                piece,
                found=f"the unknown key {quoted(key)}",
                expected="a day like 2012-01-09, or zone",
                hint=did_you_mean(key, ["zone"]),
            )
    return sorted(days, key=lambda item: item[0])


def _with_ids(entries: list[AnyEntry]) -> Iterator[AnyEntry]:
    ids = distinct_ids([Wish(entry.id, entry.title) for entry in entries], word="entry")
    return (replace(entry, id=id) for entry, id in zip(entries, ids, strict=True))


AnyEntry = Leg | Stay | Talk | Note
Reader = Callable[[list[Piece], _Written], AnyEntry]


class _Day:
    """A reader of the entries of one day."""

    def __init__(self, day: date, zone: str, faults: Faults) -> None:
        self.day, self.zone, self.faults = day, zone, faults

    def read(self, node: Marked) -> Iterator[AnyEntry]:
        if isinstance(node.value, tuple):
            written = (_written(child, self.faults) for child in node.value)
            return (self._entry(each) for each in written if each)
        if node.value is not None:
            self.faults.add(node, found=shown(node), expected="a list of entries, each after a “-”")
        return iter(())

    def _entry(self, written: _Written) -> AnyEntry:
        line, status = self._status(written)
        readers: Mapping[str, Reader] = {
            "leg": self._leg,
            "stay": self._stay,
            "talk": self._talk,
        }
        entry = readers.get(written.sort, self._note)(line, written)
        if status:
            entry = replace(entry, status=status)
        id = text_of(written.facts, "id", self.faults)
        note = text_of(written.facts, "note", self.faults) if written.sort != "note" else ""
        return replace(entry, id=id, note=note or entry.note)

    def _status(self, written: _Written) -> tuple[list[Piece], Status | None]:
        """Return the parts without a status at the end, and that status, or else the key's."""
        parts = written.line.split_at(BAR)
        last = parts[-1].text.casefold()
        if len(parts) > 1 and last in set(Status):
            return parts[:-1], Status(last)
        piece = self._piece(written, "status")
        word = enum_word(piece, Status, self.faults) if piece else ""
        return parts, Status(word) if word else None

    def _leg(self, parts: list[Piece], written: _Written) -> Leg:
        first, second = self._ends(parts[0])
        departure, arrival = self._end(first), self._end(second)
        self._check_order(departure, arrival, second)
        return Leg(
            id="",
            day=self.day,
            title=f"{departure.place} → {arrival.place}",
            place=self.faults.place(written.line),
            note=" | ".join(part.text for part in parts[1:]),
            zone=departure.zone,
            start=departure.moment,
            end=arrival.moment,
            departure=departure,
            arrival=arrival,
        )

    def _ends(self, piece: Piece) -> tuple[Piece, Piece]:
        arrow = ARROW.search(piece.text)
        if arrow:
            return piece.cut(0, arrow.start()), piece.cut(arrow.end())
        self.faults.add(
            piece, found=quoted(piece.text), expected="two places with “→” between them"
        )
        return piece, piece.cut(len(piece.text))

    def _end(self, piece: Piece) -> End:
        zone, rest = self._without_zone(piece)
        clock = next(CLOCK.finditer(rest.text), None)
        if not clock:
            return End(rest.text, zone)
        parsed = parse_clock(rest.cut(clock.start(), clock.end()), self.faults)
        words = f"{rest.text[: clock.start()]} {rest.text[clock.end() :]}".split()
        return End(" ".join(words), zone, self._moment(parsed, zone) if parsed else None)

    def _check_order(self, departure: End, arrival: End, at: Piece) -> None:
        if not (departure.moment and arrival.moment):
            return
        if arrival.moment.instant <= departure.moment.instant:
            self.faults.add(
                at,
                found=f"{quoted(at.text)}, an arrival that is not after the departure",
                expected=f"a moment after {departure.moment.iso}",
                hint="an arrival on a later day is written with +1 or +2 behind its time",
            )

    def _stay(self, parts: list[Piece], written: _Written) -> Stay:
        place, *notes = parts
        until = self._piece(written, "until")
        if match := UNTIL.search(place.text):
            place, until = place.cut(0, match.start()), place.cut(match.end())
        end = parse_date(until, self.faults) if until else None
        if until and end and end < self.day:
            self.faults.add(
                until,
                found=f"{quoted(until.text)}, which is before the stay begins",
                expected=f"{self.day} or a later day",
            )
        return Stay(
            **self._common(place, written),
            note=" | ".join(part.text for part in notes),
            until=end,
        )

    def _talk(self, parts: list[Piece], written: _Written) -> Talk:
        title, *others = parts
        event, _, session = others[0].text.partition("/") if others else ("", "", "")
        return Talk(
            **self._common(title, written),
            event=text_of(written.facts, "event", self.faults) or event.strip(),
            session=text_of(written.facts, "session", self.faults) or session.strip(),
            where=self._where(others[1:], written),
        )

    def _note(self, parts: list[Piece], written: _Written) -> Note:
        title, *others = parts
        return Note(
            **self._common(title, written),
            where=self._where(others, written),
        )

    def _where(self, parts: list[Piece], written: _Written) -> str:
        words = ", ".join(part.text for part in parts if part.text)
        return text_of(written.facts, "where", self.faults) or words

    def _common(self, piece: Piece, written: _Written) -> _Common:
        times, rest = find_times(piece, self.faults)
        named = self._piece(written, "zone")
        if match := ZONE.match(rest.text):
            named, rest = rest.cut(0, match.end()), rest.cut(match.end())
        zone = (parse_zone(named, self.faults) or "UTC") if named else self.zone
        if not rest.text:
            self.faults.add(piece, found="an entry without a title", expected="a title")
        start, end = self._span(self._with_keys(times, written), zone)
        return {
            "id": "",
            "day": self.day,
            "title": rest.text,
            "place": self.faults.place(written.line),
            "zone": zone,
            "start": start,
            "end": end,
        }

    def _with_keys(self, times: Times, written: _Written) -> Times:
        """Return the times, overridden by the times of the keys."""
        start, end = self._piece(written, "start"), self._piece(written, "end")
        length = self._piece(written, "length")
        return Times(
            parse_clock(start, self.faults) if start else times.start,
            parse_clock(end, self.faults) if end else times.end,
            parse_length(length, self.faults) if length else times.length,
            length or times.length_piece,
        )

    def _span(self, times: Times, zone: str) -> tuple[Moment | None, Moment | None]:
        loose = times.end.piece if times.end else times.length_piece
        if not times.start:
            if loose:
                self.faults.add(loose, found="no start", expected="a start before it, like 10:20")
            return None, None
        start, end = self._moment(times.start, zone), None
        if times.end:
            end = self._moment(times.end, zone)
        elif times.length and start:
            end = start.plus(times.length)
        if start and end and loose and end.instant <= start.instant:
            self.faults.add(
                loose,
                found=f"{quoted(loose.text)}, an end that is not after its start",
                expected=f"a time after {start.wall:%H:%M}",
            )
            return start, None
        return start, end

    def _moment(self, clock: Clock, zone: str) -> Moment | None:
        if zone:
            return place_clock(clock, self.day, zone, self.faults)
        self.faults.add(
            clock.piece,
            found=f"the time {quoted(clock.piece.text)} and no zone",
            expected="a zone behind it, or a line “zone: …” above the days",
        )
        return None

    def _without_zone(self, piece: Piece) -> tuple[str, Piece]:
        """Return the zone that an end names, or else the itinerary's, and the rest of its text."""
        match = ZONE.search(piece.text)
        if not match:
            return self.zone, piece
        zone = parse_zone(piece.cut(match.start(), match.end()), self.faults) or "UTC"
        if match.end() == len(piece.text):
            return zone, piece.cut(0, match.start())
        blanks = " " * (match.end() - match.start())
        text = piece.text[: match.start()] + blanks + piece.text[match.end() :]
        return zone, Piece(text, piece.line, piece.column).cut(0)

    def _piece(self, written: _Written, key: str) -> Piece | None:
        node = written.facts.get(key)
        return piece_of(node, self.faults) if node else None


def _written(node: Marked, faults: Faults) -> _Written | None:
    """Return the sort, line and keys of an entry; None, with a problem, if it has no line."""
    if isinstance(node.value, str):
        piece = piece_of(node, faults)
        return _Written(_sort(piece), piece, {}) if piece else None
    if isinstance(node.value, dict) and node.value:
        return _from_mapping(node, node.value, faults)
    faults.add(node, found=shown(node), expected="a line like “LAX 22:30 → MEL 08:45+2”")
    return None


def _from_mapping(node: Marked, entries: Mapping[str, Marked], faults: Faults) -> _Written | None:
    (key, child), *others = entries.items()
    if not others and key not in KEYS and not faults.is_in_braces(node):
        rest = f": {child.value}" if isinstance(child.value, str) else ""
        line = key_piece(key, child, faults)
        line = Piece(line.text + rest, line.line, line.column)
        more = child.value if isinstance(child.value, dict) else {}
        return _Written(_sort(line), line, report_unknown_keys(more, KEYS, faults, of="an entry"))
    facts = report_unknown_keys(entries, KEYS, faults, of="an entry")
    sort = next((sort for sort in SORTS if sort in facts), "")
    line_piece = piece_of(facts[sort], faults) if sort else None
    if not sort:
        faults.add(node, found="an entry without a line", expected=f"one of {one_of(SORTS)}")
    if not line_piece:
        return None
    return _Written(_sort(line_piece) if sort == "title" else sort, line_piece, facts)


def _sort(line: Piece) -> str:
    return "leg" if ARROW.search(line.text) else "title"
