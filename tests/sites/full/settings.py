from pathlib import Path

from pelicanconf import *

import plugins

# The real theme: what the tests of the full site look at is what readers get.
THEME = str(Path(plugins.__file__).parents[1] / "theme")

SITENAME = "Full & whole"
SITEURL = "https://full.example/blog"
COPYRIGHT = "© Ada & Grace"
LICENCE = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
SOURCE = ("Source", "https://code.example/full")
MENUITEMS = [("Elsewhere", "https://elsewhere.example/")]
EXTRA_PATH_METADATA = {"extra/robots.txt": {"path": "robots.txt"}}
DEFAULT_PAGINATION = 4
