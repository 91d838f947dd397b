"""An event's pages without a network, kept by a worker that can be switched off."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from plugins.serve.server import Handler, Server
from tests.browser.conftest import NewReader
from tests.browser.schedule.fair import BASE, MY, SCHEDULE, add_worker, star
from tests.browser.visit import Reader

DURING = "?at=2026-10-24T10:10"


@pytest.fixture
def kept(changing: tuple[str, Path]) -> tuple[str, Path]:
    """The fair with its worker."""
    add_worker(changing[1])
    return changing


def visited(reader: Reader, path: str = SCHEDULE) -> Page:
    """A page, during the event, whose worker has begun to keep it."""
    page = reader.open(path + DURING)
    page.wait_for_function("navigator.serviceWorker.controller?.state === 'activated'")
    return page


def workers(page: Page) -> int:
    return int(
        page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)")
    )


def caches(page: Page) -> list[str]:
    return list(page.evaluate("caches.keys()"))


def test_pages_are_there_without_a_network_and_say_of_when(
    new_reader: NewReader, kept: tuple[str, Path]
) -> None:
    reader = new_reader(kept[0], timezone_id="Pacific/Auckland")
    page = visited(reader)
    star(page, "glue").click()
    reader.context.set_offline(True)

    reader.go(page, SCHEDULE + DURING)
    expect(page.locator(".as-of")).to_have_text(
        re.compile(r"^No network: this page is as of \d\d:\d\d\.$")
    )
    expect(page.locator('.session[data-session="glue"]')).to_have_attribute("data-starred", "")
    reader.go(page, MY)
    expect(page.locator("my-programme .session-title")).to_have_text(["Glue"])
    reader.context.set_offline(False)
    reader.go(page, SCHEDULE)
    expect(page.locator(".as-of")).to_have_count(0)
    forget_network_errors(reader)


def forget_network_errors(reader: Reader) -> None:
    """Browsers write into the console that there is no network; nothing else may stand there."""
    reader.faults[:] = [
        fault for fault in reader.faults if "ERR_INTERNET_DISCONNECTED" not in fault
    ]


def test_page_that_was_visited_is_kept_too(new_reader: NewReader, kept: tuple[str, Path]) -> None:
    reader = new_reader(kept[0])
    page = visited(reader)
    reader.go(page, f"{BASE}talks/glue/")
    reader.context.set_offline(True)

    reader.reload(page)
    expect(page.locator("h1")).to_have_text("Glue")
    expect(page.locator(".as-of")).to_be_visible()
    forget_network_errors(reader)


def test_page_is_fresh_while_there_is_a_network(
    new_reader: NewReader, kept: tuple[str, Path]
) -> None:
    home, folder = kept
    reader = new_reader(home)
    page = visited(reader)
    file = folder / "schedule" / "index.html"
    file.write_text(file.read_text("utf-8").replace(">Glue<", ">Paste<"), "utf-8")

    reader.reload(page)
    expect(page.get_by_role("link", name="Paste")).to_be_visible()
    reader.context.set_offline(True)
    reader.reload(page)
    expect(page.get_by_role("link", name="Paste")).to_be_visible()
    forget_network_errors(reader)


def test_new_build_replaces_what_was_kept(new_reader: NewReader, kept: tuple[str, Path]) -> None:
    home, folder = kept
    page = visited(new_reader(home))
    assert caches(page) == [f"offline {BASE} 1"]
    add_worker(folder, version="2")

    page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    page.wait_for_function(
        "async (name) => String(await caches.keys()) === name", arg=f"offline {BASE} 2"
    )


def test_reader_switches_keeping_off_and_on(new_reader: NewReader, kept: tuple[str, Path]) -> None:
    reader = new_reader(kept[0])
    page = visited(reader, MY)
    button = page.get_by_role("button", name="Keep for offline")

    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".schedule-said")).to_contain_text("Nothing of this event is kept")
    assert (workers(page), caches(page)) == (0, [])
    reader.reload(page)
    expect(button).to_have_attribute("aria-pressed", "false")
    assert workers(page) == 0
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    page.wait_for_function("navigator.serviceWorker.controller")
    assert workers(page) == 1


def test_site_switches_keeping_off(new_reader: NewReader, kept: tuple[str, Path]) -> None:
    home, folder = kept
    page = visited(new_reader(home))
    add_worker(folder, is_on=False)

    page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    page.wait_for_function(
        "async () => !(await navigator.serviceWorker.getRegistrations()).length"
        " && !(await caches.keys()).length"
    )


def test_slow_network_does_not_keep_a_reader_waiting(
    new_reader: NewReader, changing: tuple[str, Path]
) -> None:
    folder = changing[1]
    add_worker(folder)
    with slow(folder.parents[2]) as (slow_home, is_slow):
        reader = new_reader(slow_home)
        page = visited(reader)
        is_slow.set()
        page.reload(timeout=20_000)
        expect(page.locator(".as-of")).to_be_visible()
        is_slow.clear()


@contextmanager
def slow(folder: Path) -> Iterator[tuple[str, threading.Event]]:
    """A server of the folder that, while the event is set, answers no page."""
    is_slow = threading.Event()
    over = threading.Event()

    class SlowHandler(Handler):
        def do_GET(self) -> None:
            while is_slow.is_set() and not over.wait(0.1):
                pass
            super().do_GET()

    server = Server(folder, bind="127.0.0.1", port=0)
    server.RequestHandlerClass = SlowHandler
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}", is_slow
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def test_event_long_over_is_not_kept(new_reader: NewReader, kept: tuple[str, Path]) -> None:
    page = new_reader(kept[0]).open(f"{SCHEDULE}?at=2026-11-03")
    page.wait_for_timeout(300)

    assert workers(page) == 0
