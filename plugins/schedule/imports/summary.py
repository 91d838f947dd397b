"""Describes the differences between two states of a schedule in a person's words.

    new, gone, renamed, moved, other room, other speakers, changed

Sessions that move to another day together, at the same times, are one change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from ...source.marked import Plain
from ...source.problem import quoted
from .lines import DAY, Fields

FEW = 5
"""The largest number of sessions moving together that are reported one by one."""

MOST_TOLD = 20
"""The largest number of changes of one sort that are reported one by one."""

ASIDE = {DAY, "time", "rooms", "speakers", "title", "id"}
"""Fields that have words of their own; all others are named."""

IN_SHORT = {
    "other room": "in another room",
    "speakers": "with other speakers",
    "text": "with another text",
    "changed": "changed otherwise",
}
"""The words of changes in a count; all others are counted under their own words."""

Move = tuple[str, str]


class Change(Struct, frozen=True, order=True):
    """One difference."""

    word: str
    text: str
    count: int = 1
    """The number of sessions or texts that it covers."""

    def __str__(self) -> str:
        return f"{self.word:<12}{self.text}"


def changes_of(before: Mapping[str, Fields], after: Mapping[str, Fields]) -> list[Change]:
    """Return the changes: common moves first, then session by session, then new and gone ones.

    If the two states share no id, one change covers all that are gone, and one all that are new.
    """
    shared = [id for id in after if id in before]
    moves = Counter(_day_move(before[id], after[id]) for id in shared)
    common = {move for move, count in moves.items() if move and count > FEW}
    if not shared and min(len(before), len(after)) > FEW:
        ids = "none of the ids is the same"
        gone = Change("gone", f"all {len(before)} sessions that were here ({ids})", len(before))
        return [gone, Change("new", f"all {len(after)} sessions of the file", len(after))]
    changes = [
        Change(
            "moved",
            f"{moves[move]} sessions from {move[0]} to {move[1]}, at the same times",
            moves[move],
        )
        for move in sorted(common)
    ]
    for id in shared:
        is_common = _day_move(before[id], after[id]) in common
        changes += _of_session(before[id], after[id], is_common=is_common)
    changes += [Change("new", _told(after[id])) for id in after if id not in before]
    changes += [Change("gone", _told(before[id])) for id in before if id not in after]
    return changes


def told_changes(changes: Sequence[Change], days: Iterable[str]) -> list[str]:
    """Return the changes as lines; of each sort at most `MOST_TOLD`, then the number of the others.

    `days` are those of all sessions; if every session is new, each day's sessions are counted.
    """
    new = sum(change.count for change in changes if change.word == "new")
    by_day = Counter(days)
    if FEW < new == by_day.total():
        others = [change for change in changes if change.word != "new"]
        counts = [Change("new", f"{by_day[day]} on {day}") for day in sorted(by_day)]
        changes = [*others, *counts]
    seen, lines = Counter[str](), []
    for change in changes:
        seen[change.word] += 1
        lines += [str(change)] if seen[change.word] <= MOST_TOLD else []
    more = {word: count - MOST_TOLD for word, count in seen.items() if count > MOST_TOLD}
    return lines + [str(Change(word, f"and {count} more")) for word, count in more.items()]


def counted_changes(changes: Iterable[Change]) -> str:
    """Return the number of sessions changed in each way, like `2 new, 1 in another room`."""
    counts = Counter[str]()
    for change in changes:
        counts[IN_SHORT.get(change.word, change.word)] += change.count
    return ", ".join(f"{count} {words}" for words, count in counts.items())


def _day_move(before: Fields, after: Fields) -> Move | None:
    """Return the two days of a session that changes the day but not the time; else None."""
    days = str(before.get(DAY)), str(after.get(DAY))
    return days if days[0] != days[1] and before.get("time") == after.get("time") else None


def _of_session(before: Fields, after: Fields, *, is_common: bool) -> Iterator[Change]:
    title = quoted(str(after.get("title") or before.get("title") or after.get("id")))
    if before.get("title") != after.get("title"):
        yield Change("renamed", f"{quoted(str(before.get('title')))} is {title} now")
    if _when(before) != _when(after) and not is_common:
        yield Change("moved", f"{title} from {_when(before)} to {_when(after)}")
    for key, word in (("rooms", "other room"), ("speakers", "speakers")):
        if _sorted(before.get(key)) != _sorted(after.get(key)):
            yield Change(word, f"{title} {_names(before.get(key))} → {_names(after.get(key))}")
    others = [key for key in dict.fromkeys([*after, *before]) if key not in ASIDE]
    changed = [key for key in others if before.get(key) != after.get(key)]
    if changed:
        yield Change("changed", f"{title}: {', '.join(changed)}")


def _sorted(value: Plain) -> list[str]:
    """Return the names sorted: their order changes from one export to the next."""
    return sorted(map(str, value)) if isinstance(value, list) else [str(value or "")]


def _when(fields: Fields) -> str:
    return " ".join(str(fields[key]) for key in (DAY, "time") if fields.get(key))


def _names(value: Plain) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) and value else "nobody said"


def _told(fields: Fields) -> str:
    rooms = _names(fields.get("rooms")) if fields.get("rooms") else ""
    return ", ".join(
        part for part in (quoted(str(fields.get("title"))), _when(fields), rooms) if part
    )
