"""What a site may choose about its checklists."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The setting `CHECKLIST`."""

    join: bool = True
    """The lists of a post of the kind `checklist` are one list, with its headings as sections."""
    note: str = "Without script the boxes tick, but your ticks are not kept."
    """The line that stands under a list where script is off."""
