"""Conference programmes and itineraries: text becomes a model, and the model answers questions.

model.py      events, programmes, sessions, itineraries: what everything else speaks of
pieces.py     parts of an author's text that know where they stand
times.py      clocks, lengths, days and zones as authors write them
names.py      rooms, tracks and speakers: declared, or met on the way
items.py      one item of a day, as a line or as a mapping
parse.py      a whole programme: `parse_schedule`
itinerary.py  a traveller's plan: `parse_itinerary`
ids.py        lasting ids for sessions and entries
schema.py     the front matter of an event, a talk file and a speaker file
event.py      front matter becomes `Event`, `TalkFile` and `Speaker`
agenda.py     what is on when: slots, timetables, now and next
exports/      calendars, app formats, tables and text of a programme
history/      what changed since the last publish
sheet.py      how much of a day's sheet of paper its text takes
changes.py    the pages that tell of it
renamed.py    published sessions keep their ids
imports/      programmes of other systems become our own files: `make import`
checks.py     what an author probably did not mean: clashes, strays, lost files
"""
