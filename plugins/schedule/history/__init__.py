"""What changed in a programme since it was published, and what was told of it.

state.py      a session as the ledger holds it, and back
diff.py       two programmes ─▶ what changed
moved.py      the ledger and a programme ─▶ new addresses of what has another name
next.py       what the ledger holds and a state ─▶ what it is to hold
itineraries.py  the entries of a post's itineraries, by the same rule
releases.py   the ledger and a programme ─▶ records, releases, and what stays visible
"""
