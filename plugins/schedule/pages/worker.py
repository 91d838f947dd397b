"""The script that keeps an event's pages for when there is no network (`/events/<slug>/sw.js`)."""

from __future__ import annotations

import json
from pathlib import Path

from msgspec import Struct, to_builtins
from rjsmin import jsmin


class Kept(Struct, frozen=True):
    """What the worker of an event keeps."""

    scope: str
    """The address below which its pages are, with the base path."""
    theme: str
    """The address of the theme's folder."""
    version: str
    """Changes with the programme and the theme."""
    keep: tuple[str, ...]
    """The addresses that are fetched at once."""


def write_worker(source: Path, kept: Kept | None) -> bytes:
    """The worker; without anything to keep, one that takes itself and its caches away."""
    settings = json.dumps(to_builtins(kept), ensure_ascii=False, sort_keys=True)
    return f"const OFFLINE = {settings};\n{jsmin(source.read_text('utf-8'))}\n".encode()
