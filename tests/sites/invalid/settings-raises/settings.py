from pelicanconf import *

SITENAME = SITENAM
