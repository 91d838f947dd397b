"""The settings of the public site: those of `pelicanconf.py`, and where it stands."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from pelicanconf import *  # noqa: E402,F403  the path has to be set first

SITEURL = "https://hallwaytrack.example"
PUBLISH = True
