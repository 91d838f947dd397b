"""My programme: what is starred, what overlaps, and what a reader carries off."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import segno
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewReader
from tests.browser.schedule.fair import BASE, COFFEE_NL, HAMMERS, MY, SAW, SCHEDULE, star
from tests.browser.visit import Reader, clipboard, widest

KEEP_STAR = """async (id) => {
    const { src } = [...document.scripts].find((one) => one.src.endsWith("site.js"));
    const { Stars } = await import(src.replace("site.js", "schedule/stars.js"));
    new Stars(document.querySelector("event-schedule").dataset.event).toggle(id);
}"""


def starred(reader: Reader, *ids: str) -> Page:
    """My programme, with these sessions in it."""
    page = reader.open(SCHEDULE)
    for id in ids:
        if star(page, id).count():
            star(page, id).click()
        else:
            # It was starred before it was cancelled: now it is offered to nobody.
            page.evaluate(KEEP_STAR, id)
    reader.go(page, MY)
    expect(page.locator("[data-ready]")).to_have_count(1)
    return page


def opened(reader: Reader, path: str) -> Page:
    """A page whose programme has been fetched."""
    page = reader.open(path)
    expect(page.locator("[data-ready]")).to_have_count(1)
    return page


def lines(page: Page) -> list[str]:
    """The titles of the sessions listed."""
    return page.locator("my-programme .session-title").all_text_contents()


def kept(page: Page) -> list[str]:
    """The ids that the device keeps."""
    return list(page.evaluate("JSON.parse(localStorage['schedule:fair:stars'] ?? '[]')"))


# What it shows


def test_empty_programme_says_where_to_star(visitor: NewReader) -> None:
    page = opened(visitor(), MY)

    expect(page.locator(".my-empty")).to_contain_text("Nothing is starred yet.")
    page.locator(".my-empty").get_by_role("link", name="schedule").click()
    page.wait_for_url(f"**{SCHEDULE}")


def test_programme_lists_stars_by_day_and_time(visitor: NewReader) -> None:
    page = starred(visitor(), "a-walk", "winter-time", "glue", HAMMERS)

    days = page.locator(".my-day")
    expect(days.locator("h2")).to_have_text(["Saturday, 24 October", "Sunday, 25 October"])
    assert lines(page) == ["Hammers; nails, and \\ slashes", "Glue", "Winter time", "A walk"]
    expect(days.nth(1).locator(".session-when").nth(1)).to_have_text("Time not known, Yard ")


def test_overlaps_and_gaps_are_told(visitor: NewReader) -> None:
    page = starred(visitor(), "opening", HAMMERS, COFFEE_NL, SAW, "glue", "who-sweeps")

    expect(page.locator(".session-warning")).to_have_text(
        [
            "Overlaps “Koffie zetten” at 10:00.",
            "Overlaps “Long saw” at 10:30.",
            "Overlaps “Hammers; nails, and \\ slashes” at 10:00.",
            "Overlaps “Long saw” at 10:30.",
            "Overlaps “Hammers; nails, and \\ slashes” at 10:00.",
            "Overlaps “Koffie zetten” at 10:00.",
        ]
    )
    expect(page.locator(".my-gap")).to_have_text(["Free for 1 h 30 min until 13:00"])


def test_gap_says_how_much_is_on_meanwhile(visitor: NewReader) -> None:
    page = starred(visitor(), "opening", "glue")

    expect(page.locator(".my-gap")).to_have_text(
        "Free for 3 h 15 min until 13:00: 3 sessions are on then"
    )


def test_cancelled_session_is_no_overlap(visitor: NewReader) -> None:
    page = starred(visitor(), "glue", "sand")

    expect(page.locator(".session-warning")).to_have_count(0)
    expect(page.locator('.session[data-session="sand"]')).to_contain_text("Cancelled")


def test_what_moved_says_so_and_where_it_is(visitor: NewReader, tmp_path: Path) -> None:
    page = starred(visitor(), "closing")

    closing = page.locator('.session[data-session="closing"]')
    expect(closing.locator(".session-status")).to_have_text("Moved, was 10:30")
    expect(closing.locator(".session-when")).to_have_text("11:00–11:45, all rooms ")
    (event,) = Calendar.from_ical(taken(page, tmp_path)).events
    assert str(event["LOCATION"]) == "All rooms"


def test_star_taken_back_leaves_the_list_and_keeps_the_focus(visitor: NewReader) -> None:
    page = starred(visitor(), HAMMERS, "glue")

    star(page, HAMMERS).press("Enter")
    assert lines(page) == ["Glue"]
    expect(star(page, "glue")).to_be_focused()


def test_own_time_and_what_is_on_stand_there_too(visitor: NewReader) -> None:
    reader = visitor(timezone_id="Pacific/Auckland")
    starred(reader, "glue")
    page = opened(reader, f"{MY}?at=2026-10-24T12:50")

    glue = page.locator('[data-session="glue"]')
    expect(glue.locator(".session-when")).to_have_text("13:00–13:45, Hall Next, in 10 min")
    expect(glue.locator(".own-time")).to_have_text("00:00–00:45 in Auckland, +1 day")


def test_lines_of_script_name_kind_and_language_as_the_page_does(visitor: NewReader) -> None:
    page = starred(visitor(), COFFEE_NL, "closing", "glue")

    titles = page.locator("my-programme .session-title a")
    assert titles.evaluate_all("all => all.map((one) => one.lang)") == ["nl", "", ""]
    assert page.locator("my-programme .session-facts").all_text_contents() == [
        "People · Nederlands", "Tools", "Keynote",
    ]  # fmt: skip


# Links


def shared_link(page: Page) -> str:
    """The link that is copied."""
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".schedule-said")).to_contain_text("Link copied")
    return clipboard(page)


def test_link_shows_the_programme_on_another_device(visitor: NewReader) -> None:
    link = shared_link(starred(visitor(), "glue", HAMMERS))
    other = visitor()
    page = opened(other, link.removeprefix(other.home))

    assert lines(page) == ["Hammers; nails, and \\ slashes", "Glue"]
    expect(page.locator(".schedule-news")).to_contain_text("These are the 2 sessions of the link")
    assert kept(page) == []
    page.get_by_role("button", name="Keep as mine").click()
    assert kept(page) == ["glue", HAMMERS]
    assert page.url == other.home + MY


@pytest.mark.parametrize(
    ("button", "result"),
    [
        ("Add to mine", ["glue", HAMMERS, SAW]),
        ("Replace mine", ["glue", HAMMERS]),
        ("Back to mine", [SAW]),
    ],
)
def test_link_and_own_stars_are_told_apart(
    visitor: NewReader, button: str, result: list[str]
) -> None:
    link = shared_link(starred(visitor(), HAMMERS, "glue"))
    other = visitor()
    starred(other, SAW)
    page = opened(other, link.removeprefix(other.home))

    assert kept(page) == [SAW]
    page.get_by_role("button", name=button).click()
    assert kept(page) == result


def test_link_does_not_depend_on_the_order(visitor: NewReader) -> None:
    first = shared_link(starred(visitor(), SAW, "glue", HAMMERS))
    second = shared_link(starred(visitor(), HAMMERS, SAW, "glue"))

    assert first == second
    assert len(first.partition("#")[2]) == len("stars=") + 3 * 5


def test_link_survives_what_is_not_in_the_programme(visitor: NewReader) -> None:
    link = shared_link(starred(visitor(), "glue"))
    other = visitor()
    page = opened(other, link.removeprefix(other.home) + "AAAAA")

    assert lines(page) == ["Glue"]
    expect(page.locator(".schedule-news")).to_contain_text(
        "1 session of the link is no longer in the programme."
    )


def test_star_of_a_session_that_is_gone_is_told_and_can_be_forgotten(visitor: NewReader) -> None:
    reader = visitor()
    page = starred(reader, "glue")
    page.evaluate("localStorage['schedule:fair:stars'] = JSON.stringify(['glue', 'gone'])")
    reader.reload(page)

    expect(page.locator(".schedule-news")).to_contain_text("1 session of yours is no longer")
    page.get_by_role("button", name="Forget them").click()
    assert kept(page) == ["glue"]
    expect(page.locator(".schedule-news")).to_be_hidden()


# The QR code


def test_code_leads_to_the_link(visitor: NewReader) -> None:
    page = starred(visitor(), "glue", SAW)
    link = shared_link(page)
    button = page.get_by_role("button", name="QR code")

    button.click()
    expect(page.locator(".qr-link")).to_have_attribute("href", link)
    expect(page.get_by_role("img", name="QR code of the link")).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    button.click()
    expect(page.locator(".qr-link")).to_have_count(0)


FULL = [14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 412, 666]
"""How many characters fill a code of each version."""


def test_codes_are_those_of_another_encoder(visitor: NewReader) -> None:
    """At full versions; which mask reads best, encoders see differently."""
    page = opened(visitor(), MY)
    module = page.locator('script[type="module"]').get_attribute("src")
    assert module
    texts = ["".join(chr(33 + (7 * n + n // 5) % 90) for n in range(size)) for size in FULL]

    matrices = page.evaluate(
        """async ([module, texts]) => {
            const { encode } = await import(module);
            return texts.map((text) => encode(text).map((row) => row.map(Number)));
        }""",
        [module.replace("site.js", "schedule/qr.js"), texts],
    )
    pairs = zip(FULL, texts, matrices, strict=True)
    assert [size for size, text, matrix in pairs if matrix not in others(text)] == []


def others(text: str) -> list[list[list[int]]]:
    """The codes of a text that another encoder makes, with each mask."""
    codes = (
        segno.make(text, error="m", mode="byte", micro=False, boost_error=False, mask=mask)
        for mask in range(8)
    )
    return [[list(row) for row in code.matrix] for code in codes]


def test_text_too_long_has_no_code(visitor: NewReader) -> None:
    page = opened(visitor(), MY)
    module = page.locator('script[type="module"]').get_attribute("src")
    assert module

    found = page.evaluate(
        "async (module) => (await import(module)).encode('x'.repeat(667))",
        module.replace("site.js", "schedule/qr.js"),
    )
    assert found is None


# The calendar


def taken(page: Page, tmp_path: Path) -> bytes:
    """The calendar file that the reader gets."""
    with page.expect_download() as started:
        page.locator(":is(a, button):visible", has_text="Add to calendar").first.click()
    started.value.save_as(tmp_path / "taken.ics")
    return (tmp_path / "taken.ics").read_bytes()


def test_calendar_has_the_sessions_with_the_published_uids(
    visitor: NewReader, tmp_path: Path
) -> None:
    page = starred(
        visitor(timezone_id="Pacific/Auckland"), HAMMERS, f"{HAMMERS}-2", "sand", "a-walk"
    )
    events = Calendar.from_ical(taken(page, tmp_path)).walk("VEVENT")

    assert [(str(event["UID"]), event.start, event.end) for event in events] == [
        (f"{HAMMERS}@fair.example.org", at(24, 8), at(24, 8, 45)),
        ("sand@fair.example.org", at(24, 11), at(24, 11, 45)),
        (f"{HAMMERS}-2@fair.example.org", at(25, 9), at(25, 9, 45)),
    ]
    first = events[0]
    assert str(first["SUMMARY"]) == "Hammers; nails, and \\ slashes"
    assert (str(first["LOCATION"]), str(first["DESCRIPTION"])) == ("Hall", "Ben Bolt")
    assert str(first["URL"]).endswith(f"{BASE}talks/{HAMMERS}/")
    assert [str(event["STATUS"]) for event in events] == ["CONFIRMED", "CANCELLED", "CONFIRMED"]
    expect(page.locator(".schedule-said")).to_have_text(
        "Calendar file with 3 sessions made. 1 without a time is not in it."
    )


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of the fair, in UTC."""
    return datetime(2026, 10, day, hour, minute, tzinfo=UTC)


def test_calendar_keeps_the_rules_of_the_format(visitor: NewReader, tmp_path: Path) -> None:
    """CRLF, at most 75 octets a line, one stamp an event in UTC, no zone on UTC times."""
    data = taken(starred(visitor(), HAMMERS, "opening", "closing"), tmp_path)
    lines = data.split(b"\r\n")

    assert (lines[0], lines[-2:]) == (b"BEGIN:VCALENDAR", [b"END:VCALENDAR", b""])
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert b"TZID" not in data
    for name in (b"UID:", b"DTSTAMP:", b"SEQUENCE:0", b"LAST-MODIFIED:"):
        assert sum(line.startswith(name) for line in lines) == 3
    assert sum(line.startswith((b"DTEND:", b"DURATION:")) for line in lines) == 3


def test_calendar_of_a_talk_holds_the_time_that_was_chosen(
    visitor: NewReader, tmp_path: Path
) -> None:
    page = visitor().open(f"{BASE}talks/{HAMMERS}/")
    events = Calendar.from_ical(taken(page, tmp_path)).walk("VEVENT")

    assert [str(event["UID"]) for event in events] == [f"{HAMMERS}@fair.example.org"]


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_page_fits(visitor: NewReader, width: int) -> None:
    reader = visitor(width=width, timezone_id="Pacific/Auckland")
    page = starred(reader, HAMMERS, SAW)
    page.get_by_role("button", name="QR code").click()

    expect(page.locator(".qr")).to_be_visible()
    assert widest(page) == width
