"""The site of these tests, built once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.site_folder import SITES, SiteFolder

SITE = Path(__file__).parent / "site"


def search_site(folder: Path, *, settings: str = "") -> SiteFolder:
    """A copy of the site, built."""
    shutil.copytree(SITE, folder)
    shutil.copy(SITES / "pelicanconf.py", folder)
    return SiteFolder(folder).built(settings=settings)


@pytest.fixture(scope="session")
def preview(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """The site as its author sees it."""
    return search_site(tmp_path_factory.mktemp("search") / "preview")


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """The site as the public sees it."""
    return search_site(tmp_path_factory.mktemp("search") / "public", settings="publishconf.py")
