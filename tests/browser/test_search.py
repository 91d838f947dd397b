"""Searching: what is found and in which order, what is marked, the address, the keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import NewReader, new_desk
from tests.browser.visit import Desk, Reader, served, widest
from tests.search.conftest import search_site

SEARCH = "/site/search/"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site of tests/search, which is made for a folder of its host."""
    folder = tmp_path_factory.mktemp("search") / "host"
    site = search_site(folder)
    site.output.rename(folder / "site")
    site.output.mkdir()
    (folder / "site").rename(site.output / "site")
    with served(site.output) as address:
        yield address


@pytest.fixture(scope="module")
def desk(browser: Browser, home: str) -> Iterator[Desk]:
    with new_desk(browser, home) as made:
        yield made


@pytest.fixture
def reader(desk: Desk) -> Iterator[Reader]:
    with desk.lent() as lent:
        yield lent


def field(page: Page) -> str:
    return str(page.locator(".search-field").input_value())


def titles(page: Page, text: str) -> list[str]:
    """The titles of what is found for a text, once that is told."""
    page.locator(".search-field").fill(text)
    expect(page.locator(".search-status")).to_contain_text(f"“{text}”")
    return page.locator(".search-title").all_text_contents()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "alembic", ["Alembic", "Realembicated things", "Migrations by hand"], id="title-first"
        ),
        pytest.param(
            "migrations",
            ["Future migrations", "Migrations by hand", "Not yet migrations", "Alembic"],
            id="newest-first",
        ),
        pytest.param("MIGRATIONS café", ["Alembic"], id="every-word"),
        pytest.param("resume cafe", ["Alembic"], id="without-accents"),
        pytest.param("re\u0301sume\u0301", ["Alembic"], id="other-form"),
        pytest.param("lukasz orsted", ["Migrations by hand"], id="letters-with-strokes"),
        pytest.param("移行", ["データベースの移行", "Migrations by hand"], id="without-blanks"),
        pytest.param("ﾃﾞｰﾀﾍﾞｰｽ", ["データベースの移行"], id="half-width"),
        pytest.param("テータ", [], id="another-letter"),
        pytest.param("مقدمة", ["مُقَدِّمَة"], id="without-vowel-points"),
        pytest.param("grace", ["Grace Hopper", "Fixing nets"], id="speaker"),
        pytest.param("small workshop", ["Fixing nets"], id="event-and-kind"),
        pytest.param("<tables>", ["Migrations by hand"], id="markup"),
        pytest.param("deep", [], id="no-deep-heading"),
        pytest.param("unlisted", [], id="nothing-hidden"),
    ],
)
def test_what_is_found_and_in_which_order(reader: Reader, text: str, found: list[str]) -> None:
    assert titles(reader.open(SEARCH), text) == found


def test_result_tells_all_that_is_known_with_the_words_marked(reader: Reader) -> None:
    page = reader.open(SEARCH)
    titles(page, "fixing net")
    result = page.locator(".search-result")

    assert [line for line in result.inner_text().split("\n") if line] == [
        "Fixing nets",
        "Workshop (cancelled) at Small Conference · 9 June 2012, 11:00 · Ada, Grace Hopper",
        "Bring your own net. What to bring",
    ]
    assert result.locator("mark").all_text_contents() == ["Fixing", "net", "net"]


def test_words_are_marked_as_they_are_written(reader: Reader) -> None:
    page = reader.open(SEARCH)
    titles(page, "مقدمة")
    assert page.locator("mark").all_text_contents() == ["مُقَدِّمَة"]
    titles(page, "orsted")
    assert page.locator("mark").all_text_contents() == ["Ørsted"]
    titles(page, "café resume")
    assert page.locator("mark").all_text_contents() == ["café", "Résumé"]


def test_result_leads_to_the_heading_that_matches(reader: Reader) -> None:
    page = reader.open(SEARCH)
    titles(page, "migrations schlussel")
    page.get_by_role("link", name="Über Schlüssel").click()
    page.wait_for_url("**/posts/migrations/#keys")
    page.go_back()
    titles(page, "before read")
    page.get_by_role("link", name="What to read").click()
    page.wait_for_url("**/posts/migrations/#what-to-read")

    assert page.locator("#what-to-read").count() == 1


def test_address_keeps_the_words_and_the_back_button_brings_them_back(reader: Reader) -> None:
    page = reader.open(SEARCH)
    titles(page, "piet & co")
    assert page.url.endswith("/search/?q=piet+%26+co")
    titles(page, "sorting")
    page.locator(".search-title a").click()
    page.wait_for_url("**/talks/sorting/")
    page.go_back()

    expect(page.locator(".search-status")).to_have_text("1 result for “sorting”")
    assert field(page) == "sorting"
    page.locator(".search-field").fill("")
    expect(page.locator(".search-status")).to_have_text("")
    assert page.url.endswith("/search/")


def test_nothing_found_says_what_was_searched(reader: Reader) -> None:
    page = reader.open(f"{SEARCH}?q=quux+net")

    expect(page.locator(".search-status")).to_have_text(
        "Nothing found that has all the words “quux net” in its title, headings, tags, names or"
        " summary, among 13 pages. Try fewer or shorter words, or look in the lists below."
    )
    expect(page.get_by_role("link", name="All posts by year")).to_be_in_viewport()


def test_key_leads_to_the_field_but_not_while_typing(reader: Reader) -> None:
    page = reader.open("/site/posts/alembic/")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Search this site")).to_be_focused()
    page.keyboard.type("a/b")
    page.keyboard.press("Enter")
    page.wait_for_url("**/site/search/?q=a%2Fb")

    expect(page.locator(".search-status")).to_contain_text("“a/b”")
    page.keyboard.press("/")
    expect(page.locator("main .search-field")).to_be_focused()


def test_key_leads_to_the_page_where_there_is_no_room_for_a_field(
    new_reader: NewReader, home: str
) -> None:
    page = new_reader(home, width=320).open("/site/posts/alembic/")
    page.keyboard.press("/")
    page.wait_for_url("**/site/search/")

    expect(page.locator("main .search-field")).to_be_focused()


def test_key_can_be_switched_off(reader: Reader) -> None:
    page = reader.open(SEARCH)
    page.get_by_role("checkbox").uncheck()
    reader.go(page, "/site/posts/alembic/")
    page.keyboard.press("/")

    assert page.evaluate("document.activeElement === document.body")
    reader.go(page, SEARCH)
    expect(page.get_by_role("checkbox")).not_to_be_checked()


def test_lists_come_when_somebody_searches_and_once(reader: Reader) -> None:
    page, asked = reader.open("/site/posts/alembic/"), []
    page.on(
        "request", lambda request: asked.append(request.url) if ".json" in request.url else None
    )
    reader.go(page, SEARCH)
    assert asked == []
    titles(page, "ada")
    titles(page, "grace")

    assert len(asked) == len(set(asked)) == 3


def test_lists_that_do_not_come_are_told_and_asked_for_again(
    new_reader: NewReader, home: str
) -> None:
    reader = new_reader(home)
    page = reader.open(SEARCH)
    page.route("**/pages.json", lambda route: route.abort())
    page.locator(".search-field").fill("ada")
    expect(page.locator(".search-status")).to_contain_text("did not come")
    page.unroute("**/pages.json")

    assert titles(page, "hopper")[0] == "Grace Hopper"
    reader.faults.clear()  # the browser's own, of the request that failed


def test_page_without_script_says_so_and_leads_elsewhere(new_reader: NewReader, home: str) -> None:
    reader = new_reader(home, script=False)
    page = reader.open("/site/")
    page.get_by_role("searchbox").fill("alembic")
    page.keyboard.press("Enter")
    page.wait_for_url("**/site/search/?q=alembic")

    expect(page.get_by_text("your browser runs none here")).to_be_visible()
    expect(page.locator(".search-form")).to_be_hidden()
    expect(page.get_by_role("link", name="Tags")).to_be_visible()


def test_long_and_foreign_results_fit_a_phone(new_reader: NewReader, home: str) -> None:
    page = new_reader(home, width=320).open(f"{SEARCH}?q=a")
    expect(page.locator(".search-status")).to_contain_text("results")
    link = page.locator(".header-search-item a").bounding_box()

    assert widest(page) == 320
    assert link
    assert link["y"] == page.locator(".header-nav a").first.bounding_box()["y"]
