from pelicanconf import *

PLUGINS = [*PLUGINS, "sitemap", "plugins.blgo"]
