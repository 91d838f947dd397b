"""Where the pages of events stand, below the output."""

from __future__ import annotations

from datetime import date

ALL = "events/index.html"


def hub(event: str) -> str:
    """The event's own page."""
    return f"events/{event}/index.html"


def below(event: str, part: str) -> str:
    """A page below the event's own, like `schedule`."""
    return f"events/{event}/{part}/index.html"


def worker(event: str) -> str:
    """The script that keeps the event's pages."""
    return f"events/{event}/sw.js"


def schedule(event: str) -> str:
    """The programme."""
    return below(event, "schedule")


def day(event: str, day: date) -> str:
    """One day of the programme."""
    return below(event, f"schedule/{day.isoformat()}")


def talk(event: str, id: str) -> str:
    """A talk; the id is that of its first session."""
    return below(event, f"talks/{id}")


def speaker(event: str, id: str) -> str:
    """A speaker."""
    return below(event, f"speakers/{id}")


def speakers(event: str) -> str:
    """All speakers."""
    return below(event, "speakers")


def room(event: str, id: str) -> str:
    """A room, and its door sheet in print."""
    return below(event, f"rooms/{id}")


def track(event: str, id: str) -> str:
    """A track."""
    return below(event, f"tracks/{id}")


def programme_data(event: str) -> str:
    """The data that the page's script reads."""
    return f"events/{event}/programme.json"


def changes(event: str) -> str:
    """What changed in the programme."""
    return below(event, "changes")


def release(event: str, number: int) -> str:
    """What changed at one publish."""
    return below(event, f"changes/{number}")


def file(event: str, name: str) -> str:
    """A file for other programs, about the whole event."""
    return f"events/{event}/{name}"


def calendar(page: str) -> str:
    """The calendar of what a page tells of."""
    return page.removesuffix("index.html") + "schedule.ics"
