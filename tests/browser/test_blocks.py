"""Both kinds of block in hard places: 320 px, forced colours, right to left, late or no script."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import NewReader, new_desk
from tests.browser.visit import (
    Desk,
    Reader,
    complaints_of_axe,
    compressed_sizes,
    loading_anew,
    style,
    widest,
)

ARABIC = "/posts/arabic-ar/"
PAGES = {
    "commands": "/posts/commands/",
    "fields": "/posts/fill/",
    "tabs": "/posts/tabs/",
    "checklist": "/posts/doors/",
    "two lists": "/posts/drill/",
    "right to left": ARABIC,
}
every_page = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())

SHELL_SCRIPTS = ("site.js", "scheme-switch.js", "scrollable.js", "sections.js", "copy-code.js")
"""What every page loads, whatever blocks it holds."""

COUNT_SHIFTS = """
    window.shifts = [];
    new PerformanceObserver((list) => list.getEntries().forEach((shift) => window.shifts.push(
        [shift.value, ...shift.sources.map(({ node }) => node?.className ?? String(node))],
    ))).observe({ type: "layout-shift", buffered: true });
"""


def out_of_sight(page: Page) -> list[str]:
    """Controls that stand wholly or in part beyond the sides of the screen."""
    found: list[str] = page.locator("button, input, select, summary").evaluate_all(
        """all => all.filter((one) => one.checkVisibility({ visibilityProperty: true }))
            .filter((one) => !one.closest("pre, .command-tablist"))
            .filter((one) => {
                const { left, right, width } = one.getBoundingClientRect();
                return width > 1 && (left < 0 || right > innerWidth);
            }).map((one) => one.outerHTML)"""
    )
    return found


@every_page
def test_all_of_it_fits_on_320_px(lend: NewReader, trial: str, path: str) -> None:
    page = lend(trial, width=320).open(path)
    for folded in page.locator("main details > summary").all():
        folded.click()

    assert widest(page) == 320
    assert out_of_sight(page) == []
    if page.locator("check-list").count():
        page.get_by_role("button", name="Reset").first.click()
        box = page.get_by_role("dialog").bounding_box()
        assert box
        assert 0 <= box["x"] <= box["x"] + box["width"] <= 320


@pytest.fixture(scope="module")
def slow_desk(browser: Browser, trial: str) -> Iterator[Desk]:
    """A browser that gets every script late, and keeps none."""

    def late(route: Route) -> None:
        time.sleep(0.03)
        route.continue_()

    with new_desk(browser, trial) as made:
        made.reader.context.add_init_script(COUNT_SHIFTS)
        made.reader.context.route("**/*.js", late)
        yield made


@every_page
def test_nothing_moves_when_the_script_comes_late(slow_desk: Desk, path: str) -> None:
    with slow_desk.lent(360) as reader, loading_anew(slow_desk.page):
        page = reader.open(path)
        page.wait_for_load_state("networkidle")

        assert page.evaluate("window.shifts") == []


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_when_pictures_come_late(
    new_reader: NewReader, trial: str, width: int
) -> None:
    """The last of the three, whose author says how wide it is, is left as it was written."""
    waiting: list[Route] = []

    def wait(route: Route) -> None:
        waiting.append(route)

    reader = new_reader(trial, width=width)
    reader.context.add_init_script(COUNT_SHIFTS)
    reader.context.route("**/images/wide.svg", wait)
    page = reader.new_tab()
    page.goto(f"{trial}/posts/pictures/", wait_until="domcontentloaded")
    pictures = page.locator("main img")
    before = [picture.bounding_box() for picture in pictures.all()[:2]]
    page.wait_for_function("performance.getEntriesByType('paint').length")
    for route in waiting:
        route.continue_()
    page.wait_for_load_state("load")

    assert [picture.bounding_box() for picture in pictures.all()[:2]] == before
    assert before[0]
    assert before[0]["height"] == before[0]["width"] / 2
    assert [shift for shift in page.evaluate("window.shifts") if "IMG" in str(shift)] == []


@pytest.mark.parametrize("path", ["/posts/fill/", "/posts/tabs/", ARABIC])
def test_axe_finds_nothing(reader: Reader, path: str) -> None:
    page = reader.open(path)

    assert complaints_of_axe(page, "light") == []
    assert complaints_of_axe(page, "dark") == []


def test_script_of_both_keeps_to_its_budget(desk: Desk, reader: Reader) -> None:
    with loading_anew(desk.page) as answers:
        page = reader.open(ARABIC)
        page.wait_for_load_state("networkidle")
        loaded = compressed_sizes(answers, {"script"})
    sizes = {address.rsplit("/", 1)[1]: size for address, size in loaded.items()}

    assert {"check-list.js", "command-block.js", "command-tabs.js", "place-holder.js"} <= set(sizes)
    assert sum(size for name, size in sizes.items() if name not in SHELL_SCRIPTS) < 12_000


def test_forced_colours_leave_every_sign(lend: NewReader, trial: str) -> None:
    reader = lend(trial, forced_colors="active")
    page = reader.open("/posts/commands/")
    bands = page.locator(".command-step:has(> .command-where)")
    for band in bands.all():
        expect(band).to_have_css("border-left-style", "double")
    expect(page.locator(".command-copy").first).to_have_css("border-top-style", "solid")

    reader.go(page, "/posts/doors/")
    assert style(page, ".checklist-choice", "appearance") == "auto"
    room = page.get_by_role("textbox", name="Room")
    expect(room).to_have_css("border-bottom-width", "2px")

    reader.go(page, "/posts/tabs/")
    chosen = page.get_by_role("tab", selected=True).first
    other = page.get_by_role("tab", selected=False).first
    colour = "tab => getComputedStyle(tab).borderBlockEndColor"
    assert chosen.evaluate(colour) != other.evaluate(colour)


def test_page_from_right_to_left_keeps_commands_from_left_to_right(reader: Reader) -> None:
    page = reader.open(ARABIC)

    expect(page.locator("pre").first).to_have_css("direction", "ltr")
    expect(page.locator(".checklist-items").first).to_have_css("direction", "rtl")
    box = page.locator(".checklist-box").first.bounding_box()
    text = page.locator(".checklist-text").first.bounding_box()
    button = page.locator(".command-copy").nth(1).bounding_box()
    line = page.locator(".command-lines").first.bounding_box()
    figure = page.locator(".command").first.bounding_box()
    assert box
    assert text
    assert button
    assert line
    assert figure
    assert box["x"] > text["x"] + text["width"]
    assert figure["x"] + 4 < button["x"] < line["x"]


def test_page_from_right_to_left_works(reader: Reader) -> None:
    page = reader.open(ARABIC)

    page.locator("pre").get_by_label("قاعدة البيانات").fill("crashes")
    page.get_by_role("button", name="Copy command 1 of 2").click()
    assert page.evaluate("navigator.clipboard.readText()") == (
        'createdb crashes --owner ada --encoding UTF8 --template template0 --comment "قاعدة"'
    )
    page.get_by_role("checkbox", name="احجز الغرفة").check()
    expect(page.locator(".checklist-head .checklist-progress")).to_have_text(
        "2 of 4 done, 1 in progress"
    )


@every_page
def test_without_script_all_is_shown_and_nothing_is_dead(
    lend: NewReader, trial: str, path: str
) -> None:
    page = lend(trial, width=360, script=False).open(path)

    assert widest(page) == 360
    assert page.locator("main button:visible").count() == 0
    empty = "all => all.filter((one) => getComputedStyle(one).display !== 'none').length"
    assert page.eval_on_selector_all("[hidden]", empty) == 0
    hidden = page.locator(".command-lines, .command-printed, .checklist-label, .command-panel")
    assert (
        hidden.locator("visible=false").evaluate_all(
            "all => all.filter((one) => !one.closest('details')).length"
        )
        == 0
    )
