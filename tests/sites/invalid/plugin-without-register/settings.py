from pelicanconf import *

PLUGINS = [*PLUGINS, "quiet"]
