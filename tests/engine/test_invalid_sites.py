"""Each site of `tests/sites/invalid` has a fault; its `expected.txt` is all that is said of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.site_folder import SITES, SiteFolder, copied_site, tree_of

INVALID = SITES / "invalid"
NAMES = sorted(folder.name for folder in INVALID.iterdir())

GOOD = {
    ".hallway": "A build made this.",
    "index.html": "<p>The last good site.",
    "posts/old/index.html": "<p>An old post.",
}


def with_good_output(site: SiteFolder) -> SiteFolder:
    for path, text in GOOD.items():
        site.write(f"output/{path}", text)
    return site


@pytest.mark.parametrize("name", NAMES)
def test_fault_is_told_whole_and_changes_nothing(
    name: str, tmp_path: Path, matches: Callable[[str, Path], None]
) -> None:
    site = with_good_output(copied_site(f"invalid/{name}", tmp_path / name))
    before = site.tree()

    finished = site.build()

    matches(finished.whole, INVALID / name / "expected.txt")
    assert "Traceback" not in finished.report
    assert site.tree() == before
    assert site.beside() == []


def test_full_disk_is_told_and_changes_nothing(site: Callable[[str], SiteFolder]) -> None:
    minimal = with_good_output(site("minimal"))
    before = minimal.tree()
    minimal.write("content/images/large.svg", "<svg>" + " " * 200_000 + "</svg>\n")

    # Python writes compiled modules without a look at whether the disk took them whole.
    limited = ["prlimit", "--fsize=100000", *minimal.command()]
    finished = minimal.run(limited, PYTHONDONTWRITEBYTECODE="1")

    assert finished.whole == (
        "configuration: .output.stage/images/large.svg: cannot be written (File too large); "
        "the site in output is as it was\n"
        "exit 2\n"
    )
    assert minimal.tree() == before
    assert minimal.beside() == []


def test_output_that_no_build_has_made_is_refused(site: Callable[[str], SiteFolder]) -> None:
    minimal = site("minimal")
    minimal.write("output/thesis.txt", "the only copy\n")

    finished = minimal.build()

    assert finished.whole == (
        "configuration: OUTPUT_PATH: found 'output', a folder with files that no build has made; "
        "expected one that is free or empty, since a build replaces it whole\n"
        "exit 2\n"
    )
    assert minimal.tree() == {"thesis.txt": b"the only copy\n"}


def test_content_folder_that_is_not_there_is_told(site: Callable[[str], SiteFolder]) -> None:
    minimal = site("minimal")
    shutil.rmtree(minimal.folder / "content")

    assert minimal.build().whole == (
        "pelicanconf.py:15: PATH: found no such folder; expected one, which may be empty\nexit 2\n"
    )


def test_output_in_a_file_is_refused(site: Callable[[str], SiteFolder]) -> None:
    minimal = site("minimal")
    minimal.write("public", "a file\n")

    finished = minimal.build("-o", "public/output")

    assert finished.whole == (
        "configuration: public: cannot be written (File exists); "
        "the site in public/output is as it was\n"
        "exit 2\n"
    )


@pytest.mark.parametrize(
    ("output", "why"),
    [
        ("content", "'content', which shares files with 'content'; expected a folder of its own"),
        (
            "content/x",
            "'content/x', which shares files with 'content'; expected a folder of its own",
        ),
        ("theme", "'theme', which shares files with 'theme'; expected a folder of its own"),
        (".", "'.', the folder of the site; expected one inside it"),
        ("pelicanconf.py", "'pelicanconf.py', a file; expected a folder, or a name that is free"),
    ],
)
def test_output_over_the_sources_is_refused(
    output: str, why: str, site: Callable[[str], SiteFolder]
) -> None:
    minimal = site("minimal")
    before = tree_of(minimal.folder)

    finished = minimal.build("-o", output)
    shutil.rmtree(minimal.folder / "__pycache__", ignore_errors=True)  # of the settings

    assert finished.whole == f"configuration: OUTPUT_PATH: found {why}\nexit 2\n"
    assert tree_of(minimal.folder) == before
