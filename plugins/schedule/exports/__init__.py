"""The input of the writers in `formats/`: a schedule with plain texts and absolute addresses.

collect.py  an event of the site ─▶ `Export` (model.py)
plain.py    removes markup from texts, and characters that no file may contain
"""
