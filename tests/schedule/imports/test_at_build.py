"""`schedule: {from: …}` reads a foreign file at every build, and says what is wrong with it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from plugins.schedule.imports.at_build import read_at_build
from plugins.schedule.model import EventFacts
from tests.schedule.folders import read_event
from tests.schedule.imports.reading import outcome_of
from tests.schedule.pages.pages import SITE, page, spoken
from tests.site_folder import SITES, SiteFolder

FRAB = (Path(__file__).parents[1] / "formats/foreign/frab.xml").read_bytes()
INDEX = "---\ntitle: F\ndates: 2026-10-24 to 2026-10-26\nzone: Europe/Berlin\n---\n"
HEAD = "---\nschedule: {from: schedule.xml}\n"
POST = "---\ntitle: Hello\nkind: news\ndate: 2012-03-01\n---\nHello.\n"
FACTS = EventFacts(event=read_event(INDEX))


def test_programme_is_the_one_that_an_import_makes() -> None:
    programme, problems = read_at_build("content/schedule.xml", FRAB, FACTS)

    settled = outcome_of(FRAB).programme.sessions
    assert [session.id for session in programme.sessions] == [session.id for session in settled]
    assert [session.start for session in programme.sessions] == [each.start for each in settled]
    assert [session.place.line for session in programme.sessions] == [
        session.said.line for session in settled
    ]
    assert (
        programme.sessions[0].texts.abstract == "One & two\n\nThree\n\nSee this not\n\na_b *c*\n\nd"
    )
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


def event(id: str, title: str, text: str) -> str:
    return (
        f'<event id="{id}"><date>2026-10-24T{id}:00:00+02:00</date><duration>00:45</duration>'
        f"<room>Attic</room><title>{title}</title><description>{text}</description></event>"
    )


def frab(*events: str) -> str:
    day = "".join(events)
    return f'<schedule><conference/><day date="2026-10-24">{day}</day></schedule>'


KNOTS = event("10", "Knots &lt;script&gt;alert(1)&lt;/script&gt;", "Five of them.")


@pytest.fixture
def site(tmp_path: Path) -> SiteFolder:
    """A site whose one event has its programme from a file."""
    folder = SiteFolder(tmp_path)
    shutil.copy(SITES / "pelicanconf.py", tmp_path)
    shutil.copy(SITE / "settings.py", tmp_path)
    folder.write("content/posts/hello.md", POST)
    folder.write("content/events/fair/index.md", INDEX.replace("---\n", HEAD, 1))
    folder.write("content/events/fair/schedule.xml", frab(KNOTS))
    return folder


def test_site_follows_the_file_from_build_to_build(site: SiteFolder) -> None:
    site.built()
    first = spoken(page(site, "events/fair/schedule/").get_element_by_id("main"))
    calendar = site.page("events/fair/schedule.ics")
    talk = spoken(page(site, "events/fair/talks/10/").get_element_by_id("main"))

    site.write("content/events/fair/schedule.xml", frab(KNOTS, event("11", "Nets", "Big.")))
    site.built()
    second = spoken(page(site, "events/fair/schedule/").get_element_by_id("main"))
    whole = site.tree()

    site.write("content/events/fair/schedule.xml", "<!DOCTYPE html><title>Not found</title>")
    refused = site.build()

    assert "Knots alert(1)" in first
    assert "Nets" not in first
    assert calendar.count("BEGIN:VEVENT") == 1
    assert "\nSUMMARY:Knots alert(1)\n" in calendar
    assert "Five of them." in talk
    assert "Nets" in second
    assert site.page("events/fair/schedule.ics").count("BEGIN:VEVENT") == 2
    assert refused.code == 1
    assert refused.report.splitlines()[0] == (
        "content/events/fair/schedule.xml: found an HTML page called “Not found”; "
        "expected a conference's programme"
    )
    assert site.tree() == whole
