from pelicanconf import *

TIMEZONE = "Europe/Berlin"
