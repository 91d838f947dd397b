"""The settings of feeds: `FEEDS = {"hub": "https://hub.example/"}` in `pelicanconf.py`."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict


def _web_address(value: object) -> object:
    if isinstance(value, str) and value and urlsplit(value).scheme not in {"http", "https"}:
        raise ValueError("an address like https://hub.example/")
    return value


class Settings(BaseModel):
    """What feeds say beside what is in them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    hub: Annotated[str, BeforeValidator(_web_address)] = ""
    """The WebSub hub that the publisher tells of new posts, and that tells the subscribers."""
