"""The page for a phone or a screen in the foyer: what is on, and what is next."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import NewReader
from tests.browser.schedule.fair import HAMMERS, NOW, star


def board(page: Page) -> dict[str, list[str]]:
    """The titles below each heading of the board."""
    expect(page.locator("now-next[data-ready]")).to_have_count(1)
    parts = page.locator(".now-board section")
    return {
        part.locator("h2").inner_text(): part.locator(".session-title").all_text_contents()
        for part in parts.all()
    }


def test_board_shows_what_is_on_and_next(visitor: NewReader) -> None:
    page = visitor().open(f"{NOW}?at=2026-10-24T13:30")

    assert board(page) == {"On now": ["Glue"], "Next": ["Who sweeps?"]}
    expect(page.locator(".now-clock")).to_have_text("13:30 Saturday, 24 October")
    expect(page.locator(".now-board .session-state")).to_have_text(["15 min left", "in 30 min"])


def test_board_of_a_room_shows_only_what_is_there(visitor: NewReader) -> None:
    page = visitor().open(f"{NOW}?at=2026-10-24T09:50&room=yard")

    assert board(page) == {"Next": ["Long saw"]}
    expect(page.locator(".now-clock")).to_contain_text("Saturday, 24 October, Yard")


def test_board_says_when_it_goes_on_and_when_all_is_over(visitor: NewReader) -> None:
    reader = visitor()
    page = reader.open(f"{NOW}?at=2026-10-01")
    expect(page.locator(".now-board")).to_have_text(
        "Nothing is on. It goes on with “Opening” on Saturday, 24 October at 09:00."
    )
    page = reader.open(f"{NOW}?at=2026-11-01")
    expect(page.locator(".now-board")).to_have_text(
        "Everything is over. The list below has all sessions."
    )


def test_board_goes_on_by_itself_and_tells_so(new_reader: NewReader, fair: str) -> None:
    reader = new_reader(fair, timezone_id="UTC")  # Its clock is that of the whole device.
    page = reader.context.new_page()
    page.clock.install(time="2026-10-24T13:40:00+02:00")
    page.goto(reader.home + NOW)
    assert board(page)["On now"] == ["Glue"]

    page.clock.run_for(21 * 60_000)
    assert board(page) == {"On now": ["Who sweeps?"]}
    expect(page.locator("now-next > [role=status]")).to_have_text("On now: Who sweeps?.")


def test_stars_stand_on_the_board(visitor: NewReader) -> None:
    page = visitor().open(f"{NOW}?at=2026-10-24T10:10")

    button = star(page, HAMMERS)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")


def test_all_sessions_stay_below_and_are_all_there_is_without_script(visitor: NewReader) -> None:
    page = visitor().open(f"{NOW}?at=2026-10-24T10:10")
    page.get_by_text("All sessions").click()
    expect(page.locator(".now-all .line")).to_have_count(12)

    plain = visitor(script=False).open(NOW)
    expect(plain.locator(".line")).to_have_count(12)
