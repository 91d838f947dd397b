from pelicanconf import *

REDIRECTS = {"/a/": "/b/", "/b/": "/a/", "/c/": "/posts/te/", "/posts/tea/": "/d/", "/e": None}
