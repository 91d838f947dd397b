from pathlib import Path

import plugins

import pelicanconf
from pelicanconf import *  # noqa: F403  what differs

PLUGINS = [*pelicanconf.PLUGINS, "plugins.schedule"]
THEME = str(Path(plugins.__file__).parents[1] / "theme")
