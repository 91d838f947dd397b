"""The pages of events: models become views, which the templates show.

programme.py  the pages of one programme: schedule, days, talks, speakers, rooms, tracks, booklet
hub.py        an event's own page, and the list of all events
changes.py    the pages that list what changed since a release
present.py    sessions, slots and days ─▶ views (view.py)
grid.py       where each session stands in the grid of a day; sheet.py: how long it is on paper
whats_on.py   the event that the front page shows
structured.py JSON-LD; programme_data.py: `programme.json`; worker.py: the offline script; qr.py
"""
