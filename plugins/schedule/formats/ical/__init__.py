"""Calendars: iCalendar (RFC 5545) and the same as XML, xCal (RFC 6321).

reader.py     components ─▶ `Foreign`; parse.py: text or XML ─▶ components; repeats.py: rules
calendar.py   sessions ─▶ components (component.py); zone.py: a zone ─▶ a component
itinerary.py  a traveller's plan ─▶ components
writer.py     components ─▶ iCalendar; xcal.py: components ─▶ xCal
"""
