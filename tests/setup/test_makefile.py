"""The Makefile lists its targets, starts nothing needless, and holds no long recipe."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")

TARGETS = """\
make help           list what can be done (also `make` alone)
make html           build content/ into output/, drafts and future posts included
make serve          show output/ in the browser as it is (PORT=8000)
make devserver      build, show, and build again at every change (PORT=8000)
make publish        build what goes online, with publishconf.py: no drafts, nothing early
make plan           tell what readers will notice of a publish (JSON=1 for programs)
make rollback       bring the publish before this one back into output/
make verify-output  compare output/ with the hashes of what was published
make adopt-feed     take over the ids of an old site's feed (FROM=old.xml)
make check          tell every problem in content/ and write nothing
make verify         run the guides' commands marked run, and record the result
make import         take a programme into an event (FROM=schedule.xml EVENT=my-conf-2026)
make import-release take a changelog's releases (FROM=CHANGELOG.md PRODUCT=tea NAME=Tea)
make new-site       begin a site of your own (TO=../my-site FOR=blog, conference or both)
make new            begin a text (KIND=guide TITLE="Moving to Alembic")
make test           lint, then run every test
make lint           check format, style and types
make schema         write the front matter's JSON Schema, which editors read
make sbom           write the bill of materials of what is installed (CycloneDX) to hallway.cdx.json
make audit          look up whether a locked version is known to be unsafe (needs the network)
make golden         write the tests' expected outputs anew; read the difference before a commit
make screenshots    take pictures of every page type into screenshots/ (takes minutes)
make profile        the ten functions that a cold build of 200 posts spends most time in
make bench          measure builds and pages against Hugo, Pelican and bounds (takes minutes)
make crash          disturb builds at every step and tell what was survived (takes long)
make clean          remove output/, stages and caches (.venv and the publishes that are kept stay)
"""

SET_UP = "python3 -m plugins.setup requirements.txt\n"
HTML = ".venv/bin/python -m plugins.engine content -o output -s pelicanconf.py\n"


def test_make_alone_lists_the_targets() -> None:
    assert make(ROOT) == TARGETS


def test_every_target_is_listed() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    listed = [line.split()[1] for line in TARGETS.splitlines()]

    assert phony is not None
    assert sorted(phony[1].split()) == sorted([*listed, "FORCE"])


def test_no_recipe_is_over_three_lines() -> None:
    recipes = [recipe.group() for recipe in re.finditer(r"(?:^\t.*\n)+", MAKEFILE, re.MULTILINE)]

    assert [recipe for recipe in recipes if recipe.count("\n") > 3] == []


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder in which make sees a finished set-up: what it looks at is names and ages only."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    for order, name in enumerate(["bin/python", ".installed-requirements"], start=1):
        age(tmp_path / ".venv" / name, order)
    age(tmp_path / "requirements.txt", 0)
    return tmp_path


def test_html_after_a_set_up_starts_the_build_alone(site: Path) -> None:
    assert make(site, "html") == HTML


@pytest.mark.parametrize("name", [".venv/bin/python", ".venv/.installed-requirements"])
def test_html_sets_up_when_something_is_missing(site: Path, name: str) -> None:
    (site / name).unlink()

    assert make(site, "html") == SET_UP + HTML


def test_html_sets_up_when_the_interpreter_is_a_dead_link(site: Path) -> None:
    (site / ".venv/bin/python").unlink()
    (site / ".venv/bin/python").symlink_to("/nowhere/python3.11")

    assert make(site, "html") == SET_UP + HTML


def test_html_sets_up_when_the_lock_is_newer_than_the_stamp(site: Path) -> None:
    age(site / "requirements.txt", 9)

    assert make(site, "html") == SET_UP + HTML


def test_html_sets_up_when_a_python_is_named(site: Path) -> None:
    assert make(site, "html", "PYTHON=python3.13") == SET_UP.replace("3 -m", "3.13 -m") + HTML


def test_devserver_hands_the_port_on(site: Path) -> None:
    assert make(site, "devserver", "PORT=9000") == (
        ".venv/bin/python -m plugins.serve --watch content -o output -s pelicanconf.py "
        "--port=9000\n"
    )


def test_publish_goes_back_in_time_only_when_it_is_asked_to(site: Path) -> None:
    command = ".venv/bin/python -m plugins.engine content -o output -s publishconf.py"

    assert make(site, "publish").rstrip() == command
    assert make(site, "publish", "CLOCK=1").rstrip() == command
    assert make(site, "publish", "CLOCK=back") == f"{command} -e CLOCK_MAY_GO_BACK=true\n"


@pytest.mark.parametrize("target", ["import", "adopt-feed", "new-site"])
@pytest.mark.parametrize(
    "name", ["a b.xml", "$(touch x)", "`touch x`", "'\";touch x;#", "$$HOME/x"]
)
def test_neither_make_nor_a_shell_reads_the_name_of_a_file(
    site: Path, target: str, name: str
) -> None:
    python, order = site / ".venv/bin/python", [".venv/bin/python", ".venv/.installed-requirements"]
    python.write_text(
        '#!/bin/sh\nprintf "%s\\n" "$HALLWAY_FROM" "$HALLWAY_EVENT" "$HALLWAY_ZONE"\n'
    )
    python.chmod(0o755)
    for number, file in enumerate(order, 1):
        os.utime(site / file, (number, number))

    said = make(site, target, f"FROM={name}", f"EVENT={name}", f"ZONE={name}", dry=False)

    assert said.splitlines() == [name, name, name]
    assert not (site / "x").exists()


def test_clean_removes_what_is_made_and_keeps_the_rest(site: Path) -> None:
    made = ["output/index.html", ".ruff_cache/x", "plugins/__pycache__/x.pyc"]
    authors = ["content/posts/a.md", "plugins/a.py"]
    kept = [*authors, ".output.publishes/1/x", ".venv/__pycache__/x.pyc"]
    for order, name in enumerate(made + kept):
        age(site / name, order)

    make(site, "clean", dry=False)

    assert [name for name in made + kept if (site / name).exists()] == kept


def make(folder: Path, *arguments: str, dry: bool = True) -> str:
    """What make prints; with a target, what it would run (nothing is run)."""
    command = ["make", *(["--dry-run"] if dry and arguments else []), *arguments]
    result = subprocess.run(
        command, cwd=folder, env=clean_environment(), capture_output=True, text=True, check=True
    )
    return result.stdout


def clean_environment() -> dict[str, str]:
    """The environment without what an outer `make test` says to an inner make."""
    outer = {"MAKEFLAGS", "MAKELEVEL", "MFLAGS", "PYTHON", "PORT"}
    return {key: value for key, value in os.environ.items() if key not in outer}


def age(path: Path, seconds: int) -> None:
    """The file exists and was last changed at that second."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    os.utime(path, (seconds, seconds))
