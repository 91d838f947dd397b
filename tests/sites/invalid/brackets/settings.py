from pelicanconf import *

READ_TIME_LIMIT = 2
