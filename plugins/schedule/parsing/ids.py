"""Make lasting ids: the author's own, or else the title's slug, made unique by a number.

    id = the author's `id`
       / slug of the title [ "-" n ]       ; n = 2, 3, … in the file's order, skipping used ids

An id stays the same when time, room or speakers change. A published session also keeps its id under
another title, if there is no doubt which session it is: see renamed.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from ...source.slug import slugify


class Wish(Struct, frozen=True):
    """The input for one id."""

    own: str
    """The author's id; empty if there is none."""
    title: str


def distinct_ids(wishes: Sequence[Wish], *, word: str) -> list[str]:
    """Return a unique id for each wish, in order.

    An author's id stays as it is, unless an earlier wish has the same. A title's id gets a number
    if another session has the id. `word` replaces a title without letters.
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
    """Return the word with the next free number.

    `last` maps each word to the number that it got last, and is updated.
    """
    number = last.get(wanted, 1) + 1
    while f"{wanted}-{number}" in known:
        number += 1
    last[wanted] = number
    return f"{wanted}-{number}"
