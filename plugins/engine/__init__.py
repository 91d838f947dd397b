"""The build: six stages from files to a site that is replaced in one step.

`Engine` is for Pelican's `PELICAN_CLASS`; `THEME` is the folder of our own theme.
"""

from __future__ import annotations

import signal
import sys
from typing import Any

if sys.argv[:1] == ["-m"]:  # as a program: until `main` runs, Ctrl+C ends it without a traceback
    signal.signal(signal.SIGINT, signal.SIG_DFL)

from ..pelican_theme.theme import OUR_THEME as THEME


def Engine(settings: dict[str, Any]) -> Any:  # noqa: N802  what Pelican calls as a class
    """Return the engine that builds with these settings.

    The import is delayed, so that a settings file can name it without loading the engine.
    """
    from .engine import Engine as Builder  # noqa: PLC0415

    return Builder(settings)


__all__ = ["THEME", "Engine"]
