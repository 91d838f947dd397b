"""The house: one folder a room, each of the same shape (CONTRIBUTING.md tells which files).

core       problems, typed settings, front matter with lines, addresses, links, Markdown
engine     the build itself: read, collect, check, plan, render, publish
shell      the frame of every page: the theme's files, navigation
blog       posts, pages and their lists: kinds, tags, categories, authors, series, the archive
command    command blocks: what is typed, what is printed, what is copied; placeholders
checklist  task lists that keep a reader's state and survive edits
schedule   events, programmes and itineraries: text, model, agenda, pages
feeds      Atom and RSS, written from one model
ledger     what was published: lasting ids, old addresses, and what readers will notice
links      every link of every page, checked before the page goes live
serve      the author's loop: watch, rebuild, reload
setup      the `.venv` that a build runs in; the one room that needs nothing installed
"""
