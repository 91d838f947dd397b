"""Calendars as data (RFC 5545, section 3.4): components of properties, read or to be written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Literal

from msgspec import Struct

from ...model import Moment

Type = Literal["text", "uri", "date", "date-time", "duration", "integer", "utc-offset", "float"]
"""What a value is, by its name in RFC 6321."""


class Property(Struct, frozen=True):
    """One property with its values, without the escapes that a format puts in."""

    name: str
    values: tuple[str, ...]
    type: Type = "text"
    parameters: tuple[tuple[str, str], ...] = ()

    @property
    def value(self) -> str:
        """All values, as iCalendar puts them in one line."""
        return ",".join(self.values)

    def parameter(self, name: str) -> str:
        """Return the value of a parameter; an empty text without it."""
        return dict(self.parameters).get(name, "")


class Component(Struct, frozen=True):
    """A calendar, an event, or a zone, with what is in it; the same for readers and writers."""

    name: str
    properties: tuple[Property, ...]
    components: tuple[Component, ...] = ()
    line: int = 0
    """Where it begins in the file that it was read from."""

    def get(self, *names: str) -> Property | None:
        """Return the first property of one of those names."""
        return next((p for name in names for p in self.properties if p.name == name), None)

    def value(self, *names: str) -> str:
        """Return the value of that property; an empty text without it."""
        found = self.get(*names)
        return found.value if found else ""

    def all(self, name: str) -> Iterator[Property]:
        """Return the properties of that name."""
        return (p for p in self.properties if p.name == name)

    def within(self, name: str) -> Iterator[Component]:
        """Yield the components of that name, however deep."""
        for child in self.components:
            if child.name == name:
                yield child
            yield from child.within(name)


def text(name: str, *values: str) -> Property:
    """A property of plain text."""
    return Property(name, values)


def uri(name: str, value: str, *, is_typed: bool = False) -> Property:
    """A property that is an address; RFC 7986 wants it to say so where it has no default type."""
    return Property(name, (value,), "uri", (("VALUE", "URI"),) if is_typed else ())


def duration(name: str, value: str) -> Property:
    """A length of time, like `PT1H`, which says that it is one (RFC 7986, section 5.7)."""
    return Property(name, (value,), "duration", (("VALUE", "DURATION"),))


def instant(name: str, at: datetime) -> Property:
    """An instant in UTC."""
    return Property(name, (f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}",), "date-time")


def moment(name: str, at: Moment) -> Property:
    """A time on the clock of its zone, and in UTC where such a clock could not tell it.

    In the night when clocks go back, a local time means the first of the two (section 3.3.5).
    """
    if not is_local(at):
        return instant(name, at.instant)
    return Property(name, (f"{at.wall:%Y%m%dT%H%M%S}",), "date-time", (("TZID", at.zone),))


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
