"""An author's programme or itinerary becomes a model, or a list of problems.

parse.py      a whole programme: `parse_schedule`
head.py       what stands above the days
days.py       the items of a day ─▶ sessions
items.py      one item, a line or a mapping ─▶ `Draft`
names.py      rooms, tracks and speakers: declared at the top, or named in an item
itinerary.py  a traveller's plan: `parse_itinerary`
times.py      clocks, lengths, days and zones as authors write them
pieces.py     parts of a text that know their line and column
ids.py        lasting ids for sessions and entries
renamed.py    a published session keeps its id under a new title
checks.py     what is probably a mistake: clashes, strays, lost files
"""
