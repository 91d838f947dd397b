"""The ends of support as a calendar, with one day for each branch."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from ..schedule.formats.ical.component import Component, Property, text, uri
from ..schedule.formats.ical.writer import write_ics
from .model import Branch, Product


def write_calendar(product: Product, *, url: str, stamp: datetime) -> bytes:
    """Return the calendar of a product; `stamp` is the time of its last change."""
    ending = [branch for branch in product.branches if branch.ends]
    events = tuple(_event(product, branch, url, stamp) for branch in ending)
    properties = (
        text("VERSION", "2.0"),
        text("PRODID", "-//Hallway//Support//EN"),
        text("METHOD", "PUBLISH"),
        text("X-WR-CALNAME", f"{product.name}: ends of support"),
    )
    return write_ics(Component("VCALENDAR", properties, events))


def _event(product: Product, branch: Branch, url: str, stamp: datetime) -> Component:
    assert branch.ends
    title = f"Support of {product.name} {branch.name} ends"
    after = branch.ends + timedelta(days=1)
    properties = (
        text("UID", f"support-of-{product.slug}-{branch.name}@{url.split('/')[2]}"),
        Property("DTSTAMP", (f"{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}",), "date-time"),
        Property("DTSTART", (f"{branch.ends:%Y%m%d}",), "date", (("VALUE", "DATE"),)),
        Property("DTEND", (f"{after:%Y%m%d}",), "date", (("VALUE", "DATE"),)),
        text("SUMMARY", title),
        text("DESCRIPTION", f"From {after} on nobody repairs what is found in it."),
        uri("URL", url),
        text("TRANSP", "TRANSPARENT"),
    )
    return Component("VEVENT", properties)


def last_told(product: Product) -> datetime:
    """Return the day of the newest version, at 0:00 UTC; 2000-01-01 without dated versions."""
    days = [version.date for version in product.versions if version.date]
    newest = max(days, default=datetime(2000, 1, 1, tzinfo=UTC).date())
    return datetime.combine(newest, time(), UTC)
