from pelicanconf import *

PLUGINS += ["plugins.release"]
