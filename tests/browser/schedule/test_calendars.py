"""The published calendars, read by ical.js: a reader by other people, in another language."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import NewReader
from tests.browser.schedule.fair import BASE, HAMMERS
from tests.browser.schedule.test_my_programme import starred, taken

ICAL = Path(__file__).parents[1] / "icaljs" / "ical.min.js"

READ = """
async ([library, text]) => {
  const { default: ICAL } = await import(`data:text/javascript;base64,${library}`);
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  }
  return calendar.getAllSubcomponents("vevent").map((each) => {
    const event = new ICAL.Event(each);
    return [event.uid, event.summary, event.startDate.toUnixTime(), event.sequence];
  });
}
"""


def events_of(page: Page, data: bytes) -> list[list[Any]]:
    """UID, title, instant and sequence of each event, as ical.js finds them."""
    library = b64encode(ICAL.read_bytes()).decode()
    return list(page.context.new_page().evaluate(READ, [library, data.decode()]))


def test_other_reader_finds_every_session_of_every_calendar(
    visitor: NewReader, fair_site: Path
) -> None:
    page = visitor().open(BASE)
    folder = fair_site / BASE.strip("/")
    sessions = json.loads((folder / "programme.json").read_text("utf-8"))["sessions"]
    known = {
        each["uid"]: [
            each["uid"],
            each["title"],
            datetime.fromisoformat(each["start"]).timestamp(),
            0,
        ]
        for each in sessions
        if each["start"]
    }
    calendars = sorted(folder.rglob("*.ics"))

    assert len(calendars) > 20
    for file in calendars:
        events = events_of(page, file.read_bytes())
        assert events == [known[uid] for uid, *_ in events], file
    whole = events_of(page, (folder / "schedule.ics").read_bytes())
    assert {uid for uid, *_ in whole} == set(known)


def test_calendar_made_in_the_browser_is_the_published_one(
    visitor: NewReader, fair_site: Path, tmp_path: Path
) -> None:
    """One who takes both has each session once, and no program thinks that it changed."""
    page = starred(visitor(), HAMMERS, "opening")
    made = events_of(page, taken(page, tmp_path))
    folder = fair_site / BASE.strip("/")
    published = events_of(page, (folder / "schedule.ics").read_bytes())

    assert [event for event in published if event in made] == sorted(made, key=published.index)


def test_programme_can_be_taken_along_without_script(visitor: NewReader) -> None:
    page = visitor(script=False).open(f"{BASE}talks/{HAMMERS}/")
    link = page.get_by_role("link", name="Add to calendar").first

    expect(link).to_have_attribute("href", f"{BASE}talks/{HAMMERS}/schedule.ics")
    follow = page.get_by_role("link", name="Follow it in your calendar").first
    assert (follow.get_attribute("href") or "").startswith("webcal://")
