"""Compares two schedules, session by session, by id; pure.

    new           it was not there before            renamed     its title differs
    moved         its start, end or day differs      cancelled   it does not take place any more
    other room    its rooms differ                   back again  it was cancelled, and takes place

Texts, speakers and links may differ without a report: a reader who goes there misses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...site.ledger import Change, Seen, Sort


def changes(before: Mapping[str, Seen], after: Mapping[str, Seen]) -> tuple[Change, ...]:
    """Return every session that differs for readers, in the order of `after`.

    A session that took place before and is not in `after` at all is cancelled; these come last.
    """
    found = [
        Change(id, _sorts(before.get(id), state), before.get(id), state)
        for id, state in after.items()
    ]
    gone = [
        Change(id, (Sort.CANCELLED,), state, state)
        for id, state in before.items()
        if id not in after and state.is_on
    ]
    return tuple(change for change in (*found, *gone) if change.sorts)


def is_significant(sorts: Sequence[Sort]) -> bool:
    """Return whether calendars have to notify their owners (RFC 5546, section 2.1.4)."""
    return bool({*sorts} - {Sort.NEW, Sort.RENAMED})


def _sorts(before: Seen | None, after: Seen) -> tuple[Sort, ...]:
    return tuple(_ways(before, after))


def _ways(before: Seen | None, after: Seen) -> Iterator[Sort]:
    if before is None:
        if after.is_on:
            yield Sort.NEW
        return
    if before.is_on and not after.is_on:
        yield Sort.CANCELLED
    if not after.is_on:
        return
    if not before.is_on:
        yield Sort.BACK
    if (before.start, before.end, before.day) != (after.start, after.end, after.day):
        yield Sort.MOVED
    if before.rooms != after.rooms:
        yield Sort.ROOM
    if before.title != after.title:
        yield Sort.RENAMED
