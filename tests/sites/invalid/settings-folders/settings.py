from pelicanconf import *

THEME = "nowhere"
