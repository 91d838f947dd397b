"""The pages of events: models become views, which the templates show.

programme.py  the pages of one schedule: days, talks, speakers, rooms, tracks, booklet
hub.py        the event page, and the list of all events
changes.py    the pages that list what changed since a release
present.py    sessions, slots and days ─▶ views (view.py)
grid.py       places sessions in the grid of a day; sheet.py: estimates its length on paper
badges.py     the events that the front page shows; pattern.py draws their patterns
structured.py JSON-LD; programme_data.py: `programme.json`; worker.py: the offline script; qr.py
"""
