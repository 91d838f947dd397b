"""Write the schedule as plain text, for mail, terminals and paper."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from ... import words
from ...exports.model import Export, ExportedDay, ExportedSession
from ...model import Moment, Session

WIDTH = 76
INDENT = " " * 16


def write_text(export: Export) -> bytes:
    """Return the bytes of `schedule.txt`."""
    return "".join(f"{line.rstrip()}\n" for line in _lines(export)).encode()


def _lines(export: Export) -> Iterator[str]:
    event = export.event
    yield from textwrap.wrap(export.title, WIDTH)
    when = [words.dates(event.first_day, event.last_day), export.venue]
    yield from textwrap.wrap(", ".join(part for part in when if part), WIDTH)
    yield export.url
    days = [day.date for day in export.days if day.timed]
    yield ""
    yield from textwrap.wrap(words.zone_sentence(export.zone, days), WIDTH)
    for day in export.days:
        yield from _day(day)


def _day(day: ExportedDay) -> Iterator[str]:
    heading = words.weekday_and_year(day.date) + (f": {day.title}" if day.title else "")
    yield from ("", "", heading, "=" * len(heading), "")
    for each in day.sessions:
        yield from _session(each)


def _session(each: ExportedSession) -> Iterator[str]:
    when = _when(each.session)
    status = words.STATUSES[each.session.status]
    title = f"{each.title} [{status}]" if status else each.title
    room = "" if each.session.is_everywhere else words.listed(list(each.rooms))
    facts = [words.listed(each.people), room, each.track, words.KINDS[each.session.kind]]
    first, *rest = textwrap.wrap(title, WIDTH - len(INDENT)) or [""]
    yield f"{when:{len(INDENT)}}{first}"
    yield from (f"{INDENT}{line}" for line in rest)
    about = textwrap.wrap(" · ".join(fact for fact in facts if fact), WIDTH - len(INDENT))
    yield from (f"{INDENT}{line}" for line in about)


def _when(session: Session) -> str:
    if not session.start:
        return "?"
    return _clock(session.start, session) + (
        f"-{_clock(session.end, session)}" if session.end else ""
    )


def _clock(at: Moment, session: Session) -> str:
    """Return the time, with `+1` if it is on the next day."""
    days = (at.wall.date() - session.day).days
    return words.clock(at) + (f"{days:+}" if days else "")
