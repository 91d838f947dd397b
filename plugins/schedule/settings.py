"""The settings of events: `SCHEDULE = {"offline": False}` in `pelicanconf.py`."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Settings(BaseModel):
    """How events are published."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    offline: bool = True
    """Whether a reader's browser keeps an event's pages for when there is no network."""
