"""The visibility of a document at a moment: drafts, future and expired posts, hidden ones."""

from __future__ import annotations

from datetime import datetime

from .schema import FrontMatter, PostFrontMatter
from .times import day_in_words


def mark_of(front_matter: FrontMatter, now: datetime) -> str:
    """Return the reason why the public does not find a document, or “”.

    The reasons are “Draft”, “Scheduled for …”, “Expired” and “Hidden”.
    """
    if front_matter.status == "draft":
        return "Draft"
    if isinstance(front_matter, PostFrontMatter):
        if front_matter.date > now:
            day = front_matter.date.astimezone(now.tzinfo).date()
            return f"Scheduled for {day_in_words(day)}"
        if front_matter.expires and front_matter.expires <= now:
            return "Expired"
    return "Hidden" if front_matter.status == "hidden" else ""


def is_public(mark: str) -> bool:
    """Return True if a publish writes documents with this mark.

    A hidden document is written, and has an address, but no list shows it.
    """
    return mark in {"", "Hidden"}
