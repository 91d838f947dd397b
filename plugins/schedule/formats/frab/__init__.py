"""`schedule.xml` and `schedule.json` of frab, pentabarf and pretalx.

reader.py      schedule.json ─▶ `Foreign`; xml_reader.py: schedule.xml ─▶ schedule.json's shape
xml_writer.py  `Export` ─▶ schedule.xml; writer.py: `Export` ─▶ schedule.json
"""
