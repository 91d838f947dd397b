"""Markdown becomes markup: the one place that imports Python-Markdown.

converter.py   what Hallway adds to Python-Markdown, and the converter
swift.py       Python-Markdown's hot paths, with less work and the same bytes
highlight.py   pymdownx's and Pygments' hot paths, likewise
languages.py   which languages a code block can be in
lexing.py      the loop of Pygments' lexers, likewise
"""

from .converter import Converter

__all__ = ["Converter"]
