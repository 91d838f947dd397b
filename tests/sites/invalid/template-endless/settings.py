from pelicanconf import *

TEMPLATE_TIME_LIMIT = 1
