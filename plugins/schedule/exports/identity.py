"""The UID, revision and stamp that calendars know a session by."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit

from ...core.site import Site
from ..events import Edition
from ..model import Session
from .model import Identity

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""The stamp of what was never published and names no change; every real one is later."""


def identity_of(site: Site, edition: Edition, session: Session) -> Identity:
    """What the ledger holds of a session, with what this build changes; else a provisional one."""
    if record := edition.records.get(session.id):
        return Identity(record.uid, record.sequence, datetime.fromisoformat(record.stamp))
    modified = edition.document.front_matter.modified
    stamp = modified.astimezone(UTC) if modified else NEVER
    return Identity(provisional_uid(site, edition.slug, session), 0, stamp)


def provisional_uid(site: Site, slug: str, session: Session) -> str:
    """The UID of a session that was never published: its id, at the event's name and the host."""
    return f"{session.id}@{slug}.{urlsplit(site.settings.address).hostname}"
