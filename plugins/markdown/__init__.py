"""Text becomes a tree and the tree a document: the one place that imports Python-Markdown.

converter.py        what Hallway adds to Python-Markdown, and the converter
swift.py            Python-Markdown's hot paths, with less work and the same bytes
highlight.py        pymdownx's and Pygments' hot paths, likewise
lexing.py           the loop of Pygments' lexers, likewise
fence_languages.py  which languages a code block can be in
"""
