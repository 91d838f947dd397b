"""The settings of checklists: `CHECKLIST = {"join": False}` in `pelicanconf.py`."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Settings(BaseModel):
    """What a site may choose about its checklists."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    join: bool = True
    """Whether the lists of a post of the kind `checklist` are one, with headings as sections."""
    note: str = "Without script the boxes tick, but your ticks are not kept."
    """The line that stands under a list where script is off."""
