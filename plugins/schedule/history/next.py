"""What the ledger is to hold next of something that calendars know: one rule for all of them."""

from __future__ import annotations

from datetime import UTC, datetime

from ...site.ledger import SessionRecord, State
from ...site.site import Site

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""The stamp of what was never published and names no change; every real one is later."""


def next_record(
    old: SessionRecord | None,
    state: State,
    *,
    site: Site,
    uid: str,
    modified: datetime | None,
    is_significant: bool,
) -> SessionRecord:
    """The record that holds a state; the old one when that says the same.

    `uid` is for what has no record yet, and `modified` when it changed, as long as it has none.
    `is_significant` is whether somebody's calendar has to tell them of the change.
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
