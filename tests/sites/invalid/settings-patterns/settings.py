from pelicanconf import *

ARTICLE_URL = "posts/{slgu}/"
TAG_URL = "tags/{slug"
PAGE_URL = "{slug:%Y}/"
