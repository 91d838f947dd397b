"""Builds are equal whatever surrounds them, and end with an exit code that says how."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.site_folder import SITES, SiteFolder, copied_site, surroundings

Site = Callable[[str], SiteFolder]

SURROUNDINGS = [
    {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    {"TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"},
]

DONE = re.compile(
    r"Built 2 posts, 1 page, 30 feeds, \d+ files in \d+\.\d s into output/\n"
    r"Next: make serve to look at it, make devserver to write, make publish for the public\.\n"
)

# A plugin with a fault of its own: not a problem of any author.
FAULTY = """\
from plugins.site.feature import Feature
from plugins.site.signals import feature_init


def register():
    feature_init.connect(feature)


def feature(engine):
    return Feature(name="faulty", plan=plan)


def plan(site):
    raise ValueError("seven is not a colour")
"""


def test_build_is_equal_in_other_folders_zones_locales_and_hash_seeds(tmp_path: Path) -> None:
    one, two = (
        copied_site("full", tmp_path / name).built(**surroundings)
        for name, surroundings in zip(("one", "another/folder"), SURROUNDINGS, strict=True)
    )

    assert one.tree() == two.tree()


def test_second_build_keeps_unchanged_files_as_they_are(site: Site) -> None:
    minimal = site("minimal").built()
    first = {path: (minimal.output / path).stat() for path in minimal.tree()}
    minimal.write("content/pages/about.md", "---\ntitle: About\nmenu: 1\n---\n\nChanged.\n")

    minimal.built()

    changed = [
        path
        for path, before in first.items()
        if (minimal.output / path).is_file()
        and (minimal.output / path).stat().st_mtime_ns != before.st_mtime_ns
    ]
    assert changed == ["about/index.html"]


def test_build_says_what_it_made_and_what_comes_next(site: Site) -> None:
    finished = site("minimal").build()

    assert finished.code == 0
    assert DONE.fullmatch(finished.report)


def test_pelican_by_hand_makes_the_same_site(site: Site) -> None:
    minimal = site("minimal").built()
    ours = minimal.tree()
    pelican = str(Path(sys.executable).with_name("pelican"))

    finished = minimal.run([pelican, "content", "-o", "by-hand", "-s", "pelicanconf.py"])

    assert finished.code == 0
    assert SiteFolder(minimal.folder, "by-hand").tree() == ours


def test_pelican_by_hand_ends_with_our_exit_code(site: Site) -> None:
    faulty = site("invalid/status-typo")
    pelican = str(Path(sys.executable).with_name("pelican"))

    finished = faulty.run([pelican, "content", "-o", "output", "-s", "pelicanconf.py"])

    expected = SITES / "invalid/status-typo/expected.txt"
    assert finished.whole == expected.read_text("utf-8")


def test_check_changes_nothing(site: Site) -> None:
    minimal = site("minimal").built()
    before = minimal.tree()
    minimal.write("content/posts/third.md", "---\ntitle: T\nkind: news\ndate: 2012-05-01\n---\n\nX")

    finished = minimal.build("--check")

    assert finished.code == 0
    assert finished.report.endswith("\nThe output is as it was. Next: make html\n")
    assert minimal.tree() == before
    assert minimal.beside() == [".output.stage"]


def test_check_tells_problems(site: Site) -> None:
    finished = site("invalid/status-typo").build("--check")

    expected = SITES / "invalid/status-typo/expected.txt"
    assert finished.whole == expected.read_text("utf-8")


def test_own_fault_leaves_its_traceback_in_a_file_and_the_site_as_it_was(site: Site) -> None:
    minimal = site("minimal").built()
    before = minimal.tree()
    minimal.write("faulty.py", FAULTY)
    minimal.write("settings.py", 'from pelicanconf import *\n\nPLUGINS = [*PLUGINS, "faulty"]\n')

    assert minimal.build().whole == (
        "configuration: PLUGINS: 'faulty' failed in plan: "
        "ValueError: seven is not a colour (faulty.py:14)\n"
        "exit 2\n"
    )
    assert minimal.tree() == before
    assert minimal.beside() == []


@pytest.mark.parametrize("epoch", ["soon", "1.5", "-1"])
def test_source_date_epoch_has_to_be_a_number(epoch: str, site: Site) -> None:
    finished = site("minimal").build(SOURCE_DATE_EPOCH=epoch)

    assert finished.whole == (
        f"configuration: SOURCE_DATE_EPOCH: found '{epoch}'; expected whole seconds\nexit 2\n"
    )


def test_settings_file_that_is_missing_is_told(site: Site) -> None:
    finished = site("minimal").build(settings="nowhere.py")

    assert finished.whole == ("configuration: nowhere.py: there is no such settings file\nexit 2\n")


def test_content_folder_that_is_missing_is_told(site: Site) -> None:
    minimal = site("minimal")
    command = [part.replace("content", "contents") for part in minimal.command()]

    finished = minimal.run(command)

    assert finished.code == 2
    assert finished.report == (
        "configuration: contents: found no such folder; expected that of the texts, which may be "
        "empty\n"
    )


def test_site_without_content_is_built(site: Site) -> None:
    empty = site("minimal")
    (empty.folder / "content").rename(empty.folder / "old")
    (empty.folder / "content").mkdir()

    assert [path for path in empty.built().tree() if not path.startswith(("theme", "."))] == [
        "404.html",
        "archive",
        "archive/index.html",
        "feeds",
        "feeds/all.atom.xml",
        "feeds/all.json",
        "feeds/all.rss.xml",
        "index.html",
        "subscribe",
        "subscribe/feeds.opml",
        "subscribe/index.html",
    ]


def test_removed_source_takes_its_page_away(site: Site) -> None:
    minimal = site("minimal").built()
    (minimal.folder / "content/pages/about.md").unlink()

    assert "about" not in minimal.built().tree()


def test_site_is_the_same_without_stand_ins_for_what_the_host_imports(tmp_path: Path) -> None:
    fast, whole = (copied_site("minimal", tmp_path / name) for name in ("fast", "whole"))

    assert whole.built(HALLWAY_PLAIN_IMPORTS="1").tree() == fast.built().tree()


def test_early_interrupt_prints_no_traceback(tmp_path: Path) -> None:
    """Ctrl+C while the program still imports what it needs."""
    command = [sys.executable, "-X", "importtime", "-m", "plugins.engine", "content", "-o", "out"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=surroundings(), stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr
        for line in process.stderr:
            if "plugins.pelican_theme" in line:  # of the first that the engine imports
                process.send_signal(signal.SIGINT)
                break
        rest = process.stderr.read()

    assert (process.returncode, "Traceback" in rest) == (-signal.SIGINT, False)
