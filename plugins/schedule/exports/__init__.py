"""What the writers of `formats/` are given: a programme with plain texts and absolute addresses.

collect.py  an event of the site ─▶ `Export` (model.py)
plain.py    text without markup and without characters that no file may hold
"""
