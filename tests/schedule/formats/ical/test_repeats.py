"""Rules of repetition, held against those of python-dateutil; and rules that would do harm."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.schedule.foreign.model import RefusedError
from plugins.schedule.formats.ical.repeats import LONGEST, MOST_RULES, follow
from tests.schedule.imports.reading import outcome_of

START = datetime(2026, 10, 24, 10, tzinfo=ZoneInfo("Europe/Berlin"))

WEEKDAYS = st.sampled_from("MO TU WE TH FR SA SU".split())
NTH = st.tuples(st.sampled_from([-4, -2, -1, 1, 3, 4]), WEEKDAYS).map(lambda d: f"{d[0]}{d[1]}")


def named(name: str, values: st.SearchStrategy[object]) -> st.SearchStrategy[str]:
    """A part of a rule with some values, or without it."""
    several = st.lists(values, max_size=3, unique=True)
    return several.map(lambda found: f";{name}={','.join(map(str, found))}" if found else "")


MONTHS = named("BYMONTH", st.integers(1, 12))
DATES = named("BYMONTHDAY", st.integers(1, 28) | st.integers(-28, -1))
EVERY = st.integers(1, 3).map(";INTERVAL={}".format)

PLAIN = named("BYDAY", WEEKDAYS)
WEEKS = WEEKDAYS.map(";WKST={}".format)
ENDS = st.sampled_from(["", ";BYSETPOS=-1,1"])

# Weekdays with and without a number are not mixed: the library would look for both at once.
RULES = st.one_of(
    st.tuples(st.just("FREQ=DAILY"), MONTHS, PLAIN),
    st.tuples(st.just("FREQ=WEEKLY"), EVERY, PLAIN, WEEKS),
    st.tuples(st.just("FREQ=MONTHLY"), EVERY, DATES | named("BYDAY", NTH)),
    st.tuples(st.just("FREQ=MONTHLY"), PLAIN, ENDS),
    st.tuples(st.just("FREQ=YEARLY"), MONTHS, DATES | named("BYDAY", NTH) | PLAIN),
).map("".join)


@settings(max_examples=100)
@given(RULES, st.integers(0, 2_000))
def test_rule_gives_the_times_that_another_library_gives(rule: str, days: int) -> None:
    start = START + timedelta(days=days)
    expected = takewhile(lambda at: at <= start + LONGEST, rrulestr(rule, dtstart=start))

    found = follow(rule, start)

    assert found
    assert found.starts == tuple(sorted({start, *expected}))
    assert not found.is_whole


@pytest.mark.parametrize(
    ("end", "count"),
    [
        ("COUNT=3", 3),
        ("UNTIL=20261107T090000Z", 3),
        ("UNTIL=20261107T100000", 3),
        ("UNTIL=20261107", 3),
        ("UNTIL=20200101", 1),
    ],
)
def test_rule_with_an_end_is_followed_to_it(end: str, count: int) -> None:
    found = follow(f"FREQ=WEEKLY;{end}", START)

    assert found
    assert (len(found.starts), found.is_whole) == (count, True)
    assert found.starts[-1] == START + timedelta(weeks=count - 1)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "FREQ=HOURLY;COUNT=3", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=1e9",
        "FREQ=DAILY;COUNT=-1", "FREQ=WEEKLY;UNTIL=soon", "FREQ=WEEKLY;BYDAY=2MO",
        "FREQ=MONTHLY;BYDAY=XX", "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=YEARLY;BYWEEKNO=3",
        "FREQ=DAILY;BYHOUR=9,10", "COUNT=3", "FREQ", "",
    ],
)  # fmt: skip
def test_rule_that_is_not_followed_or_none_gives_nothing(rule: str) -> None:
    assert follow(rule, START.astimezone(UTC)) is None


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31;BYSETPOS=366,-366",
        "FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1",
        "FREQ=YEARLY;INTERVAL=9999",
    ],
)
def test_rule_that_never_names_a_day_is_at_its_end_soon(rule: str) -> None:
    assert follow(rule, START.replace(year=2999)) is not None
    assert follow(rule, START).starts == (START,)  # type: ignore[union-attr]


def test_more_rules_than_a_programme_has_are_refused() -> None:
    entry = "BEGIN:VEVENT\nDTSTART:20261024\nRRULE:FREQ=YEARLY;COUNT=1\nEND:VEVENT\n"

    with pytest.raises(RefusedError, match="more than 500 rules"):
        outcome_of(f"BEGIN:VCALENDAR\n{entry * (MOST_RULES + 1)}END:VCALENDAR\n")
