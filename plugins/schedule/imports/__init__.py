"""What other programs wrote of a programme becomes texts of an event's folder.

detect.py ─▶ frab.py, from frab_xml.py and schedule_json.py · sessionize.py · table.py
             · ical.py, from component.py, with repeats.py    each format
             ─▶ Foreign (model.py) ─▶ settle.py ─▶ texts.py    ids (distinct.py), days, zones; texts
importer.py  those texts into a folder, merged with what people wrote (merge.py, sheet.py, lines.py)
at_build.py  the same texts at every build, and no folder
clean.py, prose.py, limits.py: nothing of a stranger's comes through as markup, or too long
"""
