"""What becomes of ticks when the author edits the list: kept, or told of, never misplaced."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from plugins.serve.server import Server
from tests.browser.conftest import new_desk
from tests.browser.visit import Desk, Reader, edited_site, listening

HEAD = "---\ntitle: {title}\nkind: {kind}\ndate: 2012-03-06\n---\n\n{text}"

BEFORE = """\
## Weeks before

- [ ] Book the rooms {#rooms}
- [ ] Invite the speakers and the panel
- [ ] Order 200 badges
- [ ] Print the programme
- [ ] Confirm the caterer

## On the day

- [ ] Lock the doors at night
- [ ] Switch the projector on
"""

AFTER = """\
## Weeks before

- [ ] Print the **programme**
- [ ] Sign what the venue sent {#rooms}
- [ ] Invite the speakers and the panels
- [ ] Order 300 badges
- [ ] Book a photographer

## On the day

- [ ] Do not lock the doors at night
- [ ] Switch the projector on
"""

LIST = '- [ ] Stop the server\n- [ ] Restore the backup\n{{: .checklist title="{title}" }}\n'

KEPT = ["Sign what the venue sent", "Invite the speakers and the panels", "Switch the projector on"]
NEW = ["Order 300 badges", "Book a photographer", "Do not lock the doors at night"]


@dataclass(frozen=True, slots=True)
class Editions:
    """One site at one address, as it was before an edit or as it is after it."""

    server: Server
    before: Path
    after: Path

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    def edit(self, *, back: bool = False) -> None:
        """Publish the edited site, or the one from before again."""
        self.server.output = self.before if back else self.after


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editions]:
    """The site built from the source before and after the edit."""
    folder = tmp_path_factory.mktemp("edited")
    texts = {"before": (BEFORE, "A drill"), "after": (AFTER, "The restore drill")}
    outputs = []
    for name, (text, title) in texts.items():
        doors = HEAD.format(title="Doors", kind="checklist", text=text)
        drill = HEAD.format(title="Drills", kind="guide", text=LIST.format(title=title))
        site = edited_site(folder / name, {"doors": doors, "drill": drill})
        outputs.append(site.output)
    with ExitStack() as stack:
        server = stack.enter_context(listening(outputs[0]))
        yield Editions(server, *outputs)


@pytest.fixture
def editions(sites: Editions) -> Editions:
    """The site as it was before the edit."""
    sites.edit(back=True)
    return sites


@pytest.fixture(scope="module")
def desk(browser: Browser, sites: Editions) -> Iterator[Desk]:
    """One browser for all tests of this site."""
    with new_desk(browser, sites.home) as made:
        yield made


def box(page: Page, words: str) -> Locator:
    line = page.locator(".checklist-item > .checklist-line").filter(has_text=words)
    return line.get_by_role("checkbox")


def ticked(page: Page) -> list[str]:
    """The words of all items with a tick, as they stand."""
    return page.locator(
        ".checklist-line:has(.checklist-box:checked) .checklist-text"
    ).all_inner_texts()


def tick_all(page: Page, *, but: str = "") -> None:
    for line in page.locator(".checklist-line").all():
        if line.locator(".checklist-text").inner_text() != but:
            line.get_by_role("checkbox").check()


def news(page: Page) -> Locator:
    return page.locator(".checklist-news")


def test_small_edit_keeps_the_tick_and_no_other_item_gets_one(
    reader: Reader, editions: Editions
) -> None:
    page = reader.open("/posts/doors/")
    tick_all(page, but="Print the programme")
    editions.edit()

    reader.reload(page)

    assert ticked(page) == KEPT


def test_each_single_tick_stays_with_its_item(reader: Reader, editions: Editions) -> None:
    page = reader.open("/posts/doors/")
    found = {}
    for words in ("Order 200 badges", "Confirm the caterer", "Lock the doors", "Print the"):
        box(page, words).check()
        editions.edit()
        reader.reload(page)
        found[words] = ticked(page)
        page.evaluate("localStorage.clear()")
        editions.edit(back=True)
        reader.reload(page)

    assert found == {
        "Order 200 badges": [],
        "Confirm the caterer": [],
        "Lock the doors": [],
        "Print the": ["Print the programme"],
    }


def test_new_and_removed_items_are_told(reader: Reader, editions: Editions) -> None:
    page = reader.open("/posts/doors/")
    box(page, "Book the rooms").check()
    editions.edit()
    reader.reload(page)

    expect(news(page)).to_contain_text(
        "3 items are new since your last visit, 2 were reworded, 3 were removed: "
        "“order 200 badges”, “confirm the caterer”, “lock the doors at night”."
    )
    marks = page.locator("[data-item]").evaluate_all("all => all.map((one) => one.dataset.news)")
    assert marks == ["", "reworded", "reworded", "new", "new", "new", ""]
    for words in NEW:
        expect(box(page, words)).not_to_be_checked()


def test_news_is_told_until_it_was_seen(reader: Reader, editions: Editions) -> None:
    page = reader.open("/posts/doors/")
    box(page, "Book the rooms").check()
    editions.edit()

    reader.reload(page)
    reader.reload(page)
    expect(news(page)).to_contain_text("3 items are new")
    page.get_by_role("button", name="Seen").click()
    expect(news(page)).to_have_text("")
    reader.reload(page)
    expect(news(page)).to_have_text("")
    assert ticked(page) == KEPT[:1]


def test_item_that_comes_back_is_new_and_without_tick(reader: Reader, editions: Editions) -> None:
    page = reader.open("/posts/doors/")
    tick_all(page)
    editions.edit()
    reader.reload(page)
    page.get_by_role("button", name="Seen").click()
    editions.edit(back=True)

    reader.reload(page)

    assert ticked(page) == [
        "Book the rooms",
        "Invite the speakers and the panel",
        "Print the programme",
        "Switch the projector on",
    ]


def test_edit_that_no_reader_came_back_to_says_nothing(reader: Reader, editions: Editions) -> None:
    page = reader.open("/posts/doors/")
    editions.edit()

    reader.reload(page)

    expect(news(page)).to_have_text("")
    assert ticked(page) == []


def test_list_with_another_name_keeps_its_ticks(reader: Reader, editions: Editions) -> None:
    page = reader.open("/posts/drill/")
    box(page, "Stop the server").check()
    editions.edit()

    reader.reload(page)

    expect(page.get_by_role("group", name="The restore drill")).to_be_visible()
    assert ticked(page) == ["Stop the server"]
