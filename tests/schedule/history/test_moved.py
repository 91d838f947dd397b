"""A room, track or speaker under another name is known again, where there is no doubt."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from icalendar import Calendar
from msgspec.structs import replace

from plugins.schedule import paths
from plugins.schedule.events import Events
from plugins.schedule.history.moved import moved
from plugins.site.ledger import Ledger
from tests.schedule.formats.exporting import files, presenter_of, publish

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)

PROGRAMME = """\
tracks: [Ropes, Wind]
2026-10-24:
  - 10:00-10:45 Knots | Wanda Weft, Ada Ash | Attic | Ropes
  - 11:00-11:45 Nets | Otto Oak | Attic | Ropes
  - 12:00-12:45 Sails | Otto Oak | Cellar | Wind
"""


def moves(schedule: str, then: str = PROGRAMME) -> dict[str, str]:
    """What leads where after the second publish, by the ends of the addresses."""
    before, ledger = publish(then, Ledger(), AT)
    presenter = presenter_of(schedule, ledger=ledger)
    site = replace(presenter.site, parts={"schedule": Events(editions=(presenter.edition,))})
    start = paths.below("ropes-2026", "x").removesuffix("x/index.html")
    lost = _pages(before.programme) - _pages(presenter.programme)
    found = moved(site, lost)
    assert found.keys() <= lost
    return {_end(old, start): _end(new, start) for old, new in found.items()}


def _pages(programme: object) -> set[str]:
    kinds = {"rooms": paths.room, "tracks": paths.track, "speakers": paths.speaker}
    things = ((path, each) for kind, path in kinds.items() for each in getattr(programme, kind))
    return {path("ropes-2026", each.id) for path, each in things}


def _end(path: str, start: str) -> str:
    return path.removeprefix(start).removesuffix("/index.html")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("Attic", "Loft", {"rooms/attic": "rooms/loft"}, id="a room's other name"),
        pytest.param("Ropes", "Cordage", {"tracks/ropes": "tracks/cordage"}, id="a track's"),
        pytest.param(
            "Otto Oak", "Otto Oaks", {"speakers/otto-oak": "speakers/otto-oaks"}, id="a speaker's"
        ),
        pytest.param(
            "Wanda Weft, Ada Ash",
            "Wanda Wefts, Ada Ashe",
            {
                "speakers/wanda-weft": "speakers/wanda-wefts",
                "speakers/ada-ash": "speakers/ada-ashe",
            },
            id="two of one session",
        ),
        pytest.param("Otto Oak", "Bea Birch", {}, id="somebody who steps in"),
        pytest.param("Attic", "Cellar", {}, id="a room that is used no more"),
        pytest.param("Nets | Otto Oak | Attic", "Nets | Otto Oak | Loft", {}, id="one more room"),
        pytest.param("Ada Ash", "Wanda Wefta", {}, id="a new name near one that stays"),
    ],
)
def test_other_name_is_known_where_no_other_could_be_meant(
    old: str, new: str, expected: dict[str, str]
) -> None:
    assert moves(PROGRAMME.replace(old, new)) == expected


def test_name_that_was_spelt_in_two_ways_becomes_one() -> None:
    two = PROGRAMME.replace("Nets | Otto Oak", "Nets | Otto Oack")

    assert moves(PROGRAMME, then=two) == {"speakers/otto-oack": "speakers/otto-oak"}


def test_room_that_was_split_is_asked_about() -> None:
    split = PROGRAMME.replace("Ash | Attic", "Ash | Loft").replace("Oak | Attic", "Oak | Garret")

    assert moves(split) == {}


def test_published_calendar_stays_empty_while_its_page_stands() -> None:
    """A calendar of nothing needs some component (RFC 5545, section 3.6): its zone."""
    rooms = "rooms: [Attic, Cellar]\n"
    before, ledger = publish(rooms + PROGRAMME, Ledger(), AT)
    ledger = replace(
        ledger, feeds=dict.fromkeys(("events/ropes-2026/" + f for f in files(before)), "")
    )
    emptied = rooms + PROGRAMME.replace("Cellar", "Attic")
    after = files(presenter_of(emptied, ledger=ledger))

    calendar = Calendar.from_ical(after["rooms/cellar/schedule.ics"])
    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE"]
    assert files(before).keys() <= after.keys()
