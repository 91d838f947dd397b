"""Command blocks: what is copied, what can be selected, what is said, and how much is shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewReader
from tests.browser.visit import HIGH, Reader, clipboard, widest

CASES = Path(__file__).parents[1] / "command" / "cases"

LOOP = 'for name in one two; do\n  echo "$name" \\\n    && true\ndone'
HERE = "cat <<'END'\n$ not a prompt\nEND"
ECHO = "echo 'it''s' \"a  b\" > notes.txt"


def block(page: Page, title: str) -> Locator:
    """The block under a title."""
    return page.locator("command-block").filter(has=page.locator("figcaption", has_text=title))


def copied(page: Page, button: Locator) -> str:
    """What a button puts on the clipboard, once it has said that it did."""
    button.click()
    expect(button).to_have_attribute("data-done", "")
    return clipboard(page)


def test_copy_of_a_step_is_what_is_typed(reader: Reader) -> None:
    page = reader.open("/posts/commands/")
    buttons = block(page, "Three steps").get_by_role("button", name="command")
    names = buttons.all_text_contents()

    assert names == [f"Copy command {number} of 3" for number in (1, 2, 3)]
    assert [copied(page, button) for button in buttons.all()] == [ECHO, LOOP, HERE]


def test_copy_of_a_block_is_all_steps_in_order(reader: Reader) -> None:
    page = reader.open("/posts/commands/")
    all_of = block(page, "Three steps").get_by_role("button", name="Copy all")

    assert copied(page, all_of) == f"{ECHO}\n{LOOP}\n{HERE}"


def test_copy_works_wherever_a_block_stands(reader: Reader) -> None:
    page = reader.open("/posts/commands/")
    written = {
        "Other machines": "systemctl restart postgresql\nuptime\nVACUUM;",
        "Commands": "docker ps --format '{{.Names}}'",
        "In a list": "cd /srv/list",
        "In a quote": "cd /srv/quote",
        "In a tab": "cd /srv/tab",
        "Python": "total = sum(\n    [1, 2],\n)\ntotal",
    }

    for title, text in written.items():
        assert copied(page, block(page, title).get_by_role("button", name="Copy").first) == text


def test_every_button_copies_what_the_build_wrote(reader: Reader) -> None:
    page = reader.open("/posts/commands/")
    buttons = page.locator(".command-copy")

    for button in buttons.all():
        assert copied(page, button) == button.get_attribute("data-copy")


def test_copied_is_announced(reader: Reader) -> None:
    page = reader.open("/posts/commands/")
    steps = block(page, "Three steps")
    said = steps.get_by_role("status")

    expect(said).to_have_text("")
    steps.get_by_role("button", name="Copy command 2 of 3").click()
    expect(said).to_have_text("Copied command 2 of 3")
    steps.get_by_role("button", name="Copy all").click()
    expect(said).to_have_text("Copied all commands")


def test_copy_by_keyboard(reader: Reader) -> None:
    page = reader.open("/posts/commands/")
    button = block(page, "Start").get_by_role("button", name="Copy the command")

    button.focus()
    page.keyboard.press("Enter")
    expect(block(page, "Start").get_by_role("status")).to_have_text("Copied the command")
    assert clipboard(page) == "make html"
    expect(button).to_be_focused()


def test_copy_that_the_browser_forbids_says_so(reader: Reader) -> None:
    page = reader.open("/posts/commands/")
    page.evaluate(
        "() => { delete Navigator.prototype.clipboard; document.execCommand = () => false; }"
    )
    start = block(page, "Start")

    start.get_by_role("button").click()
    expect(start.get_by_role("status")).to_have_text("Not copied: select the text instead.")
    expect(start.get_by_role("status")).not_to_have_class("visually-hidden")


def test_copy_without_clipboard_interface_still_works(reader: Reader) -> None:
    page = reader.open("/posts/commands/")
    interface = page.evaluate_handle("navigator.clipboard")
    page.evaluate(
        "Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined, "
        "configurable: true })"
    )
    block(page, "Start").get_by_role("button").click()

    expect(block(page, "Start").get_by_role("status")).to_have_text("Copied the command")
    assert interface.evaluate("clipboard => clipboard.readText()") == "make html"


def test_selection_by_mouse_leaves_prompts_out(reader: Reader) -> None:
    page = reader.open("/posts/commands/")
    lines = block(page, "Three steps").locator("pre").nth(1)
    lines.scroll_into_view_if_needed()
    box = lines.bounding_box()
    assert box

    page.mouse.move(box["x"] + 2, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 4, box["y"] + box["height"] - 12, steps=8)
    page.mouse.up()
    page.keyboard.press("ControlOrMeta+c")

    assert clipboard(page) == LOOP


def test_selection_by_keyboard_leaves_prompts_out(reader: Reader) -> None:
    page = reader.open("/posts/commands/")

    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("ControlOrMeta+c")
    text = clipboard(page)

    assert LOOP in text
    assert ECHO in text
    assert "$ echo" not in text
    assert "root@db1" not in text
    assert ">>>" not in text


def test_prompts_are_shown_all_the_same(reader: Reader) -> None:
    page = reader.open("/posts/commands/")
    shown = page.eval_on_selector_all(
        ".command-prompt", "all => all.map((one) => getComputedStyle(one, '::before').content)"
    )

    assert {'"$ "', '"> "', '"root@db1:~# "', '"app=# "', '">>> "', '"... "'} <= set(shown)


def test_output_folds_after_ten_lines(reader: Reader) -> None:
    page = reader.open("/posts/commands/")
    long = block(page, "More than fits")
    rest = long.get_by_text("11\n12\n13\n14")

    expect(long.locator("samp").first).to_have_text("\n".join(str(n) for n in range(1, 11)))
    expect(rest).to_be_hidden()
    long.get_by_text("4 more lines").focus()
    page.keyboard.press("Enter")
    expect(rest).to_be_visible()


def test_steps_of_others_have_a_band_and_a_word(reader: Reader) -> None:
    page = reader.open("/posts/commands/")
    steps = block(page, "Other machines").locator(".command-step")
    bands = [
        step.evaluate("s => getComputedStyle(s).borderInlineStartColor") for step in steps.all()
    ]

    assert steps.locator(".command-where").all_inner_texts() == [
        "root on db1",
        "remote: ada on web2",
        "database app as superuser",
    ]
    assert len(set(bands)) == 3


def test_wrapping_is_the_readers_choice_and_kept(reader: Reader) -> None:
    page = reader.open("/posts/commands/")
    long = block(page, "More than fits")
    wrap = long.get_by_role("button", name="Wrap lines")
    line = long.locator(".command-printed").last

    expect(wrap).to_have_attribute("aria-pressed", "false")
    assert line.evaluate("pre => pre.scrollWidth > pre.clientWidth")
    wrap.click()
    expect(wrap).to_have_attribute("aria-pressed", "true")
    assert line.evaluate("pre => pre.scrollWidth <= pre.clientWidth")

    reader.reload(page)
    expect(wrap).to_have_attribute("aria-pressed", "true")
    wrap.click()
    assert line.evaluate("pre => pre.scrollWidth > pre.clientWidth")


def test_wrapping_is_offered_only_where_a_line_is_too_long(reader: Reader) -> None:
    page = reader.open("/posts/commands/")

    expect(block(page, "More than fits").get_by_role("button", name="Wrap lines")).to_be_visible()
    expect(block(page, "Start").get_by_role("button", name="Wrap lines")).to_be_hidden()


def test_long_lines_scroll_by_keyboard(reader: Reader) -> None:
    page = reader.open("/posts/commands/")
    line = block(page, "More than fits").locator(".command-printed").last

    expect(line).to_have_attribute("tabindex", "0")
    line.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("pre => pre.scrollLeft > 0", arg=line.element_handle())


@pytest.mark.parametrize("script", [True, False])
def test_long_lines_never_widen_the_page(lend: NewReader, trial: str, script: bool) -> None:
    reader = lend(trial, width=360, script=script)
    page = reader.open("/tags/shell/")
    assert widest(page) == 360

    reader.go(page, "/posts/commands/")
    for width in (360, 320):
        page.set_viewport_size({"width": width, "height": HIGH})
        assert widest(page) == width
    if script:
        block(page, "More than fits").get_by_role("button", name="Wrap lines").click()
        assert widest(page) == 320


def test_print_shows_all_and_no_buttons(reader: Reader) -> None:
    page = reader.open("/posts/commands/")
    page.emulate_media(media="print")

    assert page.locator(".command-button:visible").count() == 0
    expect(page.get_by_text("11\n12\n13\n14")).to_be_visible()
    line = block(page, "More than fits").locator(".command-printed").last
    assert line.evaluate("pre => pre.scrollWidth <= pre.clientWidth")


def test_quoting_in_the_browser_is_that_of_the_build(reader: Reader) -> None:
    page = reader.open("/posts/commands/")
    cases = json.loads((CASES / "quoting.json").read_text("utf-8"))
    script = page.locator('script[type="module"]').get_attribute("src") or ""

    written = page.evaluate(
        """async ([address, cases]) => {
            const { quote } = await import(address);
            return cases.map(({ value, quoting }) => quote(value, quoting));
        }""",
        [script.replace("site.js", "command/quote.js"), cases],
    )

    assert written == [case["written"] for case in cases]


def test_places_in_the_browser_take_what_the_build_says(reader: Reader) -> None:
    page = reader.open("/posts/commands/")
    cases = json.loads((CASES / "takes.json").read_text("utf-8"))[:-1]
    script = page.locator('script[type="module"]').get_attribute("src") or ""

    taken = page.evaluate(
        """async ([address, cases]) => {
            const { takes } = await import(address);
            const all = ["argument", "safe", "name", "offered"];
            return cases.map(({ value }) => all.filter((accepts) => takes(value, accepts)));
        }""",
        [script.replace("site.js", "command/quote.js"), cases],
    )

    assert taken == [case["taken"][1:] for case in cases]  # any place without a word takes all
