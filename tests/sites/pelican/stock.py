"""The same site for stock Pelican, with what Hallway makes of the settings said in its own."""

from settings import *

PELICAN_CLASS = "pelican.Pelican"
PLUGINS = []
USE_FOLDER_AS_CATEGORY = False
DEFAULT_DATE_FORMAT = "%a %d %B %Y"
SLUGIFY_SOURCE = "basename"
ARTICLE_SAVE_AS = DRAFT_SAVE_AS = "posts/{slug}/index.html"
DRAFT_URL = ARTICLE_URL
ARTICLE_LANG_URL = "posts/{slug}-{lang}/"
ARTICLE_LANG_SAVE_AS = "posts/{slug}-{lang}/index.html"
PAGE_SAVE_AS = "{slug}/index.html"
TAG_SAVE_AS = "tags/{slug}/index.html"
CATEGORY_SAVE_AS = "categories/{slug}/index.html"
AUTHOR_SAVE_AS = "authors/{slug}/index.html"
YEAR_ARCHIVE_URL = "archive/{date:%Y}/"
YEAR_ARCHIVE_SAVE_AS = "archive/{date:%Y}/index.html"
# Posts without a category are in one that has no feed.
CATEGORY_FEED_ATOM = None
TAG_FEED_ATOM = "feeds/tag/{slug}.atom.xml"
TAG_FEED_RSS = "feeds/tag/{slug}.rss.xml"
