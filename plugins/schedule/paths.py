"""The paths of all pages and files of events, relative to the output folder."""

from __future__ import annotations

from datetime import date

ALL = "events/index.html"


def hub(event: str) -> str:
    """Return the path of the event page."""
    return f"events/{event}/index.html"


def below(event: str, part: str) -> str:
    """Return the path of a page below the event page; `part` is like `schedule`."""
    return f"events/{event}/{part}/index.html"


def worker(event: str) -> str:
    """Return the path of the service worker that caches the event's pages."""
    return f"events/{event}/sw.js"


def schedule(event: str) -> str:
    """Return the path of the schedule."""
    return below(event, "schedule")


def day(event: str, day: date) -> str:
    """Return the path of one day of the schedule."""
    return below(event, f"schedule/{day.isoformat()}")


def talk(event: str, id: str) -> str:
    """Return the path of a talk; `id` is that of its first session."""
    return below(event, f"talks/{id}")


def speaker(event: str, id: str) -> str:
    """Return the path of a speaker."""
    return below(event, f"speakers/{id}")


def speakers(event: str) -> str:
    """Return the path of the list of speakers."""
    return below(event, "speakers")


def room(event: str, id: str) -> str:
    """Return the path of a room, which prints as the sheet for its door."""
    return below(event, f"rooms/{id}")


def track(event: str, id: str) -> str:
    """Return the path of a track."""
    return below(event, f"tracks/{id}")


def programme_data(event: str) -> str:
    """Return the path of the data that the scripts of the event's pages read."""
    return f"events/{event}/programme.json"


def changes(event: str) -> str:
    """Return the path of the list of changes."""
    return below(event, "changes")


def release(event: str, number: int) -> str:
    """Return the path of the changes of one release."""
    return below(event, f"changes/{number}")


def file(event: str, name: str) -> str:
    """Return the path of a file for other programs about the whole event."""
    return f"events/{event}/{name}"


def calendar(page: str) -> str:
    """Return the path of the calendar with the sessions of a page, in the page's folder."""
    return page.removesuffix("index.html") + "schedule.ics"
