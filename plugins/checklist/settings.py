"""The settings of checklists: `CHECKLIST = {"join": False}` in `pelicanconf.py`."""

from __future__ import annotations

from msgspec import Struct


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The settings of checklists."""

    join: bool = True
    """True to join the lists of a post of the kind `checklist`, with its headings as sections."""
    note: str = "Without script the boxes tick, but your ticks are not kept."
    """The line below a list where script is off."""
