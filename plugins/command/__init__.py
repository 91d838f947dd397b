"""Command sessions compiled at build: what is typed, what is printed, what is copied.

parse.py       the text of a fence becomes a `Session` of steps
unfinished.py  where a command ends, and what of it is quoted, in each language
shell.py       the same in the shell: here-documents, loops
holes.py       the places of a text that a reader may fill in
evaluated.py   which values may stand in each of them, since some text is evaluated again
values.py      whether a value is one of these
lint.py        what an author probably did not mean
colour.py      Pygments' tokens as a few words for CSS
view.py        a session as plain strings: prompts, pieces, the clipboard's text
render.py      a view as elements, and the version for feeds
read.py        fences, running text and the tree of a document: problems, parts, tabs
script.py      all commands of a document as one commented script
"""
