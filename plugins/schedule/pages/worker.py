"""Write the script that caches an event's pages for times without a network: `sw.js`."""

from __future__ import annotations

import json
from pathlib import Path

from msgspec import Struct, to_builtins
from rjsmin import jsmin


class Kept(Struct, frozen=True):
    """The pages and files that an event's service worker caches."""

    scope: str
    """The path below which the event's pages are, with the base path."""
    theme: str
    """The address of the theme's folder."""
    version: str
    """Changes if the schedule or the theme changes."""
    keep: tuple[str, ...]
    """The addresses that the worker fetches at once."""


def write_worker(source: Path, kept: Kept | None) -> bytes:
    """Return the worker's script, made from the script at `source`.

    With None, the worker removes itself and its caches.
    """
    settings = json.dumps(to_builtins(kept), ensure_ascii=False, sort_keys=True)
    return f"const OFFLINE = {settings};\n{jsmin(source.read_text('utf-8'))}\n".encode()
