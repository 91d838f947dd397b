"""The front page: the event that is near on the reader's day, and posts in sight below it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NewReader
from tests.browser.visit import Reader


def at(new_reader: NewReader, home: str, moment: str, *, width: int = 1280) -> Page:
    """The front page as it is read at a moment."""
    reader: Reader = new_reader(home, width=width, timezone_id="Europe/Berlin")
    reader.context.clock.set_fixed_time(datetime.fromisoformat(moment))
    return reader.open("/")


def badge(page: Page) -> list[str]:
    """The lines of the badge that is seen."""
    (text,) = page.locator(".badge[data-lead]").all_inner_texts()
    return [line for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize(("width", "height", "posts"), [(1280, 800, 5), (360, 740, 2)])
def test_posts_are_seen_without_scrolling(
    new_reader: NewReader, real: tuple[str, Path], width: int, height: int, posts: int
) -> None:
    page = at(new_reader, real[0], "2026-12-01T12:00:00+01:00", width=width)
    page.set_viewport_size({"width": width, "height": height})

    ends = page.locator(".card").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().bottom)"
    )
    assert sum(end <= height for end in ends) >= posts


@pytest.mark.parametrize(
    ("moment", "lines"),
    [
        ("2026-10-10T12:00:00+02:00", ["24–25", "October 2026", "IN 14 DAYS", "Ebb & Flow 2026"]),
        ("2026-10-23T23:00:00+02:00", ["24–25", "October 2026", "TOMORROW", "Ebb & Flow 2026"]),
        ("2026-10-24T11:00:00+02:00", ["24–25", "October 2026", "ON NOW", "Ebb & Flow 2026"]),
        ("2026-10-27T12:00:00+01:00", ["24–25", "October 2026", "JUST OVER", "Ebb & Flow 2026"]),
        ("2026-12-01T12:00:00+01:00", ["24–26", "June 2027", "TO COME", "Ebb & Flow 2027"]),
        ("2028-01-01T12:00:00+01:00", ["24–26", "June 2027", "PAST EVENT", "Ebb & Flow 2027"]),
    ],
)
def test_readers_clock_chooses_the_event_and_says_when(
    new_reader: NewReader, real: tuple[str, Path], moment: str, lines: list[str]
) -> None:
    assert badge(at(new_reader, real[0], moment))[:4] == lines


def test_badge_shows_what_is_on_and_next_by_room(
    new_reader: NewReader, real: tuple[str, Path]
) -> None:
    page = at(new_reader, real[0], "2026-10-24T11:00:00+02:00")
    page.locator(".badge-rooms").wait_for()

    assert badge(page)[5:] == [
        "Boathouse",
        "A heap is a beach 11:40 Ebbe im Cache",
        "Chart Room",
        "Backpressure, explained with buckets 13:40 Vacuuming under way",
        "Net Loft",
        "Reading a plan aloud 11:40 On call by the sea",
        "Schedule",
        "My programme",
        "Now and next",
    ]


def test_badge_is_neutral_without_script(new_reader: NewReader, real: tuple[str, Path]) -> None:
    page = new_reader(real[0], script=False).open("/")

    assert badge(page) == [
        "24–25",
        "October 2026",
        "EVENT",
        "Ebb & Flow 2026",
        "The Old Boathouse, Quersand",
        "Two days about data that moves, in a boathouse by the sea,"
        " on the weekend when clocks go back.",
        "Schedule",
        "My programme",
    ]
