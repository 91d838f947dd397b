"""The house: one folder a room, each of the same shape (CONTRIBUTING.md tells which files).

core    problems, typed settings, front matter with lines, text and ids, times, the reader
engine  the build itself: read, collect, check, plan, render, publish
blog    posts, pages and their lists: kinds, tags, categories, authors, series, the archive
feeds   Atom and RSS, written from one model
assets  what is copied as it is: images, style sheets, scripts
serve   the author's loop: watch, rebuild, reload
links   links to posts, headings and files; a dead one is a problem with its line
setup   the `.venv` that a build runs in; the one room that needs nothing installed

Later: command, checklist, schedule, release.
"""
