"""The settings of events: `SCHEDULE = {"offline": False}` in `pelicanconf.py`."""

from __future__ import annotations

from msgspec import Struct


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How events are published."""

    offline: bool = True
    """Whether a reader's browser keeps an event's pages for when there is no network."""
