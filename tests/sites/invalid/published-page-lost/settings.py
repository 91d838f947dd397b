from pelicanconf import *

PUBLISH = True
