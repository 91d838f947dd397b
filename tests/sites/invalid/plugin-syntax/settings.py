from pelicanconf import *

PLUGINS = [*PLUGINS, "boom"]
