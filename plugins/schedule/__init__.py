"""Events, programmes and itineraries: text becomes a model, and the model becomes pages.

parsing/      text of a `schedule.yaml` or a fence ─▶ `Programme`, `Itinerary` (model.py)
history/      the programme compared with the ledger: changes, releases, what is published next
pages/        `Programme` ─▶ views ─▶ an event's pages
formats/      one folder per format of other programs, its reader next to its writer
foreign/      what a reader makes of another program's file: `Foreign`, cleaned and settled
exports/      what a writer is given: `Export`, with plain texts and absolute addresses
imports/      `make import`: a settled programme is merged into an event's folder

model.py      events, programmes, sessions, itineraries: the records that all rooms share
schema.py     the front matter of an event, a talk file and a speaker file
event.py      front matter ─▶ `Event`, `TalkFile`, `Speaker`
sections.py   which files below `content/events` are what, and the addresses of their pages
collect.py    documents and programmes ─▶ the events of the site (events.py)
agenda.py     what is on when: slots, timetables, now and next
read.py       the `schedule` and `itinerary` fences of posts; render.py writes them as lists
plan.py       the rows of all pages and files; paths.py holds their addresses
words.py      days, times, zones, kinds and statuses in words
"""
