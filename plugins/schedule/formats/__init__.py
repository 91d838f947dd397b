"""The formats of other programs, one folder each: its reader and its writer.

ical/        calendars: iCalendar and xCal
frab/        `schedule.xml` and `schedule.json` of frab, pentabarf and pretalx
pretalx/     pretalx's list of submissions, and version 2 of `schedule.json`; read only
sessionize/  Sessionize's JSON; read only
table/       tables for spreadsheets (CSV)
text/        plain text; written only
giggity/     the menu entry of an app; written only
notes/       what only our own format can say, kept inside frab's formats

detect.py    bytes ─▶ the reader that knows them
plan.py      which files an event has, each with its writer
"""
