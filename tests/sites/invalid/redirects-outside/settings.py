from pelicanconf import *

REDIRECTS = {"tea": "/posts/tea/", "/tea/": "https://elsewhere.example/", "/../tea/": None}
