"""A site in a subfolder with one event, for the tests of the schedule's script."""

import runpy
from pathlib import Path

import plugins

ROOT = Path(plugins.__file__).parents[1]
globals().update(runpy.run_path(str(ROOT / "pelicanconf.py")))

SITENAME = "Trial"
SITEURL = "https://example.org/hallway"
TIMEZONE = "UTC"
THEME = str(ROOT / "theme")
