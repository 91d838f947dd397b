"""What a build reads is watched; what it writes, and what editors leave, is not."""

from collections.abc import Callable
from pathlib import Path

import pytest
from watchfiles import Change

from plugins.serve.places import (
    PLUGINS,
    Places,
    Relevant,
    RelevantSettings,
    named_places,
    usual_places,
)
from tests.site_folder import ROOT, SiteFolder


def test_content_theme_plugins_and_settings_are_watched(site: Callable[..., SiteFolder]) -> None:
    folder = site("minimal").folder
    content, settings, output = (folder / n for n in ("content", "pelicanconf.py", "output"))

    places = usual_places(content, settings, output=output)

    trees = tuple(sorted([content.resolve(), (folder / "theme").resolve(), PLUGINS]))
    assert places == Places(trees, folder.resolve())
    assert named_places(content, settings, output=output) == places


def test_folders_that_settings_name_are_watched_if_no_build_writes_there(
    site: Callable[..., SiteFolder], monkeypatch: pytest.MonkeyPatch
) -> None:
    minimal = site("minimal")
    names = ["elsewhere", "more"]
    for name in names:
        (minimal.folder / name).mkdir()
    minimal.write(
        "settings.py",
        "from pelicanconf import *\nTHEME = 'elsewhere'\nPLUGIN_PATHS = ['.', 'more']\n",
    )
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("PYTHONPATH", str(minimal.folder))
    content, settings = minimal.folder / "content", minimal.folder / "settings.py"

    usual = usual_places(content, settings, output=minimal.output)
    named = named_places(content, settings, output=minimal.output)

    added = {(minimal.folder / name).resolve() for name in names}
    assert set(named.trees) - set(usual.trees) == added


def test_broken_settings_name_nothing(site: Callable[..., SiteFolder]) -> None:
    minimal = site("minimal")
    minimal.write("pelicanconf.py", "THEME = \n")
    content, settings = minimal.folder / "content", minimal.folder / "pelicanconf.py"

    assert named_places(content, settings, output=minimal.output) == usual_places(
        content, settings, output=minimal.output
    )


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("content/posts/a.md", True),
        ("content/images/a.svg", True),
        ("theme/templates/base.html", True),
        ("outputs/a.md", True),
        ("content/posts/.a.md.swp", False),
        ("content/posts/a.md~", False),
        ("content/posts/4913", False),
        ("content/.front-matter.schema.json", False),
        ("plugins/source/__pycache__/text.cpython-311.pyc", False),
        ("output", False),
        ("output/index.html", False),
        (".output.stage/index.html", False),
        (".output.lock", False),
        (".cache/output-1.sqlite", False),
    ],
)
def test_a_change_is_one_to_build_for(tmp_path: Path, path: str, expected: bool) -> None:
    relevant = Relevant(tmp_path / "output")

    assert relevant(Change.modified, str(tmp_path.resolve() / path)) is expected


def test_of_settings_only_python_files_count(tmp_path: Path) -> None:
    relevant = RelevantSettings(tmp_path / "output")

    assert [relevant(Change.added, f"{tmp_path}/{n}") for n in ("a.py", "a.toml", ".a.py")] == [
        True,
        False,
        False,
    ]
