"""The schedule's tools in a browser: stars, filters, clocks, what is on, what changed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewReader
from tests.browser.schedule.fair import (
    BASE,
    COFFEE_NL,
    HAMMERS,
    MY,
    SAW,
    SCHEDULE,
    change_programme,
    marked,
    session,
    shown,
    star,
)
from tests.browser.visit import widest

TOGETHER = [HAMMERS, COFFEE_NL]


@pytest.fixture
def page(visitor: NewReader) -> Page:
    return visitor().open(SCHEDULE)


# Stars


def test_star_is_a_toggle_named_for_its_session(page: Page) -> None:
    button = page.get_by_role("button", name="Star: Long saw", exact=True)

    expect(button).to_have_attribute("aria-pressed", "false")
    button.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    assert marked(page, "starred") == [SAW]
    expect(page.get_by_role("link", name="My programme (1)")).to_be_visible()
    button.press("Space")
    expect(button).to_have_attribute("aria-pressed", "false")
    assert marked(page, "starred") == []


def test_star_stays_and_shows_in_other_tabs(visitor: NewReader) -> None:
    reader = visitor()
    first, second = reader.open(SCHEDULE), reader.open(SCHEDULE)

    star(first, SAW).click()
    expect(star(second, SAW)).to_have_attribute("aria-pressed", "true")
    star(second, SAW).click()
    expect(star(first, SAW)).to_have_attribute("aria-pressed", "false")
    star(first, HAMMERS).click()
    reader.reload(second)
    assert marked(second, "starred") == [HAMMERS]


def test_cancelled_talk_has_no_star(visitor: NewReader) -> None:
    talk = visitor().open(f"{BASE}talks/sand/")

    expect(talk.locator("[data-ready]")).to_have_count(1)
    expect(talk.locator(".session-star")).to_have_count(0)


def test_star_on_a_talks_page_is_that_of_the_schedule(visitor: NewReader) -> None:
    reader = visitor()
    talk = reader.open(f"{BASE}talks/{HAMMERS}/")

    expect(talk.locator(".session-star")).to_have_count(2)
    talk.locator(".session-star").nth(1).click()
    assert marked(reader.open(SCHEDULE), "starred") == [f"{HAMMERS}-2"]


def test_star_that_overlaps_another_says_so(page: Page) -> None:
    star(page, HAMMERS).click()
    star(page, SAW).click()

    said = page.get_by_text("Overlaps “Hammers; nails, and \\ slashes”.")
    expect(said).to_be_attached()
    expect(said).to_have_attribute("role", "status")


# Filters


def test_filters_narrow_the_list_and_stand_in_the_address(page: Page) -> None:
    page.get_by_text("Filter", exact=True).click()
    page.get_by_role("group", name="Track").get_by_label("Tools").check()
    page.get_by_role("group", name="Room").get_by_label("Hall").check()

    assert shown(page) == [HAMMERS, "glue"]
    assert page.url.endswith("/schedule/?track=tools&room=hall")
    expect(page.locator(".schedule-count")).to_have_text("2 of 12 sessions shown")
    expect(page.locator(".schedule-slot:visible")).to_have_count(2)
    expect(page.locator("#day-2026-10-25")).to_have_attribute("data-empty", "")


def test_filters_of_one_facet_add_up(page: Page) -> None:
    page.get_by_text("Filter", exact=True).click()
    kinds = page.get_by_role("group", name="Kind")
    kinds.get_by_label("Keynote").check()
    kinds.get_by_label("Workshop").check()

    assert shown(page) == ["opening", SAW, "closing"]


def test_back_takes_a_filter_back(page: Page) -> None:
    search = page.get_by_role("searchbox", name="Find a session")

    search.press_sequentially("BOLT")
    assert shown(page) == [HAMMERS, "glue", f"{HAMMERS}-2"]
    page.get_by_text("Filter", exact=True).click()
    page.get_by_role("group", name="Room").get_by_label("Attic").check()
    assert shown(page) == [f"{HAMMERS}-2"]
    page.go_back()
    assert shown(page) == [HAMMERS, "glue", f"{HAMMERS}-2"]
    expect(search).to_have_value("BOLT")
    page.go_back()
    assert len(shown(page)) == 12
    expect(search).to_have_value("")
    page.go_forward()
    expect(search).to_have_value("BOLT")


def test_address_with_filters_opens_filtered(visitor: NewReader) -> None:
    page = visitor().open(f"{SCHEDULE}?language=nl&text=KOFFIE")

    assert shown(page) == [COFFEE_NL]
    expect(page.locator(".schedule-count")).to_have_text("1 of 12 sessions shown")
    page.get_by_role("button", name="Show all").click()
    assert len(shown(page)) == 12
    assert page.url.endswith("/schedule/")


def test_text_is_found_without_its_accents(visitor: NewReader) -> None:
    page = visitor().open(f"{SCHEDULE}?text=ampere%20ope")

    assert shown(page) == ["opening"]


def test_own_stars_are_a_filter(page: Page) -> None:
    star(page, SAW).click()
    page.get_by_role("button", name="Starred", exact=True).click()

    assert shown(page) == [SAW]
    assert page.url.endswith("?mine=1")


def test_filter_panel_closes_by_key_and_when_left(page: Page) -> None:
    panel = page.locator(".schedule-filters")

    panel.locator("summary").press("Enter")
    page.get_by_role("group", name="Track").get_by_label("Tools").focus()
    page.keyboard.press("Escape")
    expect(panel).not_to_have_attribute("open", "")
    expect(page.locator(":focus")).to_have_text(re.compile("Filter"))
    panel.locator("summary").click()
    page.locator("h1").click()
    expect(panel).not_to_have_attribute("open", "")


# Clocks


@pytest.mark.parametrize(
    ("zone", "own"),
    [
        ("Pacific/Auckland", ["21:00 Auckland", "22:00 Auckland"]),
        ("Pacific/Kiritimati", ["22:00 Kiritimati", "23:00 Kiritimati"]),
        ("America/Los_Angeles", ["01:00 Los Angeles", "02:00 Los Angeles"]),
        ("Pacific/Pago_Pago", ["21:00 Pago Pago, −1 day", "22:00 Pago Pago, −1 day"]),
    ],
)
def test_own_time_stands_beside_the_events(visitor: NewReader, zone: str, own: list[str]) -> None:
    """Between the two mornings clocks go back in Amsterdam, and nowhere else."""
    page = visitor(timezone_id=zone).open(SCHEDULE)
    headings = page.locator(
        ".schedule-slot:has([data-session$=slashes], [data-session$=slashes-2]) > h3"
    )

    expect(headings.locator("> time")).to_have_text(["10:00", "10:00"])
    expect(headings.locator(".own-time")).to_have_text(own)


def test_own_time_a_day_ahead_is_marked(visitor: NewReader) -> None:
    page = visitor(timezone_id="Pacific/Auckland").open(SCHEDULE)

    glue = session(page, "glue")
    expect(glue.locator(".session-when")).to_have_text("13:00–13:45, Hall ")
    expect(glue.locator(".own-time")).to_have_text("00:00–00:45 in Auckland, +1 day")
    expect(session(page, "a-walk").locator(".own-time")).to_have_count(0)


@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "Europe/Berlin"])
def test_own_time_is_not_told_where_clocks_show_the_same(visitor: NewReader, zone: str) -> None:
    page = visitor(timezone_id=zone).open(SCHEDULE)

    expect(page.locator(".own-time")).to_have_count(0)


def test_choice_of_zone_holds_on_other_pages(visitor: NewReader) -> None:
    reader = visitor(timezone_id="Pacific/Auckland")
    page = reader.open(SCHEDULE)

    page.get_by_label("Also show times in").select_option("Asia/Tokyo")
    expect(session(page, "glue").locator(".own-time")).to_have_text("20:00–20:45 in Tokyo")
    talk = reader.open(f"{BASE}talks/glue/")
    expect(talk.locator(".own-time")).to_have_text("20:00–20:45 in Tokyo")
    page.get_by_label("Also show times in").select_option("no other place")
    expect(page.locator(".own-time")).to_have_count(0)
    reader.reload(page)
    expect(page.locator(".own-time")).to_have_count(0)
    page.get_by_label("Also show times in").select_option("Pacific/Auckland (yours)")
    expect(session(page, "glue").locator(".own-time")).to_have_count(1)


# What is on


@pytest.mark.parametrize(
    ("at", "on", "next_", "past"),
    [
        ("2026-10-24T08:00", [], ["opening"], []),
        ("2026-10-24T10:00", TOGETHER, [SAW], ["opening"]),
        ("2026-10-24T10:00:00%2B02:00", TOGETHER, [SAW], ["opening"]),
        ("2026-10-24T08:00Z", TOGETHER, [SAW], ["opening"]),
        ("2026-10-24T10:40", [*TOGETHER, SAW], ["coffee"], ["opening"]),
        ("2026-10-24T13:30", ["glue"], ["who-sweeps"], ["opening", *TOGETHER, SAW, "coffee"]),
        ("2026-10-25T08:30Z", ["winter-time"], [f"{HAMMERS}-2"], None),
        ("2026-10-25T10:00:30", [f"{HAMMERS}-2"], ["closing"], None),
        ("2026-01-01", [], [], []),
    ],
)
def test_rehearsal_shows_what_is_on(
    visitor: NewReader, at: str, on: list[str], next_: list[str], past: list[str] | None
) -> None:
    page = visitor().open(f"{SCHEDULE}?at={at}")

    assert (marked(page, "now"), marked(page, "next")) == (on, next_)
    assert past is None or marked(page, "past") == past


def test_what_is_on_is_told_in_words(visitor: NewReader) -> None:
    page = visitor().open(f"{SCHEDULE}?at=2026-10-24T10:10")

    expect(session(page, HAMMERS).locator(".session-when")).to_have_text("10:00–10:45, Hall On now")
    expect(session(page, SAW)).to_contain_text("Next, in 20 min")
    expect(page.locator(".schedule-now")).to_have_text("Now 10:10")
    slots = page.locator(".schedule-now + .schedule-slot .session")
    expect(slots).to_have_attribute("data-session", SAW)


def test_line_of_now_lies_at_its_place_within_the_row(visitor: NewReader) -> None:
    page = visitor().open(f"{SCHEDULE}?at=2026-10-24T10:15")
    line, slot = (
        page.locator(selector).evaluate("one => one.getBoundingClientRect().top")
        for selector in (".schedule-now > span", f'.session[data-session="{HAMMERS}"]')
    )
    box = session(page, HAMMERS).bounding_box()

    assert box
    assert slot < line < slot + box["height"]


@pytest.mark.parametrize(
    ("words", "found"),
    [("10:00", TOGETHER), ("Dutch", [COFFEE_NL]), ("Attic", None), ("workshop", None)],
)
def test_text_finds_times_languages_rooms_and_kinds(
    page: Page, words: str, found: list[str] | None
) -> None:
    page.get_by_role("searchbox", name="Find a session").fill(words)

    assert shown(page)
    assert len(shown(page)) < 12
    assert found is None or shown(page)[:2] == found


def test_cancelled_session_is_not_offered_a_star(page: Page) -> None:
    assert page.locator('.session[data-status="cancelled"]').count() == 1
    assert page.locator('.session[data-status="cancelled"] .session-star').count() == 0


def test_what_is_on_changes_by_itself_and_is_announced_once(
    new_reader: NewReader, fair: str
) -> None:
    reader = new_reader(fair, timezone_id="UTC")  # Its clock is that of the whole device.
    page = reader.context.new_page()
    page.clock.install(time="2026-10-24T09:44:10+02:00")
    page.goto(f"{reader.home}{SCHEDULE}")
    expect(session(page, "opening").locator(".session-state")).to_have_text("On now")
    said = page.locator(".schedule-tools > .visually-hidden")

    page.clock.run_for(60_000)
    assert marked(page, "now") == []
    page.clock.run_for(15 * 60_000)
    assert marked(page, "now") == TOGETHER
    expect(said).to_have_text("Now: Hammers; nails, and \\ slashes; Koffie zetten.")
    said.evaluate("one => { one.textContent = '' }")
    page.clock.run_for(5 * 60_000)
    expect(said).to_have_text("")


def test_jump_leads_to_what_is_on(visitor: NewReader) -> None:
    page = visitor().open(f"{SCHEDULE}?at=2026-10-25T10:20")

    page.get_by_role("button", name="Jump to now").press("Enter")
    expect(session(page, f"{HAMMERS}-2").get_by_role("link")).to_be_focused()
    expect(session(page, f"{HAMMERS}-2")).to_be_in_viewport()


def test_jump_is_only_there_during_the_event(page: Page) -> None:
    expect(page.get_by_role("button", name="Jump to now")).to_have_count(0)


def test_rehearsal_is_named_and_ends(visitor: NewReader) -> None:
    page = visitor().open(f"{SCHEDULE}?at=2026-10-24T10:00&track=tools")

    expect(page.locator(".schedule-rehearsal")).to_contain_text("2026-10-24, 10:00")
    page.get_by_role("link", name="Back to the real time").click()
    page.wait_for_url("**/schedule/?track=tools")
    expect(page.locator(".schedule-rehearsal")).to_have_count(0)


# What changed


def test_changes_since_the_last_visit_are_marked_until_seen(
    new_reader: NewReader, changing: tuple[str, Path]
) -> None:
    home, folder = changing
    reader = new_reader(home)
    page = reader.open(SCHEDULE)
    expect(page.locator(".schedule-news")).to_have_count(0)
    change_programme(
        folder,
        "schedule",
        ('data-start="2026-10-24T13:00:00+02:00" data-end="2026-10-24T13:45:00+02:00"',
         'data-start="2026-10-24T13:15:00+02:00" data-end="2026-10-24T13:45:00+02:00"'),
        ('data-session="who-sweeps"', 'data-session="who-mops"'),
        ('data-kind="workshop" data-language="en" data-status="confirmed"',
         'data-kind="workshop" data-language="en" data-status="cancelled"'),
    )  # fmt: skip

    for _ in range(2):
        reader.reload(page)
        news = page.locator(".session-news")
        expect(news).to_have_text(["Cancelled", "Was 13:00", "Was 13:00", "New"])
        expect(page.locator(".schedule-news")).to_contain_text(
            "Since your last visit 4 sessions are new or changed; no longer here: “Who sweeps?”."
        )
    page.get_by_role("button", name="Seen").click()
    expect(news).to_have_count(0)
    reader.reload(page)
    expect(page.locator(".schedule-news")).to_have_count(0)


# On every device


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_tools_fit_and_are_large_enough(visitor: NewReader, width: int) -> None:
    page = visitor(width=width, timezone_id="Pacific/Auckland").open(
        f"{SCHEDULE}?at=2026-10-24T10:10"
    )

    assert widest(page) == width
    boxes = page.locator(
        ".schedule-tools :is(button, summary, input, select):visible, .session-star"
    )
    sizes = boxes.evaluate_all("all => all.map((one) => one.getBoundingClientRect().height)")
    assert min(sizes) >= 44
    page.locator(".schedule-filters summary").click()
    assert widest(page) == width


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", [SCHEDULE, f"{BASE}talks/glue/"])
def test_nothing_moves_when_script_arrives(visitor: NewReader, width: int, path: str) -> None:
    """As browsers measure it: layout shifts, of which up to 0.1 counts as none."""
    reader = visitor(width=width, timezone_id="UTC")
    page = reader.open(path)
    page.wait_for_timeout(300)
    total = page.evaluate(SHIFTS)

    assert total < 0.02


SHIFTS = """() => new Promise((resolve) => new PerformanceObserver((list) => resolve(
    list.getEntries().reduce((sum, { value }) => sum + value, 0)
)).observe({ type: "layout-shift", buffered: true }) || setTimeout(() => resolve(0), 200))"""


def test_programme_is_whole_without_script(visitor: NewReader) -> None:
    page = visitor(script=False).open(SCHEDULE)

    expect(page.locator(".session")).to_have_count(12)
    expect(page.locator(".schedule-tools, .session-star").locator("visible=true")).to_have_count(0)
    expect(session(page, "glue").get_by_role("link", name="Glue")).to_be_visible()
    my = visitor(script=False).open(MY)
    expect(my.get_by_role("link", name="the schedule")).to_be_visible()


def test_tools_are_not_printed(page: Page) -> None:
    star(page, SAW).click()
    page.emulate_media(media="print")

    hidden = page.locator(".schedule-tools, .session-star").locator("visible=true")
    expect(hidden).to_have_count(0)
    content = (
        session(page, SAW)
        .locator(".session-title")
        .evaluate("one => getComputedStyle(one, '::before').content")
    )
    assert content == '"★ "'
