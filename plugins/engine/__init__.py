"""The build itself: six stages from files to a site that is exchanged in one step.

`Engine` is the class for Pelican's `PELICAN_CLASS`, `THEME` the folder of our own theme.
"""

import signal
import sys

if sys.argv[:1] == ["-m"]:  # as a program: until `main` runs, Ctrl+C ends it without a traceback
    signal.signal(signal.SIGINT, signal.SIG_DFL)

from ..pelican_theme.theme import OUR_THEME as THEME
from .engine import Engine

__all__ = ["THEME", "Engine"]
