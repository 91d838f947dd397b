"""Whether a version is affected by a vulnerability, with what its reader knows of conditions.

    has the fix through its own branch        → not affected
    the versions affected are known:
        of the version nobody has said it     → not known
        not among them                        → not affected
        among them, condition holds or none   → affected
        among them, condition does not hold   → not affected
        among them, condition not answered    → perhaps
    they are not known:
        condition does not hold               → not affected
        an older version of a branch that was fixed → perhaps
        any other version                     → not known

What is not known is never “not affected”. The page's script (affected.js) does the same.
"""

from __future__ import annotations

import enum

from .model import Change, Version
from .upgrade import has


class Status(enum.Enum):
    """Whether a version is affected; the value is how pages say it."""

    AFFECTED = "affected"
    PERHAPS = "perhaps"
    NOT_AFFECTED = "not affected"
    NOT_KNOWN = "not known"


def status(
    change: Change, number: int, versions: tuple[Version, ...], *, holds: bool | None = None
) -> Status:
    """The status of a version; `holds` is the answer to the condition, None when there is none."""
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
