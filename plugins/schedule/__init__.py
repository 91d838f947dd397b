"""Events, schedules and itineraries: text becomes a model, and the model becomes pages.

parsing/      text of a `schedule.yaml` or a fence ─▶ `Programme`, `Itinerary` (model.py)
history/      compares the schedule with the ledger: changes, releases, the next publish
pages/        `Programme` ─▶ views ─▶ an event's pages
formats/      one folder per file format of other programs, its reader next to its writer
foreign/      the data of another program's file: `Foreign`, cleaned and settled
exports/      the input of every writer: `Export`, with plain texts and absolute addresses
imports/      `make import`: merges a settled schedule into an event's folder

model.py      events, schedules, sessions, itineraries: the records that all rooms share
schema.py     the front matter of an event, a talk file and a speaker file
event.py      front matter ─▶ `Event`, `TalkFile`, `Speaker`
sections.py   decides which files below `content/events` are what, and their pages' addresses
collect.py    documents and schedules ─▶ the events of the site (events.py)
agenda.py     answers what is on when: slots, timetables, neighbours in time
read.py       the `schedule` and `itinerary` fences of posts; render.py writes them as lists
plan.py       the rows of all pages and files; paths.py holds their addresses
words.py      writes days, times, zones, kinds and statuses in words
"""
