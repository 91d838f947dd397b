"""Front matter becomes an event, a talk file and a speaker."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from plugins.schedule.model import (
    CallForProposals,
    CodeOfConduct,
    Event,
    Image,
    Link,
    Sponsor,
    SponsorTier,
    Ticket,
    Tickets,
    Venue,
    Window,
)
from plugins.schedule.parsing.checks import check_references
from plugins.schedule.schema import EventFrontMatter, TalkFileFrontMatter
from plugins.source.checked import checked
from plugins.source.problem import Place, Problem, Problems, Source
from tests.schedule.folders import read_event, read_folder
from tests.schedule.parsing.parsed import itinerary_in
from tests.schedule.parsing.reading import programme_of

EVENTS = Path(__file__).parents[2] / "content/events"
BERLIN = ZoneInfo("Europe/Berlin")

WHOLE = """\
---
title: A fair
summary: Ropes.
dates: 2026-10-24 to 2026-10-25
zone: Europe/Berlin
series: Fairs
attendance: mixed
online: https://stream.example/
venue:
  name: Hall
  address: Am Priel 3, 25999 Quersand
  city: Quersand
  country: Germany
  position: 54.02, -8.31
  url: https://hall.example/
  directions: Follow the dyke.
links: {Photographs: https://photos.example/}
cfp:
  opens: 2026-03-01
  closes: 2026-05-31
  decisions: 2026-06-28
  url: mailto:a@b.example
  summary: Yes
tickets:
  opens: 2026-06-01 12:00
  url: https://tickets.example/
  kinds: [{name: Regular, price: 10 €, note: At the door}]
sponsors:
  Gold:
    - {name: Rope Ltd, url: https://rope.example/, logo: {src: a.svg, alt: A rope}, note: Ropes}
  Tin: [{name: Can}]
code_of_conduct: {url: conduct.md, summary: Be kind, contacts: {Wanda: mailto:w@b.example}}
contacts: [{label: Press, url: mailto:p@b.example}]
---
"""


def test_an_event_with_everything() -> None:
    assert read_event(WHOLE) == Event(
        slug="fair",
        title="A fair",
        first_day=date(2026, 10, 24),
        last_day=date(2026, 10, 25),
        zone="Europe/Berlin",
        summary="Ropes.",
        series="Fairs",
        attendance="mixed",
        online="https://stream.example/",
        venue=Venue(
            name="Hall",
            address=("Am Priel 3", "25999 Quersand"),
            city="Quersand",
            country="Germany",
            latitude=54.02,
            longitude=-8.31,
            url="https://hall.example/",
            directions="Follow the dyke.",
        ),
        links=(Link("Photographs", "https://photos.example/"),),
        call=CallForProposals(
            Window(datetime(2026, 3, 1, tzinfo=BERLIN), datetime(2026, 6, 1, tzinfo=BERLIN)),
            date(2026, 6, 28),
            "mailto:a@b.example",
            "Yes",
        ),
        tickets=Tickets(
            Window(datetime(2026, 6, 1, 12, tzinfo=BERLIN)),
            "https://tickets.example/",
            "",
            (Ticket("Regular", "10 €", "At the door"),),
        ),
        sponsors=(
            SponsorTier(
                "Gold",
                (Sponsor("Rope Ltd", "https://rope.example/", Image("a.svg", "A rope"), "Ropes"),),
            ),
            SponsorTier("Tin", (Sponsor("Can"),)),
        ),
        code_of_conduct=CodeOfConduct(
            "conduct.md", "Be kind", (Link("Wanda", "mailto:w@b.example"),)
        ),
        contacts=(Link("Press", "mailto:p@b.example"),),
    )


def test_an_event_of_one_day_needs_little() -> None:
    text = "---\ntitle: A fair\ndates: 2026-10-24\nzone: Europe/Berlin\n---\n"

    assert read_event(text) == Event(
        slug="fair",
        title="A fair",
        first_day=date(2026, 10, 24),
        last_day=date(2026, 10, 24),
        zone="Europe/Berlin",
    )


def test_a_call_closes_at_the_end_of_its_day_where_the_event_is() -> None:
    call = read_event(WHOLE).call
    assert call
    last = datetime(2026, 5, 31, 21, 59, tzinfo=UTC)

    states = [call.window.state(at) for at in (last, last + timedelta(minutes=1))]

    assert states == ["open", "closed"]
    assert call.window.state(datetime(2026, 2, 1, tzinfo=UTC)) == "ahead"


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("dates", "24 October", "the first and the last day, like 2026-10-24 to 2026-10-25"),
        ("dates", "2026-10-25 to 2026-10-24", "a last day that is not before the first"),
        ("dates", "2026-02-30", "days that exist"),
        ("zone", "CET", "the IANA name of a time zone, like Europe/Amsterdam"),
        ("zone", "../etc/passwd", "the IANA name of a time zone, like Europe/Amsterdam"),
        ("venue", {"name": "A", "position": "54°"}, "latitude and longitude in degrees, like"),
        ("venue", {"name": "A", "position": "91, 0"}, "latitude and longitude in degrees, like"),
        ("links", {"A": "javascript:x"}, "a path relative to this file, or an address with"),
        ("cfp", {"opens": "2026-03-02", "closes": "2026-03-01"}, "a day or moment after it opens"),
        ("tickets", {"opens": "2026-03-02 09:00", "closes": "2026-03-02 09:00"}, "a day or moment"),
        ("contacts", {"A": "javascript:x"}, "an address that begins with https:, http: or mailto:"),
    ],
)
def test_a_fault_of_an_event_says_what_was_expected(key: str, value: object, expected: str) -> None:
    head = {"title": "A", "dates": "2026-10-24", "zone": "UTC", key: value}

    with pytest.raises(ValidationError) as told:
        checked(EventFrontMatter, head)

    (fault,) = told.value.errors()
    assert fault["loc"][0] == key
    assert fault["ctx"]["error"].expected.startswith(expected)


def test_a_talk_file_takes_no_foreign_addresses() -> None:
    with pytest.raises(ValidationError):
        checked(TalkFileFrontMatter, {"title": "A", "slides": "//cdn.example/a.js"})


@pytest.mark.parametrize(
    "folder",
    sorted(file.parent for file in EVENTS.glob("*/schedule.yaml")),
    ids=lambda folder: folder.name,
)
def test_the_site_s_own_events_have_no_problems(folder: Path) -> None:
    _, programme, problems = read_folder(folder)

    assert problems == []
    assert programme.sessions


def test_talks_of_an_itinerary_are_looked_up_in_their_events() -> None:
    programmes = {"fair": programme_of("2026-05-09:\n  - Knots\n")}
    text = "2026-05-09:\n  - talk: A | fair/knots\n  - talk: B | fair/knotts\n  - talk: C | far\n"
    itinerary, problems = itinerary_in(Source("trip.md", text))

    assert problems == []
    found = Problems()
    check_references(itinerary, programmes, found)
    assert found == [
        Problem(
            Place("trip.md", 3, 11),
            found="the session “knotts” of “fair”",
            expected="the id of one of its sessions",
            hint="did you mean “knots”?",
        ),
        Problem(
            Place("trip.md", 4, 11),
            found="the event “far”",
            expected="the folder of an event below content/events",
            hint="did you mean “fair”?",
        ),
    ]
