"""Describes changes in words, for pages and feeds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from ...site.ledger import Change, Seen, Sort
from .. import words

HEADINGS = {
    Sort.CANCELLED: "Cancelled",
    Sort.MOVED: "Moved",
    Sort.ROOM: "In another room",
    Sort.BACK: "Back again",
    Sort.RENAMED: "Under another title",
    Sort.NEW: "New",
}
"""The headings in the order in which they matter to somebody who has plans."""


def heading_of(change: Change) -> Sort:
    """Return the sort to list a change under: the one of its sorts that matters most."""
    return next(sort for sort in HEADINGS if sort in change.sorts)


def change_in_words(change: Change) -> str:
    """Return a change in words: `Saturday, 24 October, 11:00 instead of 10:00; was “Nets”`."""
    return "; ".join(_parts(change)) or _where(change.after)


def counted_changes(changes: tuple[Change, ...]) -> str:
    """Return the numbers of sessions changed in each way, like `2 moved, 1 new`."""
    found = [heading_of(change) for change in changes]
    return ", ".join(f"{found.count(sort)} {sort}" for sort in HEADINGS if sort in found)


def _parts(change: Change) -> Iterator[str]:
    before, after = change.before, change.after
    if not before:
        return
    if Sort.CANCELLED in change.sorts:
        yield f"was to be {_where(before)}"
    if Sort.BACK in change.sorts:
        yield _where(after)
    if Sort.MOVED in change.sorts and Sort.BACK not in change.sorts:
        yield _move(before, after)
    if Sort.ROOM in change.sorts and Sort.BACK not in change.sorts:
        yield f"{_room(after)} instead of {_room(before)}"
    if Sort.RENAMED in change.sorts:
        yield f"was “{before.title}”"


def _where(state: Seen) -> str:
    return ", ".join(part for part in (_when(state), state.places) if part)


def _room(state: Seen) -> str:
    return "all rooms" if state.rooms == ("*",) else state.places or "a room not known yet"


def _move(before: Seen, after: Seen) -> str:
    """Return the new and the old time in words; parts that stay the same come once."""
    if before.start != after.start or before.day != after.day:
        was = _clock(before) if before.day == after.day else _when(before)
        return f"{_when(after)} instead of {was}"
    was = _end(before).removeprefix("until ") if after.end else _end(before)
    return f"{_when(after)}, {_end(after)} instead of {was}"


def _when(state: Seen) -> str:
    day = words.weekday(date.fromisoformat(state.day)) if state.day else ""
    return ", ".join(part for part in (day, _clock(state)) if part)


def _clock(state: Seen) -> str:
    """Return a start like `10:00`, or `01:30 (next day)` after midnight, as schedules show it."""
    if not state.start:
        return "a time not known yet"
    start = datetime.fromisoformat(state.start)
    is_later = state.day and start.date() > date.fromisoformat(state.day)
    return f"{start:%H:%M}{' (next day)' if is_later else ''}"


def _end(state: Seen) -> str:
    return f"until {datetime.fromisoformat(state.end):%H:%M}" if state.end else "without an end"
