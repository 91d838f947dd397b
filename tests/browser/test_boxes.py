"""Where the parts of a page lie and how large they are, as last looked at and found good.

Fonts differ between machines, so a number may differ by 48 pixels or by a seventh of it. The
golden file is written anew by `make golden`; look at `make screenshots` before.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from tests.browser.conftest import NewReader
from tests.browser.pages import MOMENTS, PAGES

GOLDEN = Path(__file__).parent / "golden" / "boxes.json"

TOLERANCE = 48

PARTS = {
    "home": [".masthead-name", ".badge[data-lead]", ".card:nth-of-type(1)", ".card:nth-of-type(3)"],
    "article with commands": [
        ".article-title",
        ".standfirst",
        ".strip",
        ".article-about",
        ".prose",
    ],
    "checklist": [".article-title", ".checklist-head", ".checklist-tools"],
    "release": [".release-head", ".prose"],
    "call": [".closing", ".prose"],
    "recap": [".opening-event", ".plan"],
    "list": [".masthead-mark", ".card"],
    "events": [".masthead-title", ".event-card"],
    "event": [".poster", ".event-facts", ".event-text", ".faces"],
    "schedule": [".page-title", ".schedule-bar", ".schedule-date", ".session"],
    "talk": [".article-title", ".talk-times"],
    "speakers": [".page-title", ".person"],
    "subscribe": [".masthead-title", ".subscription"],
    "search": [".search-form", ".search-status"],
}
"""The parts that are measured, by page."""

BOX = """(selector) => {
    const { x, y, width } = document.querySelector(selector).getBoundingClientRect();
    return [x, y + scrollY, width].map(Math.round);
}"""
"""Heights depend on where lines break, so they are told by where the next part begins."""


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", PARTS)
def test_parts_lie_where_they_did(
    new_reader: NewReader,
    real: tuple[str, Path],
    request: pytest.FixtureRequest,
    name: str,
    width: int,
) -> None:
    reader = new_reader(real[0], width=width, timezone_id="Europe/Berlin")
    reader.context.clock.set_fixed_time(datetime.fromisoformat(MOMENTS["before"]))
    page = reader.open(PAGES[name])
    page.wait_for_load_state("networkidle")
    found = {part: page.evaluate(BOX, part) for part in PARTS[name]}

    key = f"{name} at {width}"
    known = json.loads(GOLDEN.read_text("utf-8")) if GOLDEN.is_file() else {}
    if request.config.getoption("--golden"):
        known = dict(sorted({**known, key: found}.items()))
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(json.dumps(known, indent=1) + "\n", "utf-8")
    assert known[key].keys() == found.keys()
    assert {
        part: (box, known[key][part])
        for part, box in found.items()
        if any(
            abs(a - b) > max(TOLERANCE, b / 7) for a, b in zip(box, known[key][part], strict=True)
        )
    } == {}
