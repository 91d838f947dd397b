"""Merges the three sides of a thing: the last import, the version here, and the new file.

last == here      the file's value is taken
last == there     the value here stays
here == there     there is nothing to do
all differ        the value here stays, and the clash is reported
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from ...source.marked import Plain
from .lines import Fields
from .record import KEY, mark, marks


class Clash(Struct, frozen=True):
    """A field that both sides changed."""

    field: str
    here: Plain
    there: Plain


class Merged(Struct, frozen=True):
    """The changes to one thing."""

    taken: Mapping[str, Plain]
    """The fields to set; None for a field to remove."""
    clashes: tuple[Clash, ...] = ()


def merge(
    last: Mapping[str, Plain], here: Mapping[str, Plain], there: Mapping[str, Plain]
) -> Merged:
    """Return the fields to take from `there`; `last` has values as the record has them."""
    taken: Fields = {}
    clashes = []
    for field in dict.fromkeys([*there, *here, *last]):
        if field == KEY:
            continue
        before, mine, theirs = last.get(field), here.get(field), there.get(field)
        if mine == theirs or mark(theirs) == before:
            continue
        if mark(mine) == before:
            taken[field] = theirs
        else:
            clashes.append(Clash(field, mine, theirs))
    return Merged(taken, tuple(clashes))


def is_untouched(last: Mapping[str, Plain], here: Mapping[str, Plain]) -> bool:
    """Return whether nothing was changed by hand since the last import."""
    return marks(here) == {field: value for field, value in last.items() if field != KEY}


def applied(fields: Mapping[str, Plain], taken: Mapping[str, Plain]) -> Fields:
    """Return the fields with the taken ones, in their order; new ones come last."""
    merged = {**fields, **taken}
    return {field: value for field, value in merged.items() if value is not None}
