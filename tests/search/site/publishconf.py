from settings import *

PUBLISH = True
