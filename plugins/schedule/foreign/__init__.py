"""Another program's schedule, as a reader of `formats/` returns it, made safe and settled.

model.py     `Foreign`: the sessions, people, rooms and tracks of a file, and doubts about them
tree.py      XML and JSON ─▶ trees, within limits
when.py      dates, times and lengths as other programs write them
clean.py     one-line texts and addresses without markup
prose.py     long texts as harmless Markdown or plain text
limits.py    cuts what is too long
distinct.py  gives ids that nothing else has
zones.py     the time zone that a file means
settle.py    `Foreign` ─▶ `SettledProgramme`: one zone, days, distinct ids
"""
