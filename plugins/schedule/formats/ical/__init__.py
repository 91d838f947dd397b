"""Calendars: iCalendar (RFC 5545), and the same as XML, xCal (RFC 6321).

component.py    the model for both directions: components with properties
parse.py        iCalendar text ─▶ components; writer.py: components ─▶ text
xcal.py         XML ─▶ components ─▶ XML
reader.py       components ─▶ `Foreign`, with repeats.py (rules) and zone_reader.py (zones)
calendar.py     sessions ─▶ components; zone.py: a zone ─▶ a component
itinerary.py    a traveller's plan ─▶ components
"""
