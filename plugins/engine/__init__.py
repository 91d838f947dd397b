"""The build itself: six stages from files to a site that is exchanged in one step.

`Engine` is the class for Pelican's `PELICAN_CLASS`, `THEME` the folder of our own theme.
"""

from ..pelican_theme.theme import OUR_THEME as THEME
from .engine import Engine

__all__ = ["THEME", "Engine"]
