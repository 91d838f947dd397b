"""Who sees a document when: drafts, future and expired posts, hidden ones."""

from __future__ import annotations

from datetime import datetime

from .schema import FrontMatter, PostFrontMatter
from .times import day_in_words


def mark_of(front_matter: FrontMatter, now: datetime) -> str:
    """Why the public does not find it: “Draft”, “Scheduled for …”, “Expired”, “Hidden”, or “”."""
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
    """Whether a publish writes a document with this mark; a hidden one has an address, unlisted."""
    return mark in {"", "Hidden"}
