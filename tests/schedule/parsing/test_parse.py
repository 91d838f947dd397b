"""Programmes and itineraries are read as their authors mean them, and faults are told whole."""

from __future__ import annotations

import pytest

from plugins.schedule.parsing.parse import parse_schedule
from plugins.source.problem import Source
from tests.schedule.parsing.reading import EVENT, cases, itinerary_text, schedule_text


def indented(text: str, first_line: int) -> Source:
    """The lines of a fence that is indented by four blanks in its post."""
    post = "".join(f"    {line}" for line in text.splitlines(keepends=True))
    return Source("content/posts/a.md", text, first_line, Source("a.md", post, first_line))


@pytest.mark.parametrize(("given", "wanted"), cases("items.md"))
def test_items_are_read(given: str, wanted: str) -> None:
    assert schedule_text(given) == wanted


@pytest.mark.parametrize(("given", "wanted"), cases("times.md"))
def test_times_are_read(given: str, wanted: str) -> None:
    assert schedule_text(given) == wanted


@pytest.mark.parametrize(("given", "wanted"), cases("clashes.md"))
def test_clashes_are_told(given: str, wanted: str) -> None:
    assert schedule_text(given) == wanted


@pytest.mark.parametrize(("given", "wanted"), cases("event.md"))
def test_a_programme_is_held_against_its_event(given: str, wanted: str) -> None:
    assert schedule_text(given, event=EVENT) == wanted


def test_a_fault_in_a_fence_is_told_with_the_line_of_the_post() -> None:
    fence = indented("2026-05-09:\n  - {titel: A}\n", 12)

    _, problems = parse_schedule(fence)

    assert [str(problem.place) for problem in problems] == [
        "content/posts/a.md:13:9",
        "content/posts/a.md:13:10",
    ]
    assert problems[0].excerpt == "      - {titel: A}"


def test_an_overlap_in_a_fence_is_told_at_the_column_of_the_post() -> None:
    text = "2026-05-09:\n  - 10:00-11:00 A | | Hall\n  - 10:30 B | | Hall\n"
    one, two = (parse_schedule(s)[1] for s in (Source("a.md", text, 12), indented(text, 12)))

    assert [(p.place.line, p.place.column + 4) for p in one] == [
        (p.place.line, p.place.column) for p in two
    ]
    assert two


@pytest.mark.parametrize(("given", "wanted"), cases("itineraries.md"))
def test_itineraries_are_read(given: str, wanted: str) -> None:
    assert itinerary_text(given) == wanted
