"""A long guide and a checklist: nothing is cut, and one knows where one is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import NewReader
from tests.browser.visit import clipboard

GUIDE = "/posts/alembic-in-practice/"
CHECKLIST = "/posts/postgres-health-check/"

CUT = (
    """all => all.filter((one) => !one.dataset.lines && one.scrollWidth > one.clientWidth).length"""
)
OVERLAPS = """all => all.filter((row) => {
    const [text, button] = [...row.children].map((one) => one.getBoundingClientRect());
    return button.width && text.right > button.left;
}).length"""


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_command_is_cut_or_lies_under_its_button(
    lend: NewReader, real: tuple[str, Path], width: int
) -> None:
    page = lend(real[0], width=width).open(GUIDE)

    assert page.locator(".command-lines").count() > 60
    assert page.locator(".command-lines").evaluate_all(CUT) == 0
    assert page.locator(".command-typed").evaluate_all(OVERLAPS) == 0


def test_blocks_are_wider_than_the_prose(lend: NewReader, real: tuple[str, Path]) -> None:
    page = lend(real[0], width=1280).open(GUIDE)
    width = "one => one.getBoundingClientRect().width"

    assert page.locator(".prose > p").first.evaluate(width) <= 40 * 16
    assert page.locator(".prose > command-block").first.evaluate(width) > 50 * 16


def test_terminals_are_dark_in_both_schemes(lend: NewReader, real: tuple[str, Path]) -> None:
    page = lend(real[0]).open(GUIDE)
    ground = "one => getComputedStyle(one).backgroundColor"
    found = set()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found.add(page.locator(".command").first.evaluate(ground))

    assert found == {"rgb(16, 14, 12)"}


def test_contents_mark_the_section_that_one_reads(lend: NewReader, real: tuple[str, Path]) -> None:
    page = lend(real[0], width=1280).open(GUIDE)
    page.locator("#making-a-revision").evaluate("one => one.scrollIntoView()")

    page.locator(".contents-list [aria-current]", has_text="Making a revision").wait_for()
    assert page.locator(".contents-list [aria-current]").count() == 1


def test_phone_has_a_line_that_says_where_one_is(lend: NewReader, real: tuple[str, Path]) -> None:
    page = lend(real[0], width=360).open(GUIDE)
    page.locator("#making-a-revision").evaluate("one => one.scrollIntoView()")
    line = page.locator(".contents-fold")

    page.locator(".contents-now", has_text="3 of 7 · Making a revision").wait_for()
    box = line.bounding_box()
    assert box
    assert (box["y"] < 2, box["height"] <= 48) == (True, True)
    line.click()
    page.locator(".contents-list a", has_text="Production").click()
    assert page.locator(".contents[open]").count() == 0
    heading = page.locator("#production").bounding_box()
    assert heading
    assert heading["y"] >= box["height"]


@pytest.mark.parametrize("width", [360, 1280])
def test_progress_and_tools_of_a_checklist_stay_at_hand(
    lend: NewReader, real: tuple[str, Path], width: int
) -> None:
    page = lend(real[0], width=width).open(CHECKLIST)
    page.locator(".checklist-box").nth(12).evaluate("one => one.scrollIntoView()")
    page.wait_for_timeout(100)

    seen = """one => { const box = one.getBoundingClientRect();
        return box.top >= 0 && box.bottom <= innerHeight; }"""
    assert page.locator(".checklist-head").evaluate(seen)
    assert page.locator(".checklist-tools").evaluate(seen)


def test_fenced_code_is_copied_whole(lend: NewReader, real: tuple[str, Path]) -> None:
    page = lend(real[0]).open(GUIDE)
    block = page.locator(".prose > .highlight").first
    block.get_by_role("button").click()
    page.locator(".code-copy[data-done]").first.wait_for()

    assert clipboard(page).strip() == block.locator("code").inner_text().strip()


def test_a_checklist_speaks_of_itself_in_its_download(real: tuple[str, Path]) -> None:
    page = (real[1] / CHECKLIST.strip("/") / "index.html").read_text("utf-8")

    assert "All commands of this checklist" in page
