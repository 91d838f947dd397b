"""What other programs read of an event's programme: calendars, apps, spreadsheets, plain text.

collect.py ─▶ Export (model.py) ─▶ ics.py · xcal.py       calendars, over calendar.py
                                   frab.py · schedule_json.py   apps, with extra.py
                                   table.py · text.py · giggity.py
plan.py: which files an event has
"""
