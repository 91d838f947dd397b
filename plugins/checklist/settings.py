"""The settings of checklists: `CHECKLIST = {"join": False}` in `pelicanconf.py`."""

from __future__ import annotations

from msgspec import Struct


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a site may choose about its checklists."""

    join: bool = True
    """Whether the lists of a post of the kind `checklist` are one, with headings as sections."""
    note: str = "Without script the boxes tick, but your ticks are not kept."
    """The line that stands under a list where script is off."""
