"""The changes of a schedule since it was published, and the reports about them.

state.py      converts a session to the ledger's state, and back
diff.py       compares two schedules
told.py       describes changes in words
moved.py      finds the new addresses of renamed rooms, tracks and speakers
next.py       computes the ledger's next record of one session or entry
itineraries.py  computes the records of a post's itineraries, by the same rule
releases.py   the ledger and a schedule ─▶ records, releases, and cancelled sessions to show
publish.py    writes the results of a publish into the ledger
"""
