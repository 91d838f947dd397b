from datetime import datetime

from pelicanconf import *


def shouted(text: str) -> str:
    return text.upper() + "!"


def day(moment: datetime) -> str:
    return f"{moment:%-d}."


THEME = "awkward"
LINKS = [("Leaves", "https://leaves.example/")]
MENUITEMS = [("Elsewhere", "https://elsewhere.example/")]
DEFAULT_PAGINATION = 2
JINJA_FILTERS = {"shouted": shouted}
JINJA_GLOBALS = {"day": day}
JINJA_ENVIRONMENT = {"trim_blocks": True, "extensions": ["jinja2.ext.do"]}
LOCALE = ["C"]
FEED_ALL_ATOM = "feeds/all.atom.xml"
FEED_ALL_RSS = "feeds/all.rss.xml"
