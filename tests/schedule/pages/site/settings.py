from pathlib import Path

import pelicanconf
import plugins
from pelicanconf import *  # noqa: F403  a settings file is the one before it, and what differs

THEME = str(Path(plugins.__file__).parents[1] / "theme")
PLUGINS = [*pelicanconf.PLUGINS, "plugins.schedule"]
SITENAME = "Tiny"
SITEURL = "https://tiny.example/site"
