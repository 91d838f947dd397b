"""Checklists: ticking, four states, progress, undo and reset, kept and synced."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewReader
from tests.browser.visit import Reader, style

DOORS = "/posts/doors/"
DRILL = "/posts/drill/"


def item(page: Page, words: str) -> Locator:
    """The innermost item with these words, at its own line."""
    return page.locator(".checklist-item > .checklist-line").filter(has_text=words)


def box(page: Page, words: str) -> Locator:
    return item(page, words).get_by_role("checkbox")


def choose(page: Page, words: str, state: str) -> None:
    """Choose one of the four states at an item."""
    item(page, words).get_by_role("combobox").select_option(state)


def progress(page: Page) -> list[str]:
    """The words beside every bar: of the whole first, then of each section."""
    return page.locator(".checklist-progress > span:visible").all_inner_texts()


def test_progress_is_told_in_words_and_as_a_bar(reader: Reader) -> None:
    page = reader.open(DOORS)

    assert progress(page) == [
        "1 of 7 done, 1 in progress, 1 not applicable",
        "0 of 5 done, 1 in progress",
        "1 of 2 done, 1 not applicable",
    ]
    bar = page.get_by_role("progressbar", name="Progress: Before the doors open")
    assert bar.evaluate("bar => [bar.value, bar.max]") == [1, 7]


def test_tick_by_the_whole_line(reader: Reader) -> None:
    page = reader.open(DOORS)
    line = item(page, "Book the rooms").locator("label")
    place = line.bounding_box()
    assert place

    page.mouse.click(place["x"] + place["width"] - 4, place["y"] + place["height"] / 2)

    expect(box(page, "Book the rooms")).to_be_checked()
    assert progress(page)[0] == "2 of 7 done, 1 in progress, 1 not applicable"
    line.click(position={"x": 3, "y": 3})
    expect(box(page, "Book the rooms")).not_to_be_checked()


def test_tick_by_keyboard(reader: Reader) -> None:
    page = reader.open(DOORS)

    box(page, "Book the rooms").focus()
    page.keyboard.press("Space")
    expect(box(page, "Book the rooms")).to_be_checked()
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_accessible_name("State of Book the rooms")
    page.keyboard.press("ArrowUp")
    expect(page.locator(":focus")).to_have_value("doing")
    expect(item(page, "Book the rooms")).to_contain_text("in progress")


def test_targets_are_large(reader: Reader) -> None:
    page = reader.open(DOORS)
    heights = page.locator(".checklist-label, .checklist-choice").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().height)"
    )

    assert min(heights) >= 44


def test_author_states_are_where_a_reader_begins(reader: Reader) -> None:
    page = reader.open(DOORS)

    expect(box(page, "Choose the day")).to_be_checked()
    expect(box(page, "Print the badges")).to_have_js_property("indeterminate", True)
    expect(item(page, "Print the badges")).to_contain_text("in progress")
    expect(item(page, "Serve breakfast")).to_contain_text("not applicable")
    assert page.evaluate("Object.keys(localStorage)") == []


def test_four_states_by_name(reader: Reader) -> None:
    page = reader.open(DOORS)
    states = item(page, "Anna").get_by_role("combobox").locator("option")

    assert states.all_inner_texts() == ["to do", "in progress", "done", "not applicable"]
    for state, is_checked, is_mixed in [
        ("doing", False, True),
        ("done", True, False),
        ("skipped", False, False),
        ("open", False, False),
    ]:
        choose(page, "Anna", state)
        expect(box(page, "Anna")).to_have_js_property("checked", is_checked)
        expect(box(page, "Anna")).to_have_js_property("indeterminate", is_mixed)
        expect(item(page, "Anna").locator("xpath=..")).to_have_attribute("data-state", state)


def test_parent_derives_from_its_children(reader: Reader) -> None:
    page = reader.open(DOORS)
    parent = box(page, "Invite the speakers")

    box(page, "Anna").check()
    expect(parent).to_have_js_property("indeterminate", True)
    expect(item(page, "Invite the speakers")).to_contain_text("1 of 3 done")
    box(page, "Bruce").check()
    choose(page, "Carol", "skipped")
    expect(parent).to_be_checked()
    expect(item(page, "Invite the speakers")).to_contain_text("2 of 2 done, 1 not applicable")


def test_parent_ticks_its_children_but_not_what_does_not_apply(reader: Reader) -> None:
    page = reader.open(DOORS)
    choose(page, "Carol", "skipped")

    box(page, "Invite the speakers").click()

    expect(box(page, "Anna")).to_be_checked()
    expect(box(page, "Bruce")).to_be_checked()
    expect(box(page, "Carol")).not_to_be_checked()
    box(page, "Invite the speakers").click()
    expect(box(page, "Anna")).not_to_be_checked()


def test_undo_goes_back_step_by_step(reader: Reader) -> None:
    page = reader.open(DOORS)
    said = page.locator(".checklist-said")
    undo = page.get_by_role("button", name="Undo")
    box(page, "Anna").check()
    choose(page, "Bruce", "doing")

    undo.click()
    expect(said).to_have_text("Undone.")
    expect(box(page, "Bruce")).to_have_js_property("indeterminate", False)
    undo.click()
    expect(box(page, "Anna")).not_to_be_checked()
    undo.click()
    expect(said).to_have_text("There is nothing to undo.")


def test_reset_asks_first(reader: Reader) -> None:
    page = reader.open(DOORS)
    box(page, "Anna").check()
    box(page, "Choose the day").uncheck()
    reset = page.get_by_role("button", name="Reset")

    reset.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Set every box of “Before the doors open” back?")
    dialog.get_by_role("button", name="Keep my ticks").click()
    expect(dialog).to_be_hidden()
    expect(box(page, "Anna")).to_be_checked()

    reset.click()
    page.keyboard.press("Escape")
    expect(box(page, "Anna")).to_be_checked()
    expect(reset).to_be_focused()

    reset.click()
    dialog.get_by_role("button", name="Reset").click()
    expect(box(page, "Anna")).not_to_be_checked()
    expect(box(page, "Choose the day")).to_be_checked()
    expect(page.locator(".checklist-said")).to_have_text("Reset. Undo brings it back.")
    page.get_by_role("button", name="Undo").click()
    expect(box(page, "Anna")).to_be_checked()


def test_ticks_survive_a_reload(reader: Reader) -> None:
    page = reader.open(DOORS)
    box(page, "Anna").check()
    box(page, "Choose the day").uncheck()
    choose(page, "Book the rooms", "doing")

    reader.reload(page)

    expect(box(page, "Anna")).to_be_checked()
    expect(box(page, "Choose the day")).not_to_be_checked()
    expect(box(page, "Book the rooms")).to_have_js_property("indeterminate", True)
    expect(page.locator(".checklist-news")).to_have_text("")


def test_two_tabs_are_synced(reader: Reader) -> None:
    page, other = reader.open(DOORS), reader.open(DOORS)

    box(page, "Anna").check()
    expect(box(other, "Anna")).to_be_checked()
    expect(item(other, "Invite the speakers")).to_contain_text("1 of 3 done")
    box(other, "Anna").uncheck()
    expect(box(page, "Anna")).not_to_be_checked()


def test_lists_of_one_page_do_not_mix(reader: Reader) -> None:
    page = reader.open(DRILL)
    same = box(page, "Restore the backup of yesterday")

    same.first.check()
    expect(same.nth(1)).not_to_be_checked()
    reader.reload(page)
    expect(same.first).to_be_checked()
    expect(same.nth(1)).not_to_be_checked()


def test_names_and_states_for_screen_readers(reader: Reader) -> None:
    page = reader.open(DOORS)

    expect(page.get_by_role("group", name="Before the doors open")).to_be_visible()
    expect(page.get_by_role("group", name="Weeks before")).to_be_visible()
    expect(box(page, "Book the rooms")).to_have_accessible_name("Book the rooms 42 days before")
    expect(page.locator(".checklist-said")).to_have_attribute("role", "status")
    expect(page.locator(".checklist-news")).to_have_attribute("role", "status")


def test_numbers_stand_at_items_only(reader: Reader) -> None:
    """Steps of a command in an item are list items too, and bear no number of the list."""
    page = reader.open(DOORS)
    numbers = page.locator(".checklist-section li").evaluate_all(
        """all => all.map((li) => {
            const own = li.querySelector(":scope > .checklist-line .checklist-text");
            return getComputedStyle(own ?? li, "::before").content;
        })"""
    )

    assert [n for n in numbers if n.startswith("counter(c")] == ['counter(checklist) ". "'] * 3


def test_commands_and_values_of_an_item(reader: Reader) -> None:
    page = reader.open(DOORS)

    expect(item(page, "projector")).to_contain_text("switch the projector on")
    item(page, "projector").get_by_role("textbox").fill("Hall 2")
    expect(item(page, "projector").get_by_role("combobox")).to_have_accessible_name(
        "State of Open Aula and switch the projector on"
    )
    expect(box(page, "projector")).not_to_be_checked()


def test_without_script_boxes_tick_and_a_line_says_what_is_missing(
    lend: NewReader, trial: str
) -> None:
    page = lend(trial, script=False).open(DOORS)

    box(page, "Book the rooms").check()
    expect(box(page, "Book the rooms")).to_be_checked()
    expect(box(page, "Choose the day")).to_be_checked()
    expect(item(page, "Print the badges")).to_contain_text("in progress")
    expect(item(page, "Book the rooms")).to_contain_text("42 days before")
    expect(page.locator(".checklist-note")).to_be_visible()
    expect(page.get_by_text("Ask for the floor plan too.")).to_be_visible()
    assert page.locator(".checklist-tools:visible, .checklist-progress:visible").count() == 0


def test_print_is_a_form_with_room_for_notes(reader: Reader) -> None:
    page = reader.open(DOORS)
    page.emulate_media(media="print")

    controls = ".checklist-tools, .checklist-choice, .checklist-progress, .checklist-question"
    assert page.locator(controls).locator("visible=true").count() == 0
    expect(box(page, "Anna")).to_be_visible()
    assert style(page, ".checklist-line", "borderBottomStyle", "::after") == "dotted"
    assert style(page, ".checklist-box:checked", "content", "::after") == '"✓"'
