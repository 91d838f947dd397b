"""Tabs of command blocks: chosen by pointer, keys, address and label; all there on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewReader
from tests.browser.visit import Reader

TABS = "/posts/tabs/"


def expect_shown(page: Page, *labels: str) -> None:
    """Each widget of the page shows the panel with its label here, and no other."""
    expect(page.get_by_role("tab", selected=True)).to_have_text(list(labels))
    shown = page.locator(".command-panel:visible")
    expect(shown).to_have_count(len(labels))
    assert shown.evaluate_all("all => all.map((one) => one.dataset.label)") == list(labels)


def test_first_tab_is_shown_at_first(reader: Reader) -> None:
    page = reader.open(TABS)

    expect_shown(page, "Debian", "macOS")
    expect(page.get_by_role("tabpanel")).to_have_count(2)


def test_click_chooses_in_every_widget_with_the_label(reader: Reader) -> None:
    page = reader.open(TABS)

    page.get_by_role("tab", name="macOS").first.click()
    expect_shown(page, "macOS", "macOS")
    page.get_by_role("tab", name="Debian").nth(1).click()
    expect_shown(page, "Debian", "Debian")
    page.get_by_role("tab", name="Fedora").click()
    expect_shown(page, "Fedora", "Debian")


def test_arrow_keys_go_round(reader: Reader) -> None:
    page = reader.open(TABS)
    tab = page.get_by_role("tab").first

    tab.focus()
    for key, label in [
        ("ArrowRight", "macOS"),
        ("ArrowRight", "Fedora"),
        ("ArrowRight", "Debian"),
        ("ArrowLeft", "Fedora"),
        ("Home", "Debian"),
        ("End", "Fedora"),
    ]:
        page.keyboard.press(key)
        expect(page.locator(":focus")).to_have_text(label)
        expect(page.locator(":focus")).to_have_attribute("aria-selected", "true")


def test_arrow_keys_follow_the_direction_of_writing(reader: Reader) -> None:
    page = reader.open("/posts/arabic-ar/")

    page.get_by_role("tab", name="Debian").focus()
    page.keyboard.press("ArrowLeft")

    expect(page.get_by_role("tab", name="macOS")).to_be_focused()
    expect_shown(page, "macOS")


def test_one_tab_of_a_widget_is_a_stop_of_the_tab_key(reader: Reader) -> None:
    page = reader.open(TABS)

    page.get_by_role("tab", name="Fedora").click()
    stops = page.get_by_role("tab").evaluate_all("all => all.map((one) => one.tabIndex)")

    assert stops == [-1, -1, 0, 0, -1]


def test_choice_is_remembered_and_holds_on_other_pages(reader: Reader) -> None:
    page = reader.open(TABS)
    page.get_by_role("tab", name="Fedora").click()

    reader.reload(page)
    expect_shown(page, "Fedora", "macOS")
    reader.go(page, "/posts/tabs-too/")
    expect_shown(page, "Fedora")


def test_choice_is_synced_between_open_tabs(reader: Reader) -> None:
    page, other = reader.open(TABS), reader.open("/posts/tabs-too/")

    page.get_by_role("tab", name="Fedora").click()

    expect_shown(other, "Fedora")


@pytest.mark.parametrize("address", ["#tab-fedora", "?tab=Fedora", "?tab=fedora"])
def test_address_opens_a_tab(reader: Reader, address: str) -> None:
    page = reader.open(TABS)
    page.get_by_role("tab", name="macOS").first.click()

    reader.go(page, f"{TABS}{address}")

    expect_shown(page, "Fedora", "macOS")


def test_link_on_the_page_opens_a_tab(reader: Reader) -> None:
    page = reader.open(TABS)

    page.evaluate("location.hash = '#tab-macos'")

    expect_shown(page, "macOS", "macOS")
    expect(page.locator("#tab-macos")).to_be_in_viewport()


def test_choice_moves_nothing_under_the_pointer(lend: NewReader, trial: str) -> None:
    page = lend(trial, width=360).open(TABS)
    second = page.locator("command-tabs").nth(1)
    second.scroll_into_view_if_needed()
    top = "widget => widget.getBoundingClientRect().top"
    before = second.evaluate(top)

    second.get_by_role("tab", name="Debian").click()

    expect_shown(page, "Debian", "Debian")
    assert second.evaluate(top) == before


def test_all_panels_without_script(lend: NewReader, trial: str) -> None:
    page = lend(trial, script=False).open(TABS)

    expect(page.locator(".command-panel:visible")).to_have_count(5)
    assert page.locator(".command-panel-label:visible").all_inner_texts() == [
        "Debian", "macOS", "Fedora", "macOS", "Debian",
    ]  # fmt: skip
    assert page.get_by_role("tab").count() == 0


def test_all_panels_in_print(reader: Reader) -> None:
    page = reader.open(TABS)
    page.emulate_media(media="print")

    expect(page.locator(".command-panel:visible")).to_have_count(5)
    expect(page.locator(".command-panel-label:visible")).to_have_count(5)
    assert page.get_by_role("tab").count() == 0
