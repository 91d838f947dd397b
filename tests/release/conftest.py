"""The repository's own site, built once on the day of all test sites: 1 June 2012."""

from __future__ import annotations

import pytest

from tests.site_folder import SiteFolder, copied_real_site


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """The built site."""
    return copied_real_site(tmp_path_factory.mktemp("releases") / "site").built()
