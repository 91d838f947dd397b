"""Calendars as data (RFC 5545, section 3.4): components of properties, whatever the format."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Literal

from msgspec import Struct, field

from ...model import Moment

Type = Literal["text", "uri", "date", "date-time", "duration", "integer", "utc-offset", "float"]
"""What a value is, by its name in RFC 6321."""


class Property(Struct, frozen=True):
    """One property with its values, not escaped yet."""

    name: str
    values: tuple[str, ...]
    type: Type = "text"
    parameters: Mapping[str, str] = field(default_factory=dict)


class Component(Struct, frozen=True):
    """A calendar, an event, or a zone, with what is in it."""

    name: str
    properties: tuple[Property, ...]
    components: tuple[Component, ...] = ()


def text(name: str, *values: str) -> Property:
    """A property of plain text."""
    return Property(name, values)


def uri(name: str, value: str, *, is_typed: bool = False) -> Property:
    """A property that is an address; RFC 7986 wants it to say so where it has no default type."""
    return Property(name, (value,), "uri", {"VALUE": "URI"} if is_typed else {})


def duration(name: str, value: str) -> Property:
    """A length of time, like `PT1H`, which says that it is one (RFC 7986, section 5.7)."""
    return Property(name, (value,), "duration", {"VALUE": "DURATION"})


def instant(name: str, at: datetime) -> Property:
    """An instant in UTC."""
    return Property(name, (f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}",), "date-time")


def moment(name: str, at: Moment) -> Property:
    """A time on the clock of its zone, and in UTC where such a clock could not tell it.

    In the night when clocks go back, a local time means the first of the two (section 3.3.5).
    """
    if not is_local(at):
        return instant(name, at.instant)
    return Property(name, (f"{at.wall:%Y%m%dT%H%M%S}",), "date-time", {"TZID": at.zone})


def is_local(at: Moment) -> bool:
    """Whether a calendar can tell the moment by its zone's clock."""
    return at.zone != "UTC" and Moment.at_wall(at.wall, at.zone).instant == at.instant


def offset(name: str, by: timedelta) -> Property:
    """How far clocks are ahead of UTC, like `+0200`."""
    seconds = int(by.total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    minutes, rest = divmod(rest, 60)
    sign = "-" if seconds < 0 else "+"
    return Property(
        name, (f"{sign}{hours:02}{minutes:02}{f'{rest:02}' if rest else ''}",), "utc-offset"
    )
