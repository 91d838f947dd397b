"""Placeholders: one value for all places, refused or quoted, kept here, shared on request only."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewReader
from tests.browser.visit import Reader, clipboard

FILL = "/posts/fill/"
TOO = "/posts/fill-too/"


def field(page: Page, label: str) -> Locator:
    """The first field of a placeholder in a command; its name begins with the label."""
    return page.locator("pre").get_by_label(label).first


def copy_of(page: Page, title: str, button: str) -> Locator:
    """A button of the block under a title."""
    block = page.locator("command-block").filter(has=page.locator("figcaption", has_text=title))
    return block.get_by_role("button", name=button)


def copied(page: Page, title: str, button: str) -> str:
    """What a button puts on the clipboard, once it has said that it did."""
    copy_of(page, title, button).click()
    expect(copy_of(page, title, button)).to_have_attribute("data-done", "")
    return clipboard(page)


def test_defaults_stand_everywhere_at_first(reader: Reader) -> None:
    page = reader.open(FILL)

    expect(field(page, "Database")).to_have_value("breakpad")
    expect(page.get_by_role("heading", name="The database breakpad")).to_be_visible()
    assert copied(page, "Two steps", "Copy all") == "createdb breakpad\ngit commit -m 'add os name'"


def test_fields_are_large_enough_for_a_finger(reader: Reader) -> None:
    page = reader.open(FILL)
    fields = page.locator(".place-holder-field")
    heights = fields.evaluate_all("all => all.map((one) => one.getBoundingClientRect().height)")

    assert min(heights) >= 24


def test_one_change_fills_every_place(reader: Reader) -> None:
    page = reader.open(FILL)

    field(page, "Database").fill("crashes")

    fields = page.locator("place-holder[data-name=database] input")
    expect(fields).to_have_count(5)
    assert [one.input_value() for one in fields.all()] == ["crashes"] * 5
    expect(page.get_by_role("heading", name="The database crashes")).to_be_visible()
    expect(page.locator("samp").first).to_have_text("[crashes 1a2b3c] add os name")
    assert copied(page, "Two steps", "Copy command 1 of 2") == "createdb crashes"
    expect(page.locator("pre", has_text="pg_restore").get_by_role("textbox")).to_have_value(
        "crashes"
    )


def test_value_is_quoted_as_its_place_needs(reader: Reader) -> None:
    page = reader.open(FILL)

    field(page, "Message").fill("it's $HOME")
    field(page, "System").select_option("ubuntu")

    assert copied(page, "Two steps", "Copy command 2 of 2") == "git commit -m 'it'\\''s $HOME'"
    assert copied(page, "In quotes", "Copy") == "echo 'it'\\''s $HOME' \"it's \\$HOME\" ubuntu"


def test_invalid_value_is_refused_with_a_message(reader: Reader) -> None:
    page = reader.open(FILL)
    wrong = "Database: must match [a-z_]+"
    page.evaluate("navigator.clipboard.writeText('untouched')")

    field(page, "Database").fill("no spaces")

    invalid = page.locator("pre [aria-invalid='true']")
    expect(invalid).to_have_accessible_name(wrong)
    expect(page.locator("place-holder-tools").get_by_role("status")).to_have_text(wrong)
    copy_of(page, "Two steps", "Copy command 1 of 2").click()
    said = page.locator("command-block").get_by_role("status").first
    expect(said).to_have_text(f"Not copied. {wrong}")
    expect(said).to_be_visible()
    assert clipboard(page) == "untouched"
    assert copied(page, "Two steps", "Copy command 2 of 2") == "git commit -m 'add os name'"


def test_invalid_value_fills_no_other_place(reader: Reader) -> None:
    page = reader.open(FILL)

    field(page, "Database").fill("no spaces")

    expect(page.get_by_role("heading", name="The database breakpad")).to_be_visible()
    reader.reload(page)
    expect(field(page, "Database")).to_have_value("breakpad")


def test_value_that_nothing_quotes_is_refused(reader: Reader) -> None:
    page = reader.open(FILL)
    said = page.locator("command-block").filter(has_text="$((").get_by_role("status")

    field(page, "Count").fill("3; rm x")
    copy_of(page, "Nothing quotes here", "Copy").click()
    expect(said).to_have_text(
        "Not copied. Count: only the value of the page or a number can stand here"
    )

    field(page, "Count").fill("4")
    assert copied(page, "Nothing quotes here", "Copy") == "echo $(( 4 + 1 ))"


def test_values_survive_a_reload_and_reach_other_tabs(reader: Reader) -> None:
    page = reader.open(FILL)
    other = reader.open(FILL)

    field(page, "Database").fill("crashes")
    expect(field(other, "Database")).to_have_value("crashes")
    reader.reload(page)
    expect(field(page, "Database")).to_have_value("crashes")


def test_other_pages_get_values_only_after_agreement(reader: Reader) -> None:
    page = reader.open(FILL)
    field(page, "Database").fill("crashes")
    field(page, "Message").fill("hello")

    reader.go(page, TOO)
    expect(field(page, "Database")).to_have_value("other")

    reader.go(page, FILL)
    page.get_by_label("Use them on other pages too").check()
    reader.go(page, TOO)
    expect(field(page, "Database")).to_have_value("crashes")
    expect(field(page, "Message")).to_have_value("hello")

    page.get_by_label("Use them on other pages too").uncheck()
    expect(field(page, "Database")).to_have_value("other")


def test_value_of_another_page_must_fit_here_too(reader: Reader) -> None:
    page = reader.open(FILL)
    field(page, "Database").fill("two_words")
    page.get_by_label("Use them on other pages too").check()

    reader.go(page, TOO)

    expect(field(page, "Database")).to_have_value("other")


def test_forget_leaves_nothing_on_the_device(reader: Reader) -> None:
    page = reader.open(FILL)
    field(page, "Database").fill("crashes")
    page.get_by_label("Use them on other pages too").check()

    page.get_by_role("button", name="Forget my values").click()

    tools = page.locator("place-holder-tools")
    expect(tools.get_by_role("status")).to_have_text("Your values are forgotten, on all pages.")
    expect(field(page, "Database")).to_have_value("breakpad")
    assert page.evaluate("Object.keys(localStorage)") == []


def test_link_carries_values_in_its_fragment(lend: NewReader, trial: str) -> None:
    page = lend(trial).open(FILL)
    field(page, "Database").fill("crashes")
    field(page, "Message").fill("it's & more")
    page.get_by_role("button", name="Copy a link with my values").click()
    expect(page.locator("place-holder-tools").get_by_role("status")).to_have_text(
        "The link is copied. It holds the values that you see."
    )
    link = clipboard(page)
    assert link == f"{trial}{FILL}#fill&database=crashes&message=it%27s+%26+more"

    friend = lend(trial)
    there = friend.open(link.removeprefix(trial))
    brought = there.get_by_role("group", name="Values of the link")
    expect(brought.get_by_role("listitem")).to_have_text(
        ["Database: crashes", "Message: it's & more"]
    )
    expect(field(there, "Database")).to_have_value("breakpad")
    assert copied(there, "Two steps", "Copy command 1 of 2") == "createdb breakpad"

    brought.get_by_role("button", name="Use these values").click()
    expect(brought).to_have_count(0)
    expect(field(there, "Message")).to_have_value("it's & more")
    assert copied(there, "Two steps", "Copy command 1 of 2") == "createdb crashes"
    assert there.evaluate("Object.keys(localStorage)") == []


def test_values_of_a_link_are_never_kept_unasked(reader: Reader) -> None:
    page = reader.open(f"{FILL}#fill&database=crashes&message=hello")
    page.get_by_role("button", name="Use these values").click()

    field(page, "Database").fill("mine")
    page.get_by_label("Use them on other pages too").check()

    expect(field(page, "Message")).to_have_value("hello")
    kept = page.evaluate("Object.entries(localStorage).map(([k, v]) => k + v).join()")
    assert "mine" in kept
    assert "hello" not in kept
    reader.reload(page)
    expect(field(page, "Database")).to_have_value("mine")
    expect(field(page, "Message")).to_have_value("add os name")


def test_values_of_a_link_can_be_left_out(reader: Reader) -> None:
    page = reader.open(f"{FILL}?a=b#fill&database=crashes")

    page.get_by_role("button", name="Leave them out").click()

    expect(page.get_by_role("group", name="Values of the link")).to_have_count(0)
    said = page.locator("place-holder-tools").get_by_role("status")
    expect(said).to_have_text("The values of the link are left out.")
    expect(field(page, "Database")).to_have_value("breakpad")
    assert page.url.endswith(f"{FILL}?a=b")


def test_values_of_a_link_by_keyboard_and_aloud(reader: Reader) -> None:
    page = reader.open(f"{FILL}#fill&message=hello")
    said = page.locator("place-holder-tools").get_by_role("status")
    expect(said).to_have_text(
        "The link that you followed brings values. Look at them before you use them."
    )

    page.get_by_role("button", name="Use these values").focus()
    page.keyboard.press("Enter")

    expect(said).to_have_text("The values of the link fill this page. They are not kept.")
    expect(field(page, "Message")).to_have_value("hello")


def test_link_that_is_followed_on_the_same_page_asks_too(reader: Reader) -> None:
    page = reader.open(FILL)

    page.evaluate("location.hash = '#fill&database=crashes'")

    rows = page.get_by_role("group", name="Values of the link").get_by_role("listitem")
    expect(rows).to_have_text(["Database: crashes"])
    expect(field(page, "Database")).to_have_value("breakpad")


def test_link_with_a_wrong_value_keeps_the_default(reader: Reader) -> None:
    page = reader.open(f"{FILL}#fill&database=x;rm&system=windows&message=a%0Ab%E2%80%AE&nothing=x")

    rows = page.get_by_role("group", name="Values of the link").get_by_role("listitem")
    expect(rows).to_have_text(
        [
            "Database: x;rm is not used (Database: must match [a-z_]+)",
            "System: windows is not used (System: not one of the choices)",
            "Message: a b",
        ]
    )
    page.get_by_role("button", name="Use these values").click()
    expect(field(page, "Database")).to_have_value("breakpad")
    expect(field(page, "System")).to_have_value("debian")
    assert copied(page, "Two steps", "Copy all") == "createdb breakpad\ngit commit -m 'a b'"


SAFE_ONLY = (
    "Not copied. Message: only letters, digits and . _ - / : @ % + = , with neither - nor = first "
    "can stand here"
)


def test_link_does_not_become_a_command(reader: Reader) -> None:
    page = reader.open(f"{FILL}#fill&message=$(touch+x)")
    page.get_by_role("button", name="Use these values").click()
    page.evaluate("navigator.clipboard.writeText('untouched')")
    again = page.locator("command-block").filter(has_text="ssh db1")

    copy_of(page, "Read again", "Copy").click()
    expect(again.get_by_role("status")).to_have_text(SAFE_ONLY)
    assert clipboard(page) == "untouched"
    assert copied(page, "Two steps", "Copy command 2 of 2") == "git commit -m '$(touch x)'"


def test_link_does_not_choose_a_command(reader: Reader) -> None:
    page = reader.open(f"{FILL}#fill&message=reboot")
    page.get_by_role("button", name="Use these values").click()
    program = page.locator("command-block").filter(has_text="sudo")

    copy_of(page, "A program", "Copy").click()

    expect(program.get_by_role("status")).to_have_text(
        "Not copied. Message: only the value of the page or a number can stand here"
    )
    assert copied(page, "Read again", "Copy") == "ssh db1 'createdb \"reboot\"'"


def test_option_is_no_value_of_an_argument(reader: Reader) -> None:
    page = reader.open(FILL)

    field(page, "Message").fill("--amend")
    copy_of(page, "Two steps", "Copy command 2 of 2").click()

    said = page.locator("command-block").filter(has_text="git").get_by_role("status")
    expect(said).to_have_text(
        "Not copied. Message: only text that does not begin with - can stand here"
    )


def test_selection_with_a_value_that_cannot_stand_there_is_not_copied(reader: Reader) -> None:
    page = reader.open(f"{FILL}#fill&message=$(touch+x)")
    page.get_by_role("button", name="Use these values").click()
    page.evaluate("navigator.clipboard.writeText('untouched')")
    again = page.locator("command-block").filter(has_text="ssh db1")

    again.locator(".command-lines").evaluate("lines => getSelection().selectAllChildren(lines)")
    page.keyboard.press("ControlOrMeta+c")

    expect(again.get_by_role("status")).to_have_text(SAFE_ONLY)
    assert clipboard(page) == "untouched"


def test_fields_by_keyboard(reader: Reader) -> None:
    page = reader.open(FILL)
    database = field(page, "Database")

    database.focus()
    page.keyboard.type("x")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("crashes")
    page.keyboard.press("Enter")
    expect(database).not_to_be_focused()
    expect(database).to_have_value("crashes")
    database.focus()
    page.keyboard.press("Escape")
    expect(database).to_have_value("breakpad")


def test_selection_holds_the_values_quoted(reader: Reader) -> None:
    page = reader.open(FILL)
    field(page, "Message").fill("one two")

    page.evaluate(
        "getSelection().selectAllChildren(document.querySelectorAll('.command-lines')[1])"
    )
    page.keyboard.press("ControlOrMeta+c")

    assert clipboard(page) == "git commit -m 'one two'"


def test_print_shows_the_values_and_no_tools(reader: Reader) -> None:
    page = reader.open(FILL)
    field(page, "Database").fill("crashes")
    page.emulate_media(media="print")

    expect(page.locator("place-holder-tools")).to_be_hidden()
    expect(field(page, "Database")).to_be_visible()
    expect(field(page, "Database")).to_have_css("border-bottom-width", "0px")


def test_defaults_are_text_without_script(lend: NewReader, trial: str) -> None:
    page = lend(trial, script=False).open(FILL)

    expect(page.locator("pre").first).to_have_text("createdb breakpad")
    expect(page.locator("pre").nth(1)).to_have_text("git commit -m 'add os name'")
    expect(page.get_by_text("The database is called breakpad here")).to_be_visible()
    expect(page.locator("place-holder-tools")).to_be_hidden()
    expect(page.locator("place-holder input")).to_have_count(0)
