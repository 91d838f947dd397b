"""`schedule.xml` and `schedule.json` of frab, pentabarf and pretalx.

reader.py      schedule.json ─▶ `Foreign`; xml_reader.py: schedule.xml ─▶ the shape of schedule.json
xml_writer.py  `Export` ─▶ schedule.xml; writer.py: `Export` ─▶ schedule.json
"""
