"""The schedule in a hand: 360 px wide, touched with a finger, in a zone a day away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import new_desk
from tests.browser.schedule.fair import (
    BASE,
    HAMMERS,
    MY,
    NOW,
    SAW,
    SCHEDULE,
    marked,
    session,
    shown,
    star,
)
from tests.browser.visit import Desk, Reader, widest

NARROW = 360


@pytest.fixture(scope="module")
def pocket(browser: Browser, fair: str) -> Iterator[Desk]:
    """One phone for all tests here, on Kiritimati: UTC+14, where it is tomorrow already."""
    touch = {"has_touch": True, "is_mobile": True, "timezone_id": "Pacific/Kiritimati"}
    with new_desk(browser, fair, **touch) as made:
        yield made


@pytest.fixture
def phone(pocket: Desk) -> Iterator[Reader]:
    with pocket.lent(NARROW) as reader:
        yield reader


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    return widest(page) - NARROW


def test_tools_keep_within_the_text_on_the_narrowest_screen(pocket: Desk) -> None:
    with pocket.lent(320) as reader:
        tools = reader.open(SCHEDULE).locator(".schedule-tools :is(.button, a, select):visible")
        ends = tools.evaluate_all("all => all.map((one) => one.getBoundingClientRect().right)")

    assert max(ends) <= 320 - 16


def test_programme_begins_above_the_fold(pocket: Desk) -> None:
    with pocket.lent(NARROW) as reader:
        day = reader.open(SCHEDULE).locator(".schedule-date").first
        top = day.evaluate("one => one.getBoundingClientRect().top")

    assert top <= 360


def test_star_is_set_with_a_finger_and_says_what_it_overlaps(phone: Reader) -> None:
    page = phone.open(SCHEDULE)
    star(page, HAMMERS).tap()
    star(page, SAW).tap()

    assert marked(page, "starred") == [HAMMERS, SAW]
    expect(page.get_by_text("Overlaps “Hammers; nails, and \\ slashes”.")).to_be_attached()
    star(page, SAW).tap()
    assert marked(page, "starred") == [HAMMERS]
    talk = phone.open(f"{BASE}talks/{HAMMERS}/")
    expect(talk.locator(".session-star").first).to_have_attribute("aria-pressed", "true")


def test_filters_are_chosen_with_a_finger_and_closed_by_a_tap_beside_them(phone: Reader) -> None:
    page = phone.open(SCHEDULE)
    panel = page.locator(".schedule-filters")
    panel.locator("summary").tap()
    page.get_by_role("group", name="Track").get_by_label("Tools").tap()
    page.get_by_role("group", name="Room").get_by_label("Hall").tap()

    assert shown(page) == [HAMMERS, "glue"]
    assert page.url.endswith("?track=tools&room=hall")
    assert overflow(page) == 0
    expect(panel.locator(".schedule-facets-foot")).to_contain_text("2 of 12 sessions shown")
    panel.get_by_role("button", name="Show").tap()
    expect(panel).not_to_have_attribute("open", "")
    page.get_by_role("button", name="Show all").tap()
    assert len(shown(page)) == 12


def test_jump_brings_what_is_on_below_the_thumb(phone: Reader) -> None:
    page = phone.open(f"{SCHEDULE}?at=2026-10-25T10:20")
    page.get_by_role("button", name="Jump to now").tap()

    expect(session(page, f"{HAMMERS}-2").get_by_role("link")).to_be_focused()
    expect(session(page, f"{HAMMERS}-2")).to_be_in_viewport()
    # The tools stick to the top; what is jumped to has to stand below them.
    tools, found = (
        page.locator(selector).bounding_box()
        for selector in (".schedule-tools", f'.session[data-session="{HAMMERS}-2"]')
    )
    assert tools
    assert found
    assert found["y"] >= tools["y"] + tools["height"]


def test_own_time_of_a_day_ahead_is_there_and_another_place_is_chosen(phone: Reader) -> None:
    page = phone.open(SCHEDULE)
    own = session(page, "glue").locator(".own-time")

    expect(own).to_have_text("01:00–01:45 in Kiritimati, +1 day")
    assert overflow(page) == 0
    page.locator(".schedule-more > summary").tap()
    page.get_by_label("Also show times in").select_option("Asia/Tokyo")
    expect(own).to_have_text("20:00–20:45 in Tokyo")
    expect(phone.open(f"{BASE}talks/glue/").locator(".own-time")).to_have_text(
        "20:00–20:45 in Tokyo"
    )


def test_my_programme_is_made_seen_and_shared_with_a_finger(phone: Reader) -> None:
    page = phone.open(SCHEDULE)
    star(page, HAMMERS).tap()
    star(page, "glue").tap()
    page.locator(".schedule-more > summary").tap()
    page.get_by_role("link", name="My programme (2)").tap()
    page.wait_for_url(f"**{MY}")

    lines = page.locator("my-programme .session-title")
    expect(lines).to_have_text(["Hammers; nails, and \\ slashes", "Glue"])
    expect(page.locator(".my-gap")).to_have_count(1)
    page.get_by_role("button", name="QR code").tap()
    expect(page.get_by_role("img", name="QR code of the link")).to_be_visible()
    assert overflow(page) == 0
    star(page, HAMMERS).tap()
    expect(lines).to_have_text(["Glue"])


def test_board_fits_and_takes_stars(phone: Reader) -> None:
    page = phone.open(f"{NOW}?at=2026-10-24T10:10")
    expect(page.locator("now-next[data-ready]")).to_have_count(1)
    star(page, HAMMERS).tap()

    expect(star(page, HAMMERS)).to_have_attribute("aria-pressed", "true")
    assert overflow(page) == 0
