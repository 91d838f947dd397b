"""The model of calendars (RFC 5545, section 3.4): components with properties."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Literal

from msgspec import Struct

from ...model import Moment

Type = Literal["text", "uri", "date", "date-time", "duration", "integer", "utc-offset", "float"]
"""The type of a value, by its name in RFC 6321."""


class Property(Struct, frozen=True):
    """One property with its values, which are not escaped."""

    name: str
    values: tuple[str, ...]
    type: Type = "text"
    parameters: tuple[tuple[str, str], ...] = ()

    @property
    def value(self) -> str:
        """All values, joined by commas as in a line of iCalendar."""
        return ",".join(self.values)

    def parameter(self, name: str) -> str:
        """Return the value of a parameter; empty if there is none."""
        return dict(self.parameters).get(name, "")


class Component(Struct, frozen=True):
    """A calendar, an event or a zone with its content, for readers and writers alike."""

    name: str
    properties: tuple[Property, ...]
    components: tuple[Component, ...] = ()
    line: int = 0
    """The line at which it begins in the file that it was read from."""

    def get(self, *names: str) -> Property | None:
        """Return the first property with one of the names, by the order of the names."""
        return next((p for name in names for p in self.properties if p.name == name), None)

    def value(self, *names: str) -> str:
        """Return the value of that property; empty if there is none."""
        found = self.get(*names)
        return found.value if found else ""

    def all(self, name: str) -> Iterator[Property]:
        """Return the properties with the name."""
        return (p for p in self.properties if p.name == name)

    def within(self, name: str) -> Iterator[Component]:
        """Yield the components with the name, at any depth."""
        for child in self.components:
            if child.name == name:
                yield child
            yield from child.within(name)


def text(name: str, *values: str) -> Property:
    """Return a property of plain text."""
    return Property(name, values)


def uri(name: str, value: str, *, is_typed: bool = False) -> Property:
    """Return a property with an address; `is_typed` adds the type, which RFC 7986 requires."""
    return Property(name, (value,), "uri", (("VALUE", "URI"),) if is_typed else ())


def duration(name: str, value: str) -> Property:
    """Return a property with a length like `PT1H`, and its type (RFC 7986, section 5.7)."""
    return Property(name, (value,), "duration", (("VALUE", "DURATION"),))


def instant(name: str, at: datetime) -> Property:
    """Return a property with an instant in UTC."""
    return Property(name, (f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}",), "date-time")


def moment(name: str, at: Moment) -> Property:
    """Return a property with a local time and its zone; in UTC if the local time is ambiguous.

    When clocks go back, a local time means the first of the two moments (RFC 5545, section 3.3.5).
    """
    if not is_local(at):
        return instant(name, at.instant)
    return Property(name, (f"{at.wall:%Y%m%dT%H%M%S}",), "date-time", (("TZID", at.zone),))


def is_local(at: Moment) -> bool:
    """Return True if a local time with the zone denotes the moment in a calendar."""
    return at.zone != "UTC" and Moment.at_wall(at.wall, at.zone).instant == at.instant


def offset(name: str, by: timedelta) -> Property:
    """Return a property with an offset from UTC, like `+0200`."""
    seconds = int(by.total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    minutes, rest = divmod(rest, 60)
    sign = "-" if seconds < 0 else "+"
    return Property(
        name, (f"{sign}{hours:02}{minutes:02}{f'{rest:02}' if rest else ''}",), "utc-offset"
    )
