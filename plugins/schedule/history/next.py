"""Computes the ledger's next record of something in calendars: one rule for all of them."""

from __future__ import annotations

from datetime import UTC, datetime

from ...site.ledger import SessionRecord, State
from ...site.site import Site

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""The stamp of something never published and without a date of change; all others are later."""


def next_record(
    old: SessionRecord | None,
    state: State,
    *,
    site: Site,
    uid: str,
    modified: datetime | None,
    is_significant: bool,
) -> SessionRecord:
    """Return the record of a state; the old record if its state is the same.

    `uid` is for something without a record; so is `modified`, the date of its last change, which is
    the stamp until a publish. `is_significant` says whether calendars have to notify their owners.
    """
    if old and old.state == state:
        return old
    if site.settings.publish:
        now = site.now.astimezone(UTC)  # RFC 5545, section 3.8.7.2: a stamp never falls
        known = datetime.fromisoformat(old.stamp) if old else now
        stamp = max(now, known).astimezone(UTC).isoformat(timespec="seconds")
    else:
        stamp = old.stamp if old else (modified or NEVER).astimezone(UTC).isoformat()
    if not old:
        return SessionRecord(uid, 0, stamp, state)
    return SessionRecord(old.uid, old.sequence + is_significant, stamp, state)
