"""The site that the browser tests visit: Hallway's own theme and blocks, pages made for tests."""

from pathlib import Path

import plugins
from plugins.engine import Engine

PELICAN_CLASS = Engine
PLUGINS = [
    "plugins.shell",
    "plugins.blog",
    "plugins.feeds",
    "plugins.command",
    "plugins.checklist",
]

SITENAME = "Trial"
SITESUBTITLE = "Pages that a browser tries out"
SITEURL = "https://trial.example"
AUTHOR = "Ada"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"

PATH = "content"
THEME = str(Path(plugins.__file__).parents[1] / "theme")
ARTICLE_PATHS = ["posts"]
PAGE_PATHS = ["pages"]
STATIC_PATHS = ["images"]

ARTICLE_URL = "posts/{slug}/"
PAGE_URL = "{slug}/"
TAG_URL = "tags/{slug}/"
CATEGORY_URL = "categories/{slug}/"
AUTHOR_URL = "authors/{slug}/"
