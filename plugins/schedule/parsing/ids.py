"""Lasting ids: an author's own, else the title as a slug, told apart by numbers.

    id = the author's `id`
       / slug of the title [ "-" n ]       ; n = 2, 3, … in the file's order, past ids in use

An id outlives a change of time, room or speaker. What was published keeps its own under another
title as well, where that is beyond doubt: see renamed.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from ...source.slug import slugify


class Wish(Struct, frozen=True):
    """What an id is made from."""

    own: str
    """The author's id; empty without one."""
    title: str


def distinct_ids(wishes: Sequence[Wish], *, word: str) -> list[str]:
    """An id for each wish; an author's own stays as it is unless an earlier one has it.

    `word` stands for a title that has no letters.
    """
    own = {wish.own for wish in wishes if wish.own}
    taken, known = set[str](), set(own)
    last: dict[str, int] = {}
    ids = []
    for wish in wishes:
        wanted = wish.own or slugify(wish.title) or word
        is_free = wanted not in taken and (bool(wish.own) or wanted not in own)
        ids.append(wanted if is_free else _numbered(wanted, known, last))
        taken.add(ids[-1])
        known.add(ids[-1])
    return ids


def _numbered(wanted: str, known: set[str], last: dict[str, int]) -> str:
    """The word with the next number that is free; `last` are the numbers given, by word."""
    number = last.get(wanted, 1) + 1
    while f"{wanted}-{number}" in known:
        number += 1
    last[wanted] = number
    return f"{wanted}-{number}"
