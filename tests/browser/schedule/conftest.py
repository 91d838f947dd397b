"""The fair: a site in a subfolder, whose event has a programme, served as a reader finds it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import new_desk
from tests.browser.schedule.fair import BASE
from tests.browser.visit import HIGH, WIDE, Desk, Reader, served
from tests.site_folder import SiteFolder

SITE = Path(__file__).parent / "site"


@pytest.fixture(scope="session")
def fair_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder to serve, with the built site in its subfolder; tests only look at it."""
    site = tmp_path_factory.mktemp("fair") / "site"
    shutil.copytree(SITE, site)
    output = SiteFolder(site).built().output
    folder = site.parent / "www"
    folder.mkdir()
    output.rename(folder / "hallway")
    return folder


@pytest.fixture(scope="session")
def fair(fair_site: Path) -> Iterator[str]:
    """The address of the fair's pages, without a slash at the end."""
    with served(fair_site) as home:
        yield home


@pytest.fixture
def changing(fair_site: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The same for a copy that the test may change, and the event's folder in it."""
    shutil.copytree(fair_site, tmp_path / "www")
    with served(tmp_path / "www") as home:
        yield home, tmp_path / "www" / BASE.strip("/")


@pytest.fixture(scope="session")
def desks(browser: Browser, fair: str) -> Iterator[Callable[[str], Desk]]:
    """The browser for all tests that need nothing but a zone: a new one loads everything anew."""
    with ExitStack() as stack:
        yield cache(lambda zone: stack.enter_context(new_desk(browser, fair, timezone_id=zone)))


@pytest.fixture
def visitor(
    new_reader: Callable[..., Reader], desks: Callable[[str], Desk], fair: str
) -> Iterator[Callable[..., Reader]]:
    """Makes readers of the fair, with what is said of their device."""
    lent: set[str] = set()

    def make(*, width: int = WIDE, timezone_id: str = "UTC", **options: Any) -> Reader:
        if options or timezone_id in lent:
            return new_reader(fair, width=width, timezone_id=timezone_id, **options)
        lent.add(timezone_id)
        desk = desks(timezone_id)
        desk.page.set_viewport_size({"width": width, "height": HIGH})
        return stack.enter_context(desk.lent())

    with ExitStack() as stack:
        yield make
