"""What a reader takes away from a checklist: links, texts, files, dates and paper."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewReader
from tests.browser.visit import Reader, clipboard

DOORS = "/posts/doors/"

MARKDOWN = """\
## Before the doors open

### Weeks before

- [x] Book the rooms
- [/] Invite the speakers
    - [x] Anna
    - [ ] Bruce
    - [-] Carol
- [/] Print the badges

### On the day

- [ ] Open Aula and switch the projector on
- [x] Choose the day
- [-] Serve breakfast"""

TEXT = """\
Before the doors open

Weeks before

☑ Book the rooms
◐ Invite the speakers (in progress)
  ☑ Anna
  ☐ Bruce
  ☐ Carol (not applicable)
◐ Print the badges (in progress)

On the day

☐ Open Aula and switch the projector on
☑ Choose the day
☐ Serve breakfast (not applicable)"""


def line(page: Page, words: str) -> Locator:
    return page.locator(".checklist-item > .checklist-line").filter(has_text=words)


def box(page: Page, words: str) -> Locator:
    return line(page, words).get_by_role("checkbox")


def begun(reader: Reader) -> Page:
    """The list with some of it done."""
    page = reader.open(DOORS)
    box(page, "Book the rooms").check()
    box(page, "Anna").check()
    line(page, "Carol").get_by_role("combobox").select_option("skipped")
    return page


def states(page: Page) -> dict[str, str]:
    """The state of every item by its words."""
    return dict(
        page.locator("[data-item]").evaluate_all(
            """all => all.map((one) =>
                [one.querySelector(".checklist-text").textContent.trim(), one.dataset.state])"""
        )
    )


def more(page: Page, name: str) -> None:
    """Press one of the buttons that are folded at first."""
    page.locator(".checklist-more > summary").click()
    page.get_by_role("button", name=name).click()


def said(page: Page) -> Locator:
    return page.locator(".checklist-said")


def test_link_carries_the_ticks(lend: NewReader, trial: str) -> None:
    page = begun(lend(trial))
    page.get_by_role("button", name="Copy link", exact=True).click()
    expect(said(page)).to_have_text("Link with your ticks copied.")
    link = clipboard(page)
    assert link.startswith(f"{trial}{DOORS}#checklist=")

    friend = lend(trial)
    there = friend.open(link.removeprefix(trial))
    expect(there.locator(".checklist-news")).to_contain_text("the ticks of the link")
    assert states(there) == states(page)
    assert there.evaluate("Object.keys(localStorage)") == []


def test_ticks_of_a_link_are_kept_only_when_wanted(lend: NewReader, trial: str) -> None:
    page = begun(lend(trial))
    page.get_by_role("button", name="Copy link", exact=True).click()
    expect(said(page)).to_have_text("Link with your ticks copied.")
    link = clipboard(page).removeprefix(trial)
    friend = lend(trial)

    there = friend.open(DOORS)
    box(there, "Bruce").check()
    friend.go(there, link)
    expect(box(there, "Bruce")).not_to_be_checked()
    there.get_by_role("button", name="Back to mine").click()
    expect(box(there, "Bruce")).to_be_checked()
    expect(box(there, "Anna")).not_to_be_checked()

    friend.go(there, link)
    there.get_by_role("button", name="Keep them").click()
    friend.go(there, DOORS)
    assert states(there) == states(page)


def test_markdown_and_text_are_whole(reader: Reader) -> None:
    page = begun(reader)

    more(page, "Copy as Markdown")
    expect(said(page)).to_have_text("Markdown copied.")
    assert clipboard(page) == MARKDOWN
    page.get_by_role("button", name="Copy as text").click()
    expect(said(page)).to_have_text("Text copied.")
    assert clipboard(page) == TEXT


def test_file_carries_the_ticks_to_another_device(
    lend: NewReader, trial: str, tmp_path: Path
) -> None:
    page = begun(lend(trial))
    page.get_by_label("The day it is for").fill("2012-07-01")
    with page.expect_download() as download:
        more(page, "Save to a file")
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    expect(said(page)).to_have_text("File made.")
    record = json.loads(file.read_text("utf-8"))
    assert (file.suffix, record["version"], record["day"]) == (".json", 1, "2012-07-01")

    there = lend(trial).open(DOORS)
    with there.expect_file_chooser() as chooser:
        more(there, "Load from a file")
    chooser.value.set_files(file)
    expect(said(there)).to_have_text("8 items taken over, 0 not found here.")
    assert states(there) == states(page)
    expect(there.get_by_label("The day it is for")).to_have_value("2012-07-01")


def test_file_of_anything_else_is_refused(reader: Reader, tmp_path: Path) -> None:
    page = begun(reader)
    before = states(page)
    page.locator(".checklist-more > summary").click()

    for text in ("no JSON", "{}", '{"version": 1, "items": {"rooms": ["x", "maybe"]}}', "null"):
        file = tmp_path / "other.json"
        file.write_text(text)
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Load from a file").click()
        chooser.value.set_files(file)
        expect(said(page)).to_have_text("This file holds no checklist.")
        page.get_by_role("button", name="Undo").focus()

    assert states(page) == before


def test_day_gives_dates(reader: Reader) -> None:
    page = reader.open(DOORS)
    expect(line(page, "Book the rooms")).to_contain_text("42 days before")

    page.get_by_label("The day it is for").fill("2012-07-01")
    expect(line(page, "Book the rooms").locator("time")).to_have_attribute("datetime", "2012-05-20")
    expect(line(page, "Book the rooms")).to_contain_text("20 May 2012, overdue")
    expect(line(page, "Print the badges")).to_contain_text("24 June 2012")
    expect(line(page, "Choose the day").locator("time")).to_have_text("1 July 2012")
    expect(line(page, "Choose the day")).not_to_contain_text("overdue")
    reader.reload(page)
    expect(line(page, "Print the badges")).to_contain_text("24 June 2012")


def test_calendar_holds_the_open_items(reader: Reader, tmp_path: Path) -> None:
    page = reader.open(DOORS)
    page.get_by_role("button", name="Calendar file").click()
    expect(said(page)).to_have_text("Choose the day first.")
    expect(page.get_by_label("The day it is for")).to_be_focused()

    page.get_by_label("The day it is for").fill("2012-07-01")
    with page.expect_download() as download:
        page.get_by_role("button", name="Calendar file").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)

    assert file.suffix == ".ics"
    expect(said(page)).to_have_text("Calendar file with 2 items made.")
    events = events_of(file.read_bytes())
    assert [(e["SUMMARY"], e["DTSTART;VALUE=DATE"], e["DTEND;VALUE=DATE"]) for e in events] == [
        ("Book the rooms", "20120520", "20120521"),
        ("Print the badges", "20120624", "20120625"),
    ]
    assert events[0]["URL"] == f"{reader.home}{DOORS}#rooms"
    assert len({event["UID"] for event in events}) == 2


def events_of(data: bytes) -> list[dict[str, str]]:
    """The events of a calendar file, whose form (RFC 5545, 3.1 and 3.6) is checked on the way."""
    text = data.decode("utf-8")
    lines = text.split("\r\n")
    assert lines.pop() == ""
    assert all("\n" not in line and len(line.encode()) <= 75 for line in lines)
    whole = text.replace("\r\n ", "").split("\r\n")[:-1]
    assert (whole[0], whole[1], whole[-1]) == ("BEGIN:VCALENDAR", "VERSION:2.0", "END:VCALENDAR")
    events: list[dict[str, str]] = []
    for line in whole:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and name not in {"END", "BEGIN"}:
            events[-1][name] = value
    return events


SEEN_ON_PAPER = """() => {
    const shown = (one) => one.checkVisibility() && one.getClientRects().length > 0;
    addEventListener("beforeprint", () => {
        const ticked = document.querySelector(".checklist-box:checked");
        window.seen = {
            title: shown(document.querySelector("h1")),
            items: [...document.querySelectorAll(".checklist-text")].filter(shown).length,
            tick: getComputedStyle(ticked, "::after").content,
        };
    });
}"""


@pytest.mark.parametrize(("button", "tick"), [("Print", '"✓"'), ("Print empty", "none")])
def test_print_view_is_the_list_alone(reader: Reader, button: str, tick: str) -> None:
    page = begun(reader)
    page.locator(".checklist-more > summary").click()
    page.emulate_media(media="print")
    page.evaluate(SEEN_ON_PAPER)

    page.get_by_role("button", name=button, exact=True, include_hidden=True).dispatch_event("click")
    page.wait_for_function("window.seen")

    assert page.evaluate("window.seen") == {"title": False, "items": 9, "tick": tick}
    # Headless, Chromium never comes to the end of a print.
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("[data-print]")).to_have_count(0)
