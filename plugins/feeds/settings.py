"""The settings of feeds: `FEEDS = {"hub": "https://hub.example/"}` in `pelicanconf.py`."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from msgspec import Struct

from ..source.rules import Before


def _web_address(value: object) -> object:
    if isinstance(value, str) and value and urlsplit(value).scheme not in {"http", "https"}:
        raise ValueError("an address like https://hub.example/")
    return value


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The settings in FEEDS."""

    hub: Annotated[str, Before(_web_address)] = ""
    """The WebSub hub, which the publisher notifies of new posts, and which notifies subscribers."""
