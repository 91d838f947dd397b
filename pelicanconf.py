"""The settings of this site: what an author changes. `publishconf.py` adds what the public gets."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
# So that `plugins` is one package, whatever folder the build is started in.
sys.path.insert(0, str(ROOT))

from plugins.engine import Engine  # noqa: E402  the path has to be set first

PELICAN_CLASS = Engine
PLUGIN_PATHS = [str(ROOT)]
PLUGINS = [
    "plugins.shell",
    "plugins.blog",
    "plugins.release",
    "plugins.feeds",
    "plugins.command",
    "plugins.checklist",
    "plugins.schedule",
    "plugins.search",
]

SITENAME = "Hallway Track"
SITESUBTITLE = "A database engineer's guides, release notes and conference diary"
AUTHOR = "Ines Halvorsen"
COPYRIGHT = "© Ines Halvorsen"
LICENCE = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
TIMEZONE = "America/Los_Angeles"
DEFAULT_LANG = "en"

PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
ARTICLE_PATHS = ["posts"]
PAGE_PATHS = ["pages"]
STATIC_PATHS = ["images"]

ARTICLE_URL = "posts/{slug}/"
PAGE_URL = "{slug}/"
TAG_URL = "tags/{slug}/"
CATEGORY_URL = "categories/{slug}/"
AUTHOR_URL = "authors/{slug}/"
DEFAULT_PAGINATION = 20
# Hallway writes the feeds; Pelican's own stay off.
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = None

# Published addresses that no page can speak for: what is there now, or None for what is gone.
REDIRECTS: dict[str, str | None] = {}
