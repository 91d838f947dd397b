"""Another program's programme, as any reader of `formats/` returns it, made safe and settled.

model.py     `Foreign`: sessions, people, rooms, tracks as the file has them, and doubts about them
tree.py      XML and JSON ─▶ trees, within limits
when.py      dates, times and lengths as other programs write them
clean.py     one-line texts and addresses without markup; prose.py: long texts as harmless Markdown
limits.py    what is too long is cut
distinct.py  every thing gets an id of its own
zones.py     the time zone that a file means
settle.py    `Foreign` ─▶ `SettledProgramme`: one zone, days, distinct ids
"""
