"""`make import`: another program's programme becomes texts in an event's folder.

__main__.py  the command
at_build.py  the same, at every build and in memory: `programme: file` in an event's front matter
texts.py     `SettledProgramme` ─▶ the fields of our files
lines.py     fields ─▶ lines of YAML; edit.py changes one key of a file and leaves the rest
importer.py  the fields of an import, the folder and the last import (record.py) ─▶ files
merge.py     the three sides of one thing become one
summary.py   what an import changes, in words
"""
