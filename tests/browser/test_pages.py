"""One page of each kind of the repository's own site: quiet, light, steady, open to everyone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import NewReader, new_desk
from tests.browser.pages import EVENT, PAGES
from tests.browser.visit import (
    HIGH,
    WIDE,
    Desk,
    Reader,
    complaints_of_axe,
    compressed_sizes,
    loading_anew,
    widest,
)

WIDTHS = (320, 360, 768, 1280)
PAGE_BUDGET = 45_000
"""Of HTML, style and script, compressed."""
SEARCH_BUDGET = 60_000
MOST_REQUESTS = 25
SCRIPT_BUDGET = 20_000

COUNT_SHIFTS = """
    window.shifts = [];
    new PerformanceObserver((list) => list.getEntries().forEach((shift) => window.shifts.push(
        ...shift.sources.map(({ node }) => `${shift.value.toFixed(4)} ${node?.className ?? node}`),
    ))).observe({ type: "layout-shift", buffered: true });
"""


@dataclass(frozen=True, slots=True)
class Visit:
    """A page as it came: what it loaded at once, and what of it moved meanwhile."""

    page: Page
    reader: Reader
    loaded: dict[str, int]
    """The compressed size of each document, style sheet and script, by its address."""
    requests: int
    """How many files came, of any kind."""
    shifts: list[str] = field(default_factory=list)

    @property
    def script(self) -> int:
        """The compressed size of all scripts."""
        return sum(size for name, size in self.loaded.items() if name.endswith(".js"))


@pytest.fixture(scope="module")
def desk(browser: Browser, real: tuple[str, Path]) -> Iterator[Desk]:
    """One browser for all pages, in which each is as new as the first."""
    # Of a time elsewhere nothing is known before script runs: see the schedule's own tests.
    with new_desk(browser, real[0], timezone_id="Europe/Berlin") as made:
        made.reader.context.add_init_script(COUNT_SHIFTS)
        yield made


@pytest.fixture(scope="module", params=PAGES.values(), ids=PAGES.keys())
def visit(request: pytest.FixtureRequest, desk: Desk) -> Iterator[Visit]:
    with desk.lent() as reader, loading_anew(desk.page) as answers:
        page = reader.open(request.param)
        page.wait_for_load_state("networkidle")
        loaded = compressed_sizes(answers, {"document", "stylesheet", "script"})
        yield Visit(page, reader, loaded, len(answers), page.evaluate("window.shifts"))


def test_page_has_no_error_and_asks_nobody_else(visit: Visit) -> None:
    assert visit.reader.faults == []


def test_nothing_of_the_page_moves(visit: Visit) -> None:
    assert visit.shifts == []


def test_page_keeps_to_its_budget(visit: Visit) -> None:
    is_search = "/search/" in visit.page.url
    assert sum(visit.loaded.values()) <= (SEARCH_BUDGET if is_search else PAGE_BUDGET)
    assert visit.script <= SCRIPT_BUDGET
    assert visit.requests <= MOST_REQUESTS


def test_page_is_never_wider_than_the_screen(visit: Visit) -> None:
    found = {}
    for width in WIDTHS:
        visit.page.set_viewport_size({"width": width, "height": HIGH})
        found[width] = widest(visit.page)
    visit.page.set_viewport_size({"width": WIDE, "height": HIGH})

    assert found == {width: width for width in WIDTHS}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(visit: Visit, scheme: Any) -> None:
    assert complaints_of_axe(visit.page, scheme) == []


REACHABLE = """() => [...document.querySelectorAll(
        "a[href], button, input, select, textarea, summary, [tabindex]")]
    .filter((one) => one.tabIndex >= 0 && !one.disabled)
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .filter((one) => one.type !== "radio" || one.checked)
    .map((one) => (one.dataset.stop = "", one)).length"""

WATCH_FOCUS = """() => {
    window.unseen = [];
    const seen = (one) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(one);
        return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    };
    addEventListener("focusin", ({ target }) => {
        delete target.dataset.stop;
        if (![target, ...(target.labels ?? [])].some(seen)) window.unseen.push(target.outerHTML);
    });
}"""


def test_everything_is_reached_by_tab_with_visible_focus(visit: Visit) -> None:
    page = visit.page
    for late in page.locator("[data-late]").all():
        late.scroll_into_view_if_needed()
        page.wait_for_selector("[data-late][data-ready]")
    page.evaluate("scrollTo(0, 0)")
    page.evaluate(WATCH_FOCUS)
    # A date field has stops of its own: day, month, year and the calendar.
    extra = 4 * page.locator("[type=date]").count() + 1
    for _ in range(page.evaluate(REACHABLE) + extra):
        page.keyboard.press("Tab")

    missed = "all => all.map((one) => one.outerHTML.slice(0, 200))"
    assert page.eval_on_selector_all("[data-stop]", missed) == []
    assert page.evaluate("window.unseen") == []


A4_WIDE, A4_HIGH, A5 = (842, 595), (595, 842), (420, 595)
BOX = re.compile(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]")


@pytest.mark.parametrize(
    ("path", "sheets"),
    [
        ("schedule/", [A4_WIDE, A4_WIDE]),
        ("schedule/2026-10-24/", [A4_WIDE]),
        ("rooms/boathouse/", [A4_HIGH]),
        ("rooms/chart-room/", [A4_HIGH]),
        ("rooms/net-loft/", [A4_HIGH]),
        ("booklet/", [A5] * 9),
    ],
)
def test_event_is_printed_on_as_many_sheets(
    lend: NewReader, real: tuple[str, Path], path: str, sheets: list[tuple[int, int]]
) -> None:
    """A day, and all that is in a room, fit on one; sizes are in points."""
    printed = lend(real[0]).open(f"{EVENT}{path}").pdf(prefer_css_page_size=True)

    found = [(round(float(wide)), round(float(high))) for wide, high in BOX.findall(printed)]
    assert found == sheets
