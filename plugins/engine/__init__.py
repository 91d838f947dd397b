"""The build itself: six stages from files to a site that is exchanged in one step.

`Engine` is the class for Pelican's `PELICAN_CLASS`.
"""

from .engine import Engine

__all__ = ["Engine"]
