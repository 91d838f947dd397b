"""What changed between two programmes: pure, session by session, by id.

    new           it was not there before            renamed     its title differs
    moved         its start or end differs           cancelled   it does not take place any more
    other room    its rooms differ                   back again  it was cancelled, and takes place

Texts, speakers and links may differ without a word: a reader who goes there misses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...site.ledger import Change, Seen, Sort


def changes(before: Mapping[str, Seen], after: Mapping[str, Seen]) -> tuple[Change, ...]:
    """Every session that readers would find other than they knew it, in the order of `after`.

    What is not in `after` at all is told as cancelled, at the end.
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
    """Whether somebody's calendar has to tell them (RFC 5546, section 2.1.4)."""
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
