from pelicanconf import *

SITENAME = "Tiny
