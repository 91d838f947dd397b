"""One browser and one build of each site for a worker; one device for a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from plugins.setup.chromium import ADVICE, find_chromium
from tests.browser.visit import HIGH, WIDE, Desk, Reader, served, trial_site
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
    """Makes readers of a site; after the test, no page of theirs may have had a fault."""
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
def desk(browser: Browser, trial: str) -> Iterator[Desk]:
    """One browser for all tests that need nothing special."""
    with new_desk(browser, trial) as made:
        yield made


@pytest.fixture
def reader(desk: Desk) -> Iterator[Reader]:
    """A reader of the site made for these tests, at a desk."""
    with desk.lent() as lent:
        yield lent


@contextmanager
def new_desk(browser: Browser, home: str, **options: Any) -> Iterator[Desk]:
    """A desk at which one site is read."""
    reader = Reader(new_context(browser, WIDE, **options), home)
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
