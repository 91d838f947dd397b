"""The fair: a site in a subfolder, whose event has a programme, served as a reader finds it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import NewReader
from tests.browser.schedule.fair import BASE
from tests.browser.visit import served
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


@pytest.fixture
def visitor(lend: NewReader, fair: str) -> NewReader:
    """Makes readers of the fair, with what is said of their device."""
    return lambda **options: lend(fair, **{"timezone_id": "UTC", **options})
