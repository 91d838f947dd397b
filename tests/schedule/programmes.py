"""Random programmes as their authors would write them, with what they mean beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import strategies as st

from plugins.schedule.parsing.times import is_zone

ZONES = sorted(name for name in available_timezones() if is_zone(name))

CLOCK_CHANGES = {
    "Europe/Amsterdam": date(2026, 10, 24),
    "America/New_York": date(2026, 3, 7),
    "Australia/Lord_Howe": date(2026, 4, 4),
    "America/Havana": date(2026, 10, 31),
    "Africa/Casablanca": date(2026, 3, 21),
}
"""Zones with a day after which their clocks change in the night."""

ROOMS = ("Attic", "Cellar", "Yard")
SPEAKERS = ("Wanda Weft", "Otto Oak")
FIVE_MINUTES = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Planned:
    """A session as it was meant."""

    day: date
    start: datetime
    end: datetime
    room: str
    """Empty for one whose room is not known, `*` for one in all rooms."""
    speaker: str
    status: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A programme as it was meant, and as it is written."""

    zone: str
    sessions: tuple[Planned, ...]
    text: str


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A programme of two days, often with a change of clocks between them."""
    zone = draw(st.sampled_from([*CLOCK_CHANGES, "Asia/Kolkata", "Pacific/Apia"]))
    first = CLOCK_CHANGES.get(zone, date(2026, 10, 24))
    days = (first, first + timedelta(days=1))
    sessions = draw(st.lists(planned(zone, days), max_size=14))
    ordered = tuple(sorted(sessions, key=lambda session: session.day))
    return Plan(zone, ordered, written(zone, ordered))


def planned(zone: str, days: tuple[date, ...]) -> st.SearchStrategy[Planned]:
    """A session that begins on one of the days, or in the night after it."""

    def build(day: date, step: int, steps: int, room: str, speaker: str, status: str) -> Planned:
        midnight = datetime.combine(day, time(12), ZoneInfo(zone)).astimezone(UTC)
        start = midnight + step * FIVE_MINUTES
        return Planned(day, start, start + steps * FIVE_MINUTES, room, speaker, status)

    return st.builds(
        build,
        st.sampled_from(days),
        st.integers(0, 12 * 18),
        st.integers(1, 36),
        st.sampled_from([*ROOMS, "", "*"]),
        st.sampled_from([*SPEAKERS, ""]),
        st.sampled_from(["confirmed", "confirmed", "tentative", "cancelled"]),
    )


def written(zone: str, sessions: tuple[Planned, ...]) -> str:
    """The programme's text; the title of each session is its number."""
    lines = [f"zone: {zone}", f"rooms: [{', '.join(ROOMS)}]"]
    day = None
    for number, each in enumerate(sessions):
        if each.day != day:
            day = each.day
            lines.append(f"{day}:")
        times = f"{clock(each.start, zone, day)}-{clock(each.end, zone, day)}"
        lines.append(f"  - {times} Number {number} | {each.speaker} | {each.room} | {each.status}")
    return "\n".join(lines) + "\n"


def clock(instant: datetime, zone: str, day: date) -> str:
    """What the clocks of a zone show at an instant, as written under a day."""
    local = instant.astimezone(ZoneInfo(zone))
    hours = (local.date() - day).days * 24 + local.hour
    return f"{hours:02}:{local.minute:02}{which(local)}"


def which(local: datetime) -> str:
    """`(first)` or `(second)` for a time that comes twice."""
    is_twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return f" ({'second' if local.fold else 'first'})" if is_twice else ""
