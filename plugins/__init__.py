"""The house: one folder a room, each of the same shape (CONTRIBUTING.md tells which files).

A room imports those above it only.

source     files as text, problems, front matter with lines, typed settings
markdown   text becomes a tree and the tree a document
site       what features share: `Feature`, the site, rows, addresses, links, views
setup      the `.venv` that a build runs in; the one room that needs nothing installed
shell      the frame of every page: the theme's files, navigation
links      every link of every page, checked before the page goes live
ledger     what was published: lasting ids, old addresses, and what readers will notice
command    command blocks: what is typed, what is printed, what is copied; placeholders
checklist  task lists that keep a reader's state and survive edits
blog       posts, pages and their lists: kinds, tags, categories, authors, series, the archive
schedule   events, programmes and itineraries: text, model, agenda, pages
  exports    what other programs read of a programme: calendars, frab XML, JSON, tables
  imports    what other programs wrote of one: into the event's folder, or at every build
  history    what changed in a programme since it was published
search     what is found by typing words: the lists that the search page reads, and that page
feeds      Atom, RSS and JSON Feed of posts and programmes, from one model; the page to subscribe
pelican_theme
           themes for plain Pelican: its own objects and pages, of what we have read
engine     the build itself: read, collect, check, plan, render, publish
serve      the author's loop: watch, rebuild, reload
begin      new sites and new texts, from skeletons
"""
