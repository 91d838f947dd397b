"""Each reader with the traps of its format; what is written is compared as a whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.schedule.model import EventFacts
from plugins.schedule.parsing.parse import parse_schedule
from plugins.source.problem import Source
from tests.schedule.folders import read_event
from tests.schedule.imports.reading import again, outcome_of, written

CASES = Path(__file__).parent / "foreign"
FILES = sorted(file for file in CASES.iterdir() if file.suffix != ".txt")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_file_is_read(file: Path, matches: Callable[[str, Path], None]) -> None:
    matches(written(file.read_bytes()), file.with_name(f"{file.name}.txt"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_written_schedule_holds_every_session_without_an_error(file: Path) -> None:
    outcome = outcome_of(file.read_bytes())
    index, text = (str(outcome.files[name]) for name in ("index.md", "schedule.yaml"))
    facts = EventFacts(event=read_event(index))
    programme, problems = parse_schedule(Source("schedule.yaml", text), event=facts)

    assert [str(problem) for problem in problems if not problem.severity] == []
    assert [s.id for s in programme.sessions] == [s.id for s in outcome.programme.sessions]
    assert [s.title for s in programme.sessions] == [
        s.said.title for s in outcome.programme.sessions
    ]
    assert [s.start for s in programme.sessions] == [s.start for s in outcome.programme.sessions]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_second_import_of_the_same_file_changes_nothing(file: Path) -> None:
    first = outcome_of(file.read_bytes())
    second = again(first, file.read_bytes())

    assert second.changes == second.clashes == second.problems == []
    assert {n: first.files[n] for n in second.files} == second.files


def test_entry_that_is_given_again_is_a_session_each_time() -> None:
    entry = (
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a@x.example\nSUMMARY:Knots\n"
        "DTSTART;TZID=Europe/Berlin:20261024T100000\nDURATION:PT1H\n"
        "RRULE:FREQ=MONTHLY;BYDAY=4SA;COUNT=2\nRRULE:FREQ=YEARLY\nEXRULE:FREQ=DAILY\n"
        "RDATE;TZID=Europe/Berlin:20261103T100000,20261024T100000\n"
        "RDATE;VALUE=PERIOD;TZID=Europe/Berlin:20261025T100000/PT1H\nRDATE;VALUE=DATE:20261101\n"
        "EXDATE:20271024T080000Z,20271024\nEND:VEVENT\nEND:VCALENDAR\n"
    )

    programme = outcome_of(entry).programme

    assert [(s.start and s.start.iso, s.said.texts.uid) for s in programme.sessions] == [
        ("2026-10-24T10:00:00+02:00", "a@x.example"),
        ("2026-10-25T10:00:00+01:00", "a@x.example-20261025T1000"),
        ("2026-11-03T10:00:00+01:00", "a@x.example-20261103T1000"),
        ("2026-11-28T10:00:00+01:00", "a@x.example-20261128T1000"),
    ]
    assert [f"{doubt.found}; {doubt.done}" for doubt in programme.doubts] == [
        "the rule “FREQ=YEARLY” (RRULE) of “Knots”, which goes on; followed for a year, which is "
        "2 times",
        "the rule “FREQ=DAILY” (EXRULE) of “Knots”; not followed; other times are kept",
        "1 date in RDATE of “Knots”; passed over: not written as its start is, or over 400",
        "1 date in EXDATE of “Knots”; passed over: not written as its start is, or over 400",
    ]


FRAB = """<schedule><conference><title>F</title></conference>{days}</schedule>"""


def test_early_start_without_a_date_is_in_the_night_after_the_day() -> None:
    day = (
        '<day date="2026-10-24"><event id="1"><start>01:30</start><duration>00:30</duration>'
        "<title>Late</title></event></day>"
    )
    text = FRAB.replace("</title>", "</title><day_change>09:00:00</day_change>")

    outcome = outcome_of(text.format(days=day), zone="Europe/Brussels")

    assert "2026-10-24:\n  - id: 1\n    title: Late\n    time: 25:30" in str(
        outcome.files["schedule.yaml"]
    )


def test_zone_that_is_asked_for_is_that_of_times_without_one() -> None:
    day = '<day date="2026-03-29"><event id="1"><start>02:30</start><title>A</title></event></day>'

    assert written(FRAB.format(days=day), zone="Europe/Berlin") == (
        "=== index.md\n---\ntitle: F\ndates: 2026-03-29\nzone: Europe/Berlin\n---\n"
        "=== schedule.yaml\n2026-03-29:\n  - id: 1\n    title: A\n    time: 03:30\n"
        "=== doubts\n1: the start 02:30 of “A”, which clocks leave out in Europe/Berlin; "
        "read as 03:30\n"
    )
