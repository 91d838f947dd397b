"""What all tests share: sites built for real, and goldens that `make golden` writes anew."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from plugins.engine.workers import available_processes
from tests.site_folder import SiteFolder, copied_site

# A slow machine is no fault of ours, and every run tries the same examples.
settings.register_profile("hallway", deadline=None, derandomize=True, database=None)
settings.load_profile("hallway")


# A shell that starts us in the background has us ignore Ctrl+C, and with us all that we start.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--golden", action="store_true", help="write the expected outputs anew, compare nothing"
    )


def pytest_xdist_auto_num_workers() -> int:
    """Two a processor: for half of their time tests wait, for browsers, servers and builds."""
    return 2 * available_processes()


@pytest.fixture
def matches(request: pytest.FixtureRequest) -> Callable[[str, Path], None]:
    """Asserts that a text is what a file holds; with `--golden`, writes the file instead."""
    renew = request.config.getoption("--golden")

    def compare(actual: str, expected: Path) -> None:
        if renew:
            expected.parent.mkdir(parents=True, exist_ok=True)
            expected.write_text(actual, "utf-8")
        assert actual == expected.read_text("utf-8")

    return compare


@pytest.fixture
def site(tmp_path: Path) -> Callable[..., SiteFolder]:
    """A copy of a site of `tests/sites`, by name, in a folder of the test's own."""
    return lambda name: copied_site(name, tmp_path / name.replace("/", "-"))


@pytest.fixture(scope="session")
def full_site(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """The full site as its author sees it, built once; tests only look at it."""
    folder = copied_site("full", tmp_path_factory.mktemp("html") / "full")
    return folder.built()


@pytest.fixture(scope="session")
def published_site(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """The full site as the public sees it, built once; tests only look at it."""
    folder = copied_site("full", tmp_path_factory.mktemp("publish") / "full")
    return folder.built(settings="publishconf.py")
