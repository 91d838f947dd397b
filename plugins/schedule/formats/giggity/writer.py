"""Write a menu entry for Giggity, an app that shows schedules, and a link that opens the app."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

from ...exports.model import Export

LINK = "https://ggt.gaa.st/#url="

FIRST_VERSION = 2008010100
"""The lowest number that the menu's schema allows."""

MOST_LINKS = 12


def giggity_link(programme: str) -> str:
    """Return an address that opens a `schedule.xml` in the app.

    Without the app, it leads to a page that says how to get it.
    """
    return LINK + quote(programme, safe="")


def write_menu(export: Export) -> bytes:
    """Return the event's menu entry as JSON; organisers may submit it to the app."""
    event = export.event
    data = {
        "version": _version(export),
        "url": f"{export.files}schedule.xml",
        "title": export.title,
        "start": event.first_day.isoformat(),
        "end": event.last_day.isoformat(),
        "timezone": export.zone,
        "metadata": _metadata(export),
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _version(export: Export) -> int:
    """Return a number like the serial of a DNS zone: the day of the last change, then `00`."""
    stamp = export.stamp
    return max(int(f"{stamp:%Y%m%d}00"), FIRST_VERSION) if stamp else FIRST_VERSION


def _metadata(export: Export) -> dict[str, Any]:
    known = [("Website", export.url), *((link.label, link.url) for link in export.event.links)]
    links = [{"title": label, "url": url} for label, url in known if url.startswith("http")]
    data: dict[str, Any] = {"links": links[:MOST_LINKS]}
    venue = export.event.venue
    if venue and venue.latitude is not None and venue.longitude is not None:
        position = [venue.latitude, venue.longitude]
        rooms = [each.room.name for each in export.rooms]
        data["rooms"] = [{"name": re.escape(name), "latlon": position} for name in rooms]
    return data
