from pelicanconf import *

TIMEZONE = "Europe/Amsterdm"
SITEURL = "tiny.example"
DEFAULT_PAGINATION = "many"
MENUITEMS = ["About"]
