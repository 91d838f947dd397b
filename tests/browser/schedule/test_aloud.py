"""A day as a screen reader says it: each session whole by itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.aloud import aloud
from tests.browser.conftest import NewReader
from tests.browser.schedule.fair import SCHEDULE

GOLDEN = Path(__file__).parent / "golden"
SATURDAY = f"{SCHEDULE}2026-10-24/"


@pytest.mark.parametrize("width", [360, 1280])
def test_day_is_said_in_order_on_a_phone_and_at_a_desk(
    visitor: NewReader, width: int, matches: Callable[[str, Path], None]
) -> None:
    """In a zone a day ahead, while something is on; on a phone some tools are folded."""
    reader = visitor(width=width, timezone_id="Pacific/Auckland")
    page = reader.open(f"{SATURDAY}?at=2026-10-24T10:10")

    matches(aloud(page), GOLDEN / f"saturday-aloud-{width}.txt")


@pytest.mark.parametrize("width", [360, 1280])
def test_day_is_said_whole_without_script(
    visitor: NewReader, width: int, matches: Callable[[str, Path], None]
) -> None:
    page = visitor(width=width, script=False).open(SATURDAY)

    matches(aloud(page), GOLDEN / "saturday-aloud-without-script.txt")
