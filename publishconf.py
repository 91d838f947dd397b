"""The settings of the public site: those of `pelicanconf.py`, and where it stands."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from pelicanconf import *

SITEURL = "https://hallwaytrack.example"
PUBLISH = True
