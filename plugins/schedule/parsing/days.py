"""Turn the items of a day into sessions with moments, rooms and speakers.

    day   = list-of-items
    group = line ":" list-of-items

Items follow each other. In a group with a time, all items begin together at that time, and an item
with a length or an end of its own may be shorter or longer than the rest. In a group without a
time, items follow each other, and the line is only the group's title. Items without a room get the
group's room and share it, as posters share a foyer.

An item with only a length begins when the previous item ends.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from ...source.marked import Marked
from ...source.problem import one_of, quoted
from ..model import Kind, Moment, Origin, Session, Status
from .head import Head
from .items import Draft, Group, read_item
from .pieces import Faults, Piece, shown
from .times import (
    CLOCK,
    DAY_LENGTH,
    ISO_DAY,
    Clock,
    is_skipped,
    parse_clock,
    parse_date,
    place_clock,
)

BREAKS = frozenset("break breakfast brunch coffee lunch registration tea".split())
SOCIALS = frozenset("dinner drinks party picnic reception".split())
LONGEST = DAY_LENGTH

MOST_OVER_MIDNIGHT = timedelta(hours=12)
"""The longest session for which an end before its start is taken to be after midnight.

It decides only whether the problem hints at `+1`.
"""


class Written(Struct, frozen=True):
    """A session and the draft that it comes from; its id is set later."""

    draft: Draft
    session: Session


class _Frame(Struct, frozen=True):
    """The values that a group's items inherit."""

    title: str = ""
    rooms: tuple[Piece, ...] = ()
    words: tuple[Piece, ...] = ()
    start: Moment | None = None
    end: Moment | None = None


NO_FRAME = _Frame()


def read_day(day: date, node: Marked, head: Head, faults: Faults) -> list[Written]:
    """Return the sessions written under one day, in order; report what cannot be read."""
    if isinstance(node.value, tuple):
        return _Day(day, head, faults).read(node.value)
    if node.value is not None:
        faults.add(node, found=shown(node), expected="a list of items, each after a “-”")
    return []


class _Day:
    """A reader of the items of one day; it remembers when the last item ended."""

    def __init__(self, day: date, head: Head, faults: Faults) -> None:
        self.day, self.head, self.faults = day, head, faults
        self.written: list[Written] = []
        self.last_end: Moment | None = None
        self.last_title = ""

    def read(self, nodes: tuple[Marked, ...]) -> list[Written]:
        for node in nodes:
            item = read_item(node, self.faults)
            if isinstance(item, Group):
                self._read_group(item)
            elif item:
                self._add(item, NO_FRAME)
        return self.written

    def _read_group(self, group: Group) -> None:
        for speaker in group.head.speakers:
            self.faults.add(
                speaker,
                found=f"{quoted(speaker.text)}, who speaks in a whole nested list",
                expected="speakers with each item of the list",
            )
        start, end = self._span(group.head, NO_FRAME)
        title = group.head.title.text if group.head.title else ""
        frame = _Frame(title, group.head.rooms, group.head.words, start, end)
        first = len(self.written)
        for node in group.items:
            item = read_item(node, self.faults)
            if isinstance(item, Group):
                self.faults.add(item.head.at, found="a list in a nested list", expected="items")
            elif item:
                self._add(item, frame)
        if start:
            ends = [each.session.end for each in self.written[first:] if each.session.end]
            self.last_end = end or max(ends, key=lambda each: each.instant, default=None)
            self.last_title = title or group.head.at.text

    def _add(self, draft: Draft, frame: _Frame) -> None:
        start, end = self._span(draft, frame)
        self.written.append(Written(draft, self._session(draft, frame, start, end)))
        self.last_end, self.last_title = end, draft.title.text if draft.title else ""

    def _session(
        self, draft: Draft, frame: _Frame, start: Moment | None, end: Moment | None
    ) -> Session:
        draft = self._with_words(replace(draft, words=draft.words or frame.words))
        kind = draft.kind or self._guess_kind(draft)
        rooms = self._rooms(draft.rooms or (() if draft.is_everywhere else frame.rooms))
        speakers = (self.head.speakers.find(piece, self.faults) for piece in draft.speakers)
        origin = self._origin(draft.was) if draft.was else None
        bare = Session(
            id="",
            title=draft.title.text if draft.title else "",
            day=self.day,
            order=0,
            place=self.faults.place(draft.at),
            kind=kind,
            start=start,
            end=end,
            rooms=rooms,
            origin=origin,
            texts=replace(draft.texts, group=draft.texts.group or frame.title),
        )
        return replace(
            bare,
            status=draft.status or (Status.MOVED if origin else Status.CONFIRMED),
            is_everywhere=draft.is_everywhere or (kind is Kind.BREAK and not rooms),
            shares_room=draft.is_shared or self._is_shared(draft, frame, rooms),
            speakers=tuple(dict.fromkeys(speakers)),
            track=self.head.tracks.find(draft.track, self.faults) if draft.track else "",
            language=draft.language or self._language(bare),
        )

    def _rooms(self, pieces: tuple[Piece, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.head.rooms.find(piece, self.faults) for piece in pieces))

    def _language(self, session: Session) -> str:
        return "" if session.is_pause else "".join(self.head.languages[:1])

    def _is_shared(self, draft: Draft, frame: _Frame, rooms: tuple[str, ...]) -> bool:
        is_lent = bool(frame.rooms and not draft.rooms)
        known = self.head.rooms.known
        return bool(rooms) and (is_lent or all(known[room].is_shared for room in rooms))

    def _guess_kind(self, draft: Draft) -> Kind:
        words = re.findall(r"\w+", draft.title.text.casefold()) if draft.title else []
        if not words:
            return Kind.TALK
        ends = {words[0], words[-1]}
        if "keynote" in ends:
            return Kind.KEYNOTE
        if not draft.speakers and ends & (self.head.breaks | BREAKS):
            return Kind.BREAK
        return Kind.SOCIAL if not draft.speakers and ends & SOCIALS else Kind.TALK

    def _with_words(self, draft: Draft) -> Draft:
        """Return the draft with its words sorted into kind, status, track and language.

        The words stand after the third bar. Keys of the item take precedence; unknown words are
        reported.
        """
        for piece in draft.words:
            word = piece.text.casefold()
            if word in set(Kind):
                draft = replace(draft, kind=draft.kind or Kind(word))
            elif word in set(Status):
                draft = replace(draft, status=draft.status or Status(word))
            elif self.head.tracks.has(word):
                draft = replace(draft, track=draft.track or piece)
            elif piece.text in self.head.languages:
                draft = replace(draft, language=draft.language or piece.text)
            else:
                self._report_word(piece)
        return draft

    def _report_word(self, piece: Piece) -> None:
        tracks = [track.name for track in self.head.tracks.all()]
        self.faults.add(
            piece,
            found=f"the word {quoted(piece.text)}",
            expected=one_of([*Kind, *Status, *tracks, *self.head.languages]),
            hint="behind the third “|” stand a kind, a status, a declared track or language",
        )

    def _origin(self, was: Piece) -> Origin:
        """Return the origin in `was: 2026-10-24 11:00 | Attic`; each of its parts is optional."""
        match = ISO_DAY.match(was.text)
        day = parse_date(was.cut(0, match.end()), self.faults) if match else None
        rest = was.cut(match.end()) if match else was
        start = None
        if clock := CLOCK.match(rest.text):
            parsed = parse_clock(rest.cut(0, clock.end()), self.faults)
            start = self._moment(parsed, day or self.day) if parsed else None
            rest = rest.cut(clock.end())
        names = rest.cut(int(rest.text.startswith("|"))).split(",")
        rooms = [self.head.rooms.find(piece, self.faults) for piece in names if piece.text]
        return Origin(start, tuple(rooms))

    def _span(self, draft: Draft, frame: _Frame) -> tuple[Moment | None, Moment | None]:
        start, end = self._start(draft, frame), None
        times = draft.times
        if times.end and times.length_piece:
            self.faults.add(
                times.length_piece, found="both an end and a length", expected="one of the two"
            )
        if times.end and not start:
            self._report_end_alone(times.end)
        elif times.end:
            end = self._moment(times.end, self.day)
        elif times.length is not None:
            end = start.plus(times.length) if start else None
        elif not times.start:
            end = frame.end
        return start, self._checked_end(start, end, draft)

    def _start(self, draft: Draft, frame: _Frame) -> Moment | None:
        times = draft.times
        if times.start:
            return self._moment(times.start, self.day)
        if frame.start:
            return frame.start
        if times.length is None or not times.length_piece:
            return None
        if not self.last_end:
            self._report_loose_length(times.length_piece)
        return self.last_end

    def _moment(self, clock: Clock, day: date) -> Moment | None:
        if self.head.zone:
            return place_clock(clock, day, self.head.zone, self.faults)
        self.faults.add(
            clock.piece,
            found=f"the time {quoted(clock.piece.text)} and no zone",
            expected="a line “zone: …” above the days, like “zone: Europe/Amsterdam”",
        )
        self.head.zone = "UTC"  # Report it once, and read on.
        return place_clock(clock, day, self.head.zone, self.faults)

    def _checked_end(self, start: Moment | None, end: Moment | None, draft: Draft) -> Moment | None:
        """Return the end if the session has a valid length; otherwise None, with a problem."""
        times = draft.times
        piece = times.end.piece if times.end else times.length_piece
        if not (start and end and piece):
            return end if start else None
        length = end.instant - start.instant
        if timedelta() < length < LONGEST:
            return end
        if length >= LONGEST:
            self._report_long(piece)
        else:
            self._report_order(piece, start, end)
        return None

    def _report_order(self, piece: Piece, start: Moment, end: Moment) -> None:
        if is_skipped(start) or is_skipped(end):
            return  # Already reported; its instant means nothing.
        is_next_day = end.instant + DAY_LENGTH - start.instant <= MOST_OVER_MIDNIGHT
        hint = f"after midnight, {end.wall:%H:%M} is written {end.wall:%H:%M}+1"
        self.faults.add(
            piece,
            found=f"{quoted(piece.text)}, an end that is not after its start at {start.wall:%H:%M}",
            expected="a later time",
            hint=hint if is_next_day else "",
        )

    def _report_long(self, piece: Piece) -> None:
        self.faults.add(
            piece,
            found=f"{quoted(piece.text)}, which makes 24 hours or more",
            expected="a session of less than 24 hours",
            hint="write one item under each day; many apps cannot read a longer one",
        )

    def _report_end_alone(self, end: Clock) -> None:
        self.faults.add(
            end.piece, found="an end and no start", expected="a start with it, like 09:30-10:20"
        )

    def _report_loose_length(self, piece: Piece) -> None:
        before = f"{quoted(self.last_title)} before it says no end" if self.last_title else ""
        self.faults.add(
            piece,
            found=f"the length {quoted(piece.text)} with nothing to begin after",
            expected="a start before it, like 10:20 20m",
            hint=before,
        )
