"""The beginning of a site, or of a new text in it.

    python -m plugins new-site ../my-site --for conference
    python -m plugins new guide "Moving to Alembic"

`answers` checks what was asked for, `ask` asks for the rest, `skeleton` fills in the files of
`skeletons/`, `package` makes Hallway's own package for the site, `write` never overwrites.
"""
