"""Changes in words, for pages and feeds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from .. import words
from .diff import Change, Sort, State

HEADINGS = {
    Sort.CANCELLED: "Cancelled",
    Sort.MOVED: "Moved",
    Sort.ROOM: "In another room",
    Sort.BACK: "Back again",
    Sort.RENAMED: "Under another title",
    Sort.NEW: "New",
}
"""In the order in which they matter to somebody who has plans."""


def heading_of(change: Change) -> Sort:
    """What a change is told under: the first of its sorts that matters."""
    return next(sort for sort in HEADINGS if sort in change.sorts)


def change_in_words(change: Change) -> str:
    """What changed, like `from Saturday, 24 October, 10:00 to 11:00; from Attic to Cellar`."""
    return "; ".join(_parts(change)) or _where(change.after)


def counted(changes: tuple[Change, ...]) -> str:
    """How many sessions changed in which way, like `2 moved, 1 new`."""
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
        yield f"from {_when(before)} to {_when(after, than=before)}"
    if Sort.ROOM in change.sorts and Sort.BACK not in change.sorts:
        yield f"from {_room(before)} to {_room(after)}"
    if Sort.RENAMED in change.sorts:
        yield f"was “{before.title}”"


def _where(state: State) -> str:
    return ", ".join(part for part in (_when(state), state.places) if part)


def _room(state: State) -> str:
    return "all rooms" if state.rooms == ("*",) else state.places or "a room not known yet"


def _when(state: State, *, than: State | None = None) -> str:
    """The day and the time; the day is left out where it is that of another state, and clear."""
    clock = _clock(state, has_end=than is not None and than.start == state.start)
    if than and than.day == state.day and clock:
        return clock
    day = words.weekday(date.fromisoformat(state.day)) if state.day else ""
    return ", ".join(part for part in (day, clock) if part) or "a time not known yet"


def _clock(state: State, *, has_end: bool) -> str:
    if not state.start:
        return "a time not known yet"
    start = f"{datetime.fromisoformat(state.start):%H:%M}"
    if not has_end:
        return start
    return f"{start} until {datetime.fromisoformat(state.end):%H:%M}" if state.end else start
