"""`make import`: writes another program's schedule as files into an event's folder.

__main__.py  the command
at_build.py  the same in memory at every build: `programme: file` in an event's front matter
texts.py     `SettledProgramme` ─▶ the fields of Hallway's files
lines.py     fields ─▶ lines of YAML
edit.py      changes one key of a file and leaves the rest
record.py    the record of the last import
files.py     reads an event's files, and prepares changes to them
merge.py     merges the last import, the file here and the new import
importer.py  the fields of an import, the folder and the record ─▶ files
summary.py   describes the changes of an import in words
report.py    the lines that an import prints
"""
