"""What other programs get of an event: clean by their schemas, and the same sessions in each."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import jsonschema
import pytest
from hypothesis import given, settings
from icalendar import Calendar
from lxml import etree

from plugins.schedule.formats.ical.itinerary import downloads
from plugins.schedule.formats.ical.writer import folded
from plugins.schedule.formats.table.writer import harmless
from tests.schedule.formats.exporting import (
    export,
    files,
    frab_faults,
    json_schema,
    post_with_itinerary,
    presenter_of,
    site_of,
)
from tests.schedule.formats.ical.calendar_rules import broken_rules
from tests.schedule.programmes import Plan, plans

CASES = Path(__file__).parent / "ical" / "cases"

HARD = """\
rooms: [Attic, Cellar, {name: Foyer, shared: true, capacity: 40}]
tracks: [Rope & sail, "=Sea"]
languages: [en, ar]
2026-10-24 High water:
  - 09:00 15m Opening | | all rooms
  - 10:00-10:45 Knots, bends; and \\hitches | Wanda Weft, Otto Oak | Attic | Rope & sail:
      abstract: "Five of <them>,\\nand when to cut. ]]> ?>"
      slides: /slides/knots.pdf
      recording: https://video.example/knots
      links: {Site: "https://knots.example/ä?a=1&b=2"}
      note: Bring a rope
  - 10:30 Only a start | Wanda Weft | Cellar
  - 14:00-15:00 Posters | | Foyer:
      - One
      - Two
  - {title: عقد الحبال 🪢🪢🪢🪢🪢🪢🪢🪢🪢🪢🪢🪢🪢 حبال, id: rtl, time: "23:30-24:30",
      speaker: ليلى, room: Cellar, track: "=Sea", status: tentative}
  - 25:30-26:30 (second) Night watch | | Attic
2026-10-25:
  - {repeat of: opening, id: opening-again, time: "09:00-09:15", rooms: all rooms}
  - 10:00-11:00 Nets | Wanda Weft | Attic, Cellar | cancelled
  - {title: "@Sails", time: "12:00-13:00", was: "2026-10-24 12:00 | Attic", room: Cellar}
  - Nobody knows when | Otto Oak
"""


@pytest.fixture(scope="module")
def hard() -> Mapping[str, bytes]:
    return files(presenter_of(HARD))


def calendars(of: Mapping[str, bytes]) -> dict[str, bytes]:
    return {path: data for path, data in of.items() if path.endswith(".ics")}


@pytest.mark.parametrize("case", sorted(CASES.glob("*.yaml")), ids=lambda file: file.stem)
def test_calendar_is_written_as_expected(case: Path) -> None:
    written = files(presenter_of(case.read_text("utf-8")))["schedule.ics"]

    expected = case.with_suffix(".ics").read_bytes()
    assert written == expected


def test_every_calendar_keeps_every_rule(hard: Mapping[str, bytes]) -> None:
    broken = {
        path: faults for path, data in calendars(hard).items() if (faults := broken_rules(data))
    }

    assert broken == {}


def test_second_reader_finds_the_sessions_at_their_instants(hard: Mapping[str, bytes]) -> None:
    events = Calendar.from_ical(hard["schedule.ics"]).events
    found = {str(event["UID"]).partition("@")[0]: event.DTSTART.timestamp() for event in events}

    sessions = [each.session for each in export(HARD).sessions if each.session.start]
    assert found == {s.id: s.start.instant.timestamp() for s in sessions if s.start}


def test_khal_shows_the_times_of_the_place(hard: Mapping[str, bytes], tmp_path: Path) -> None:
    file = tmp_path / "schedule.ics"
    file.write_bytes(hard["schedule.ics"])
    shown = khal_times(file)

    zone = ZoneInfo("Europe/Amsterdam")
    sessions = [each.session for each in export(HARD).sessions if each.session.start]
    local = [s.start.instant.astimezone(zone) for s in sessions if s.start]
    assert shown == sorted(f"{at:%Y-%m-%d %H:%M}" for at in local)


def khal_times(file: Path) -> list[str]:
    """When events begin, as khal prints it for somebody who is there."""
    settings = file.parent / "khal.conf"
    settings.write_text(
        "[calendars]\n[[none]]\npath = calendars\n[locale]\n"
        "local_timezone = Europe/Amsterdam\ndefault_timezone = Europe/Amsterdam\n"
        "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
    )
    (file.parent / "calendars").mkdir()
    command = [sys.executable, "-m", "khal", "-c", settings.name, "printics", "-f"]
    done = subprocess.run(
        [*command, "{start-long-full}", file.name],
        cwd=file.parent, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return sorted(line for line in done.stdout.splitlines() if line[:4].isdigit())


def test_sessions_without_a_time_are_in_no_calendar(hard: Mapping[str, bytes]) -> None:
    assert b"Nobody knows when" not in hard["schedule.ics"]
    assert "talks/nobody-knows-when/schedule.ics" not in hard


def test_smaller_calendars_hold_what_their_pages_tell_of(hard: Mapping[str, bytes]) -> None:
    titles = {
        path: [str(event["SUMMARY"]) for event in Calendar.from_ical(data).events]
        for path, data in calendars(hard).items()
    }
    assert titles["rooms/attic/schedule.ics"] == [
        "Opening", "Knots, bends; and \\hitches", "Night watch", "Opening", "Nets",
    ]  # fmt: skip
    assert titles["speakers/wanda-weft/schedule.ics"] == [
        "Knots, bends; and \\hitches", "Only a start", "Nets",
    ]  # fmt: skip
    assert titles["tracks/sea/schedule.ics"] == [titles["schedule/2026-10-24/schedule.ics"][5]]
    assert titles["talks/opening-again/schedule.ics"] == ["Opening"]
    assert len(titles["schedule/2026-10-25/schedule.ics"]) == 3


def test_schedule_xml_is_clean_by_its_schema(hard: Mapping[str, bytes]) -> None:
    assert frab_faults(hard["schedule.xml"]) == []


def test_schedule_json_is_clean_by_its_schema(hard: Mapping[str, bytes]) -> None:
    validator = jsonschema.Draft6Validator(
        json_schema(), format_checker=jsonschema.Draft6Validator.FORMAT_CHECKER
    )
    assert list(validator.iter_errors(json.loads(hard["schedule.json"]))) == []


def test_apps_find_what_they_need_beyond_the_schema(hard: Mapping[str, bytes]) -> None:
    data = hard["schedule.xml"]
    root = etree.fromstring(data)
    days, events = root.findall("day"), root.findall("day/room/event")

    assert b"<conference" in data[:1024]  # Giggity looks no further
    assert [day.get("index") for day in days] == ["1", "2"]
    assert len({day.get("date") for day in days}) == len(days)
    assert all(event.findtext("date") and event.findtext("duration") for event in events)
    for name in ("id", "guid"):
        assert len({event.get(name) for event in events}) == len(events)
    assert all(int(event.get("id", "")) < 2**31 for event in events)
    assert all(event.findtext("duration", "") < "24:00" for event in events)


def test_what_only_we_can_say_is_in_notes(hard: Mapping[str, bytes]) -> None:
    root = etree.fromstring(hard["schedule.xml"])
    notes = [json.loads(note.text) for note in root.xpath("//event/processing-instruction()")]
    by_id = {note["id"]: note for note in notes}

    assert by_id["nets"] == {
        "id": "nets", "uid": "nets@ropes-2026.harbour.example", "kind": "talk",
        "status": "cancelled", "rooms": ["Attic", "Cellar"],
    }  # fmt: skip
    assert by_id["opening-again"]["repeat of"] == "opening"
    assert by_id["sails"]["was"] == "2026-10-24 12:00 | Attic"
    assert by_id["only-a-start"]["end"] == ""
    (whole,) = root.xpath("/schedule/processing-instruction()")
    assert [each["id"] for each in json.loads(whole.text)["untimed"]] == ["nobody-knows-when"]
    assert json.loads(hard["schedule.json"])["schedule"]["conference"]["meta"]["hallway"][
        "programme"
    ] == json.loads(whole.text)


def test_xcal_says_what_the_calendar_says(hard: Mapping[str, bytes]) -> None:
    name = {"i": "urn:ietf:params:xml:ns:icalendar-2.0"}
    root = etree.fromstring(hard["schedule.xcal"])
    uids = root.xpath("//i:vevent/i:properties/i:uid/i:text/text()", namespaces=name)
    starts = root.xpath("//i:vevent/i:properties/i:dtstart/i:date-time/text()", namespaces=name)
    events = Calendar.from_ical(hard["schedule.ics"]).events

    assert uids == [str(event["UID"]) for event in events]
    assert [datetime.fromisoformat(s).replace(tzinfo=None) for s in starts] == [
        event.DTSTART.replace(tzinfo=None) for event in events
    ]


def test_table_has_every_session_and_no_formula(hard: Mapping[str, bytes]) -> None:
    rows = list(csv.DictReader(io.StringIO(hard["schedule.csv"].decode("utf-8-sig"), newline="")))

    assert [row["id"] for row in rows] == [each.session.id for each in export(HARD).sessions]
    assert {row["title"][:1] for row in rows} & set("=+-@") == set()
    assert rows[-2]["title"] == "'@Sails"


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1",
        "@x",
        " =1",
        "\t=1",
        "\r=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠x",
        "﹦1",
        "−1",
        " \u200b=1",
    ],
)
def test_what_a_spreadsheet_would_run_is_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@settings(max_examples=20)
@given(plans().filter(lambda plan: plan.sessions))
def test_any_programme_makes_clean_files(plan: Plan) -> None:
    index = f"title: T\ndates: 2026-01-01 to 2026-12-31\nzone: {plan.zone}\n"
    text = plan.text.partition("\n")[2]
    written = files(presenter_of(text, index=index))

    assert {path: broken_rules(data) for path, data in calendars(written).items()} == {
        path: {} for path in calendars(written)
    }
    assert frab_faults(written["schedule.xml"]) == []


def test_line_is_folded_between_characters() -> None:
    line = "SUMMARY:" + "🪢é漢" * 40

    pieces = folded(line).split("\r\n ")
    assert "".join(pieces) == line
    assert max(len(piece.encode()) for piece in pieces) <= 75


TRIP = """\
zone: Europe/Amsterdam
2026-10-22:
  - JFK 18:00 America/New_York → AMS 07:30+1 Europe/Amsterdam | Seat by the window
2026-10-23:
  - stay: Harbour Hotel until 2026-10-25 | near the dyke
  - talk: 12:00 Knots | ropes-2026/knots | Attic
  - Dinner, some time | By the lake
"""

TRIP_EVENTS = """\
BEGIN:VEVENT
UID:jfk-ams@trip.posts.harbour.example
DTSTAMP:20260501T100000Z
LAST-MODIFIED:20260501T100000Z
SEQUENCE:0
DTSTART;TZID=America/New_York:20261022T180000
DTEND;TZID=Europe/Amsterdam:20261023T073000
SUMMARY:JFK → AMS
LOCATION:JFK
DESCRIPTION:Seat by the window
STATUS:CONFIRMED
END:VEVENT
BEGIN:VEVENT
UID:harbour-hotel@trip.posts.harbour.example
DTSTAMP:20260501T100000Z
LAST-MODIFIED:20260501T100000Z
SEQUENCE:0
DTSTART;VALUE=DATE:20261023
DTEND;VALUE=DATE:20261026
TRANSP:TRANSPARENT
SUMMARY:Harbour Hotel
LOCATION:Harbour Hotel
DESCRIPTION:near the dyke
STATUS:CONFIRMED
END:VEVENT
BEGIN:VEVENT
UID:knots@trip.posts.harbour.example
DTSTAMP:20260501T100000Z
LAST-MODIFIED:20260501T100000Z
SEQUENCE:0
DTSTART;TZID=Europe/Amsterdam:20261023T120000
SUMMARY:Knots
LOCATION:Attic
STATUS:CONFIRMED
END:VEVENT
END:VCALENDAR
"""


def test_itinerary_has_a_zone_at_each_end_of_a_leg() -> None:
    (download,) = downloads(post_with_itinerary(TRIP), site_of())

    assert download.name == "trip.ics"
    assert broken_rules(download.data) == {}
    written = download.data.decode().replace("\r\n", "\n")
    assert written[written.index("BEGIN:VEVENT") :] == TRIP_EVENTS
    assert written.count("BEGIN:VTIMEZONE") == 2
