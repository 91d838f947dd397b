"""Command sessions, compiled at build time: typed lines, output and the text that buttons copy.

plugin.py      registers the room with the engine
model.py       the session, its steps and lines
settings.py    the settings of the room
parse.py       parses the text of a fence into a `Session` of steps
prompts.py     recognises the prompts of shells, databases, PowerShell and Python
unfinished.py  finds the end of a command and its quoted stretches, in each language
shell.py       does the same for the shell: here-documents, loops
holes.py       finds the places of a text that a reader may fill in
evaluated.py   decides which values each place accepts, since some text is evaluated again
values.py      tests whether a place accepts a value
lint.py        reports what an author probably did not mean
colour.py      maps Pygments' tokens to a few CSS class names
view.py        turns a session into plain strings: prompts, tokens, the clipboard's text
render.py      renders a view as elements, and the version for feeds
read.py        reads fences, running text and the tree of a document: problems, parts, tabs
script.py      writes all commands of a document as one commented script
checked.py     adds a note to blocks that were verified
verify/        runs the blocks marked `run` and compares their output
"""
