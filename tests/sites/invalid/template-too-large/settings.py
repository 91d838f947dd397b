from pelicanconf import *

PAGE_SIZE_LIMIT = 100_000
