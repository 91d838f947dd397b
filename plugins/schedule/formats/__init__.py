"""The formats of other programs, one folder each, with its reader and its writer.

ical/        calendars: iCalendar and xCal
frab/        `schedule.xml` and `schedule.json` of frab, pentabarf and pretalx
pretalx/     pretalx's list of submissions, and version 2 of `schedule.json`; read only
sessionize/  Sessionize's JSON; read only
table/       tables for spreadsheets (CSV)
text/        plain text; written only
giggity/     the menu entry of an app; written only
notes/       what only Hallway's own format can express, as notes inside frab's formats

detect.py    detects the format of a file and calls its reader
plan.py      the files of an event for other programs, each with its writer
"""
