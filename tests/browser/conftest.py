"""One browser and one build of each site for a worker; one device for a test, tidied or new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.visit import HIGH, WIDE, Desk, Reader, served, trial_site
from tests.chromium import ADVICE, find_chromium
from tests.site_folder import copied_real_site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_chromium()
    assert path, ADVICE
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site made for these tests."""
    with served(trial_site(tmp_path_factory.mktemp("trial") / "site").output) as home:
        yield home


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of the repository's own site, and its files."""
    output = copied_real_site(tmp_path_factory.mktemp("real")).built().output
    with served(output) as home:
        yield home, output


NewReader = Callable[..., Reader]


@pytest.fixture
def new_reader(browser: Browser) -> Iterator[NewReader]:
    """Makes readers of a site with devices that are new; no page of theirs may have a fault.

    A new device costs as much as a test: `lend` is for all that need not hook into it.
    """
    readers: list[Reader] = []

    def make(home: str, *, width: int = WIDE, script: bool = True, **options: Any) -> Reader:
        context = new_context(browser, width, java_script_enabled=script, **options)
        readers.append(Reader(context, home, script))
        return readers[-1]

    yield make
    for reader in readers:
        reader.context.close()
    assert [fault for reader in readers for fault in reader.faults] == []


@pytest.fixture(scope="session")
def desks(browser: Browser) -> Iterator[Callable[..., Desk]]:
    """The desks by site, number and kind of device: a new one loads everything anew."""
    with ExitStack() as stack:
        yield cache(
            lambda home, number, **options: stack.enter_context(new_desk(browser, home, **options))
        )


@pytest.fixture
def lend(desks: Callable[..., Desk]) -> Iterator[NewReader]:
    """Makes readers of a site at desks; in one test no two are at the same."""
    taken = Counter[Hashable]()

    def make(home: str, *, width: int = WIDE, **options: Any) -> Reader:
        kind = (home, *sorted(options.items()))
        taken[kind] += 1
        return stack.enter_context(desks(home, taken[kind], **options).lent(width))

    with ExitStack() as stack:
        yield make


@pytest.fixture(scope="session")
def desk(desks: Callable[..., Desk], trial: str) -> Desk:
    """The desk for all tests that need nothing special."""
    return desks(trial, 1)


@pytest.fixture
def reader(desk: Desk) -> Iterator[Reader]:
    """A reader of the site made for these tests, at a desk."""
    with desk.lent() as lent:
        yield lent


@contextmanager
def new_desk(browser: Browser, home: str, *, script: bool = True, **options: Any) -> Iterator[Desk]:
    """A desk at which one site is read."""
    context = new_context(browser, WIDE, java_script_enabled=script, **options)
    reader = Reader(context, home, script)
    yield Desk(reader, reader.new_tab())
    reader.context.close()


def new_context(browser: Browser, width: int, **options: Any) -> BrowserContext:
    """A device of its own, which lets pages use the clipboard."""
    context = browser.new_context(
        viewport={"width": width, "height": HIGH},
        permissions=["clipboard-read", "clipboard-write"],
        locale="en-GB",
        **options,
    )
    context.set_default_timeout(5000)
    return context
