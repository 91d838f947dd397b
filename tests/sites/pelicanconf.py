"""The settings of the tests' sites; a site's own `settings.py` says what differs."""

from plugins.engine import Engine

PELICAN_CLASS = Engine
PLUGINS = ["plugins.shell", "plugins.blog", "plugins.feeds"]

SITENAME = "Tiny"
SITESUBTITLE = "A site for tests"
SITEURL = "https://tiny.example"
AUTHOR = "Ada"
TIMEZONE = "Europe/Amsterdam"
DEFAULT_LANG = "en"

PATH = "content"
THEME = "theme"
ARTICLE_PATHS = ["posts"]
PAGE_PATHS = ["pages"]
STATIC_PATHS = ["images"]

ARTICLE_URL = "posts/{slug}/"
PAGE_URL = "{slug}/"
TAG_URL = "tags/{slug}/"
CATEGORY_URL = "categories/{slug}/"
AUTHOR_URL = "authors/{slug}/"
