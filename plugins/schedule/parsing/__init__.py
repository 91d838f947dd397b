"""Turn an author's schedule or itinerary into a model, or report its problems.

parse.py      a whole schedule: `parse_schedule`
head.py       the keys above the days
days.py       the items of a day ─▶ sessions
items.py      one item, a line or a mapping ─▶ `Draft`
names.py      rooms, tracks and speakers: declared at the top, or named in an item
itinerary.py  a traveller's plan: `parse_itinerary`
times.py      clocks, lengths, days and zones as authors write them
pieces.py     tokens: parts of a text with their line and column
ids.py        lasting ids for sessions and entries
renamed.py    keeps the id of a published session under a new title
checks.py     reports probable mistakes: clashes, and files that nothing uses
"""
