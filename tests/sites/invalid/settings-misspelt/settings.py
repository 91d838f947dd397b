from pelicanconf import *

SITENAM = "Tiny"
DEFAULT_PAGINATON = 5
MY_FRIENDS = "may be named as I like"
