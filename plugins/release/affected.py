"""The status of a version for a vulnerability, given the reader's answer to its condition.

    has the fix through its own branch        → not affected
    among the versions of unknown status      → not known
    the affected versions are known:
        not among them                        → not affected
        among them, condition holds or none   → affected
        among them, condition does not hold   → not affected
        among them, condition not answered    → perhaps
    they are not known:
        condition does not hold               → not affected
        an older version of a branch that was fixed → perhaps
        any other version                     → not known

An unknown status is never “not affected”. The page's script (affected.js) does the same.
"""

from __future__ import annotations

import enum

from .model import Change, Version
from .upgrade import has


class Status(enum.Enum):
    """The status of a version; the value is its text on pages."""

    AFFECTED = "affected"
    PERHAPS = "perhaps"
    NOT_AFFECTED = "not affected"
    NOT_KNOWN = "not known"


def status(
    change: Change, number: int, versions: tuple[Version, ...], *, holds: bool | None = None
) -> Status:
    """Return the status of a version; `holds` answers the condition, None for no answer."""
    if has(change, number, versions):
        return Status.NOT_AFFECTED
    if _is_among(number, change.unknown):
        return Status.NOT_KNOWN
    if change.affects is not None and not _is_among(number, change.affects):
        return Status.NOT_AFFECTED
    if change.condition and holds is False:
        return Status.NOT_AFFECTED
    if change.affects is not None:
        return Status.PERHAPS if change.condition and holds is None else Status.AFFECTED
    branches = {versions[n].branch for n in change.fixed}
    return Status.PERHAPS if versions[number].branch in branches else Status.NOT_KNOWN


def _is_among(number: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= number <= last for first, last in ranges)
