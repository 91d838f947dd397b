"""`schedule: {from: …}` reads a foreign file at every build, and says what is wrong with it."""

from __future__ import annotations

from pathlib import Path

from plugins.schedule.imports.at_build import read_at_build
from plugins.schedule.model import EventFacts
from tests.schedule.folders import read_event
from tests.schedule.imports.reading import outcome_of

FRAB = (Path(__file__).parent / "cases/frab.xml").read_bytes()
INDEX = "---\ntitle: F\ndates: 2026-10-24 to 2026-10-26\nzone: Europe/Berlin\n---\n"
FACTS = EventFacts(event=read_event(INDEX))


def test_programme_is_the_one_that_an_import_makes() -> None:
    programme, problems = read_at_build("content/schedule.xml", FRAB, FACTS)

    settled = outcome_of(FRAB).programme.sessions
    assert [session.id for session in programme.sessions] == [session.id for session in settled]
    assert [session.start for session in programme.sessions] == [each.start for each in settled]
    assert [session.place.line for session in programme.sessions] == [
        session.said.line for session in settled
    ]
    assert programme.sessions[0].abstract == "One & two\n\nThree\n\nSee this not\n\na_b *c*\n\nd"
    assert {str(problem.place.path) for problem in problems} == {"content/schedule.xml"}
    assert [str(problem) for problem in problems if not problem.severity] == []


def test_doubt_is_a_warning_at_its_line() -> None:
    _, problems = read_at_build("content/schedule.xml", FRAB, FACTS)

    assert str(next(problem for problem in problems if problem.place.line == 34)) == (
        "content/schedule.xml:34: warning: found a length of nothing of “../..”; "
        "expected none (left open)"
    )


def test_file_that_is_no_programme_is_an_error() -> None:
    programme, problems = read_at_build("content/x.xml", b"<!DOCTYPE html><title>Oops", FACTS)

    assert programme.sessions == ()
    assert [str(problem) for problem in problems] == [
        "content/x.xml: found an HTML page called “Oops”; expected a conference's programme"
    ]
