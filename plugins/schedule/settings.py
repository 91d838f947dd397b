"""The settings of events: `SCHEDULE = {"offline": False}` in `pelicanconf.py`."""

from __future__ import annotations

from msgspec import Struct


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The settings of events."""

    offline: bool = True
    """If True, readers' browsers cache an event's pages for times without a network."""
