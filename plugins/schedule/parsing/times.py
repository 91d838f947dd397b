"""Read clocks, lengths, days and zones as authors write them.

    times  = clock [ dash clock ] [ length ] / length         ; dash is "-", "–" or "—"
    clock  = hour ":" minute [ "+" days ] [ "(first)" / "(second)" ]
    hour   = 0..47                       ; 25:30 is half past one in the night after the day
    days   = 1..9                        ; 01:30+1 is the same
    length = n "m" / n "min" / n "h" [ n [ "m" ] ]            ; 45m, 1h, 1h30
    day    = YYYY "-" MM "-" DD
    zone   = a name of the IANA database with a "/", or "UTC"

When clocks go back, one hour of the night occurs twice; `(first)` and `(second)` select one. When
clocks go forward, one hour does not occur, and a time within it is a problem.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import available_timezones

from msgspec import Struct

from ...source.problem import Severity, did_you_mean, quoted
from ...source.times import find_zone
from ..model import Moment
from .pieces import Faults, Piece

DAY_LENGTH = timedelta(days=1)

YEARS = range(1900, 3000)
"""The valid years, far from both ends of Python's calendar, so that no arithmetic overflows."""

# Matches `9:30`, `25:30`, `01:30+1`, `02:30 (second)`; not `9.30`, `930` or `5pm`.
CLOCK = re.compile(
    r"""
    (?P<hour>\d{1,2}) : (?P<minute>\d\d) (?!\d)
    (?: \+ (?P<days>\d) (?![\d:]) )?
    (?: \s* \( (?P<which>first|second) \) )?
    """,
    re.VERBOSE | re.ASCII,
)

# Matches ` – ` and `-` between two clocks.
DASH = re.compile(r"\s*[-–—]\s*(?=\d{1,2}:)")

# Matches `45m`, `90 min`, `1h`, `1h30`, `1h 30m` before a blank, a bar or the end; not `45 miles`.
LENGTH = re.compile(
    r"""
    (?: (?P<hours>\d{1,3}) h (?: \s? (?P<rest>\d{1,2}) m | (?P<bare>\d{1,2}) )?
      | (?P<minutes>\d{1,4}) \s? m (?:in)? )
    (?= [\s|] | $ )
    """,
    re.VERBOSE | re.ASCII,
)

# Matches `5pm`, `9:30 am`, `9.30-10.20`, `0930-1020`, `24:75`; not `9.1.3 is out` or `2011`.
NOT_QUITE_TIME = re.compile(
    r"""
    \d{1,2} (?: [:.] \d\d )? \s? [ap] \.? m \b
    | \d{1,2} [.:h]? \d\d \s? [-–—] \s? \d{1,2} [.:h]? \d\d \b
    | \d{1,2} : \d{1,3} \b
    """,
    re.VERBOSE | re.ASCII | re.IGNORECASE,
)

# Matches ` AM` and `pm` after `10:00`; not ` Ampère`.
HALF_DAY = re.compile(r"\s?[ap]\.?m\b", re.ASCII | re.IGNORECASE)

# Matches `-10.15` and `–25:00x` after `09:30`, an invalid end; not ` – 10 questions`.
TORN_END = re.compile(r"\s*[-–—](?:\d|\s?\d{1,2}:)\S*", re.ASCII)

# Matches `9.30`, `9h30` and `10-11` before a blank; they may also be a version or a score.
MAYBE_TIME = re.compile(r"\d{1,2}(?:[.h][0-5]\d|\s?[-–—]\s?\d{1,2})(?=\s)", re.ASCII)

# Matches `Europe/Amsterdam` and `America/Argentina/Ushuaia`; not `and/or` or `CET`.
ZONE = re.compile(r"(?<!\S)[A-Z][A-Za-z]+(?:/[A-Z][\w+-]+)+(?!\S)|(?<!\S)UTC(?!\S)", re.ASCII)

ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

EXPECTED_CLOCK = "a 24-hour time like 09:30, 25:30 or 01:30+1"
EXPECTED_ZONE = "the IANA name of a time zone, like Europe/Amsterdam"


class Clock(Struct, frozen=True):
    """A time on a clock, as written under a day."""

    after: timedelta
    """The time since the midnight at which the day begins; 25:30 is 25½ hours."""
    which: Literal["", "first", "second"]
    piece: Piece

    def wall(self, day: date) -> datetime:
        """Return the wall time of a clock that is written under `day`, without a zone."""
        return datetime.combine(day, time()) + self.after


class Times(Struct, frozen=True):
    """The times before a title; each is optional."""

    start: Clock | None = None
    end: Clock | None = None
    length: timedelta | None = None
    length_piece: Piece | None = None


def find_times(piece: Piece, faults: Faults) -> tuple[Times, Piece]:
    """Return the times at the start of a text, and the rest of the text."""
    start = CLOCK.match(piece.text)
    if not start and (length := LENGTH.match(piece.text)):
        found = Times(length=_length(length), length_piece=piece.cut(0, length.end()))
        return found, piece.cut(length.end())
    if not start or not _ends_time(piece.text, start.end()):
        report_near_time(piece, faults)
        return Times(), piece
    return _range(piece, start, faults)


def parse_clock(piece: Piece, faults: Faults) -> Clock | None:
    """Return the clock that the whole text is; None, with a problem, if it is none."""
    match = CLOCK.fullmatch(piece.text)
    if match:
        return _clock(match, piece, faults)
    faults.add(piece, found=quoted(piece.text), expected=EXPECTED_CLOCK)
    return None


def parse_length(piece: Piece, faults: Faults) -> timedelta | None:
    """Return the length that the whole text is; None, with a problem, if it is none."""
    if length := written_length(piece.text):
        return length
    faults.add(piece, found=quoted(piece.text), expected="a length like 45m, 1h or 1h30")
    return None


def written_length(text: str) -> timedelta | None:
    """Return the length that the whole text is, like `45m`; None if it is none or zero."""
    match = LENGTH.fullmatch(text)
    return (_length(match) or None) if match else None


def parse_date(piece: Piece, faults: Faults) -> date | None:
    """Return the date that the whole text is; None, with a problem, if it is none."""
    try:
        day = date.fromisoformat(piece.text) if ISO_DAY.fullmatch(piece.text) else None
        reason = ""
    except ValueError as error:
        day, reason = None, f", whose {error}"
    if day and day.year in YEARS:
        return day
    faults.add(piece, found=quoted(piece.text) + reason, expected="a date like 2011-10-21")
    return None


def parse_zone(piece: Piece, faults: Faults) -> str:
    """Return the zone's name; empty, with a problem, if there is no such zone."""
    if is_zone(piece.text):
        return piece.text
    names = sorted(name for name in available_timezones() if "/" in name)
    cities = {name.rpartition("/")[2].replace("_", " "): name for name in names}
    near = cities.get(piece.text.replace("_", " ").title(), "")
    hint = f"did you mean {quoted(near)}?" if near else did_you_mean(piece.text, names)
    faults.add(piece, found=quoted(piece.text), expected=EXPECTED_ZONE, hint=hint)
    return ""


def is_zone(name: str) -> bool:
    """Return True for UTC and for zones of places; `CET` and `EST` are not accepted."""
    return ("/" in name or name == "UTC") and find_zone(name) is not None


def place_clock(clock: Clock, day: date, zone: str, faults: Faults) -> Moment:
    """Return the moment at which a clock in the zone shows the time.

    Report a time that does not occur, one that is ambiguous, and a needless `(first)` or
    `(second)`.
    """
    wall = clock.wall(day)
    first, second = Moment.at_wall(wall, zone), Moment.at_wall(wall, zone, fold=1)
    _report_clock_change(clock, first, second, faults)
    return second if clock.which == "second" and is_twice(first, second) else first


def is_twice(first: Moment, second: Moment) -> bool:
    """Return True if a wall time, seen with both folds, occurs twice (PEP 495)."""
    return first.offset > second.offset


def is_skipped(moment: Moment) -> bool:
    """Return True if the wall time never occurs, because clocks go forward over it."""
    return _after_gap(moment) != moment.wall


def report_near_time(piece: Piece, faults: Faults) -> None:
    """Report a text that begins almost like a time; only warn if it may be a title as well."""
    match = NOT_QUITE_TIME.match(piece.text)
    if maybe := match or MAYBE_TIME.match(piece.text):
        faults.add(
            piece,
            found=quoted(maybe[0]),
            expected=f"{EXPECTED_CLOCK}, or a title",
            hint="a title that begins like a time is written as {title: …}",
            severity=Severity.ERROR if match else Severity.WARNING,
        )


def _range(piece: Piece, start: re.Match[str], faults: Faults) -> tuple[Times, Piece]:
    begins, position = _clock(start, piece.cut(0, start.end()), faults), start.end()
    ends, length, length_piece = None, None, None
    dash = DASH.match(piece.text, position)
    end = CLOCK.match(piece.text, dash.end()) if dash else None
    if end and _ends_time(piece.text, end.end()):
        ends = _clock(end, piece.cut(end.start(), end.end()), faults)
        position = end.end()
    elif written := LENGTH.match(rest := piece.text[position:].lstrip()):
        position = len(piece.text) - len(rest) + written.end()
        length = _length(written)
        length_piece = piece.cut(position - len(written[0]), position)
    elif torn := TORN_END.match(piece.text, position):
        position = torn.end()
        end_piece = piece.cut(torn.start(), position)
        faults.add(end_piece, found=quoted(end_piece.text), expected=f"“-” and {EXPECTED_CLOCK}")
    times = Times(begins, ends, length, length_piece) if begins else Times()
    return times, _without_dash(piece.cut(position))


def _without_dash(piece: Piece) -> Piece:
    """Return the text without a dash at its start, as in `09:30 – Title`."""
    match = re.match(r"[-–—]\s", piece.text)
    return piece.cut(match.end()) if match else piece


def _ends_time(text: str, position: int) -> bool:
    is_torn = text[position : position + 1].isalnum() or text[position : position + 1] in {"+", "."}
    return not is_torn and not HALF_DAY.match(text, position)


def _clock(match: re.Match[str], piece: Piece, faults: Faults) -> Clock | None:
    hour, minute, days = int(match["hour"]), int(match["minute"]), int(match["days"] or 0)
    if minute > 59 or hour > 47 or (days and hour > 23):
        faults.add(piece, found=quoted(piece.text), expected=EXPECTED_CLOCK)
        return None
    which: Literal["", "first", "second"] = (
        "first" if match["which"] == "first" else "second" if match["which"] else ""
    )
    return Clock(timedelta(days=days, hours=hour, minutes=minute), which, piece)


def _length(match: re.Match[str]) -> timedelta:
    if match["minutes"]:
        return timedelta(minutes=int(match["minutes"]))
    return timedelta(hours=int(match["hours"]), minutes=int(match["rest"] or match["bare"] or 0))


def _report_clock_change(clock: Clock, first: Moment, second: Moment, faults: Faults) -> None:
    zone, shown = first.zone, f"{first.wall:%H:%M}"
    day = f"{first.wall:%Y-%m-%d}"
    if first.offset < second.offset:
        faults.add(
            clock.piece,
            found=f"{quoted(clock.piece.text)}, a time that does not exist on {day} in {zone}",
            expected="a time before or after clocks go forward",
            hint=f"the clock on the wall shows {_after_gap(first):%H:%M} then",
        )
    elif is_twice(first, second) and not clock.which:
        faults.add(
            clock.piece,
            found=f"{quoted(clock.piece.text)}, a time that comes twice on {day} in {zone}",
            expected=f"{shown} (first) or {shown} (second)",
            hint=f"the first is {first.abbreviation}, the second {second.abbreviation}",
        )
    elif clock.which and first.offset == second.offset:
        faults.add(
            clock.piece,
            found=f"{quoted(clock.piece.text)}, a time that comes once on {day} in {zone}",
            expected=f"{quoted(shown)} alone",
        )


def _after_gap(skipped: Moment) -> datetime:
    """Return the time that clocks show at that instant; for a skipped time, a later one."""
    return Moment.at_instant(skipped.instant, skipped.zone).wall
