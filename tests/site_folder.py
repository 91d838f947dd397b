"""Sites of `tests/sites`, copied and built for real, each build in a process of its own.

A site is a folder with `content/`; what it does not bring itself comes from beside it: the settings
in `pelicanconf.py`, and a theme of a few lines. Its own `settings.py` begins with
`from pelicanconf import *`. What a repository cannot hold, its `make.py` makes in the copy.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from tests.fork_server import can_run, fork_server

ROOT = Path(__file__).parents[1]
SITES = ROOT / "tests" / "sites"

BUILD_DAY = "1338552000"
"""2012-06-01 12:00 UTC: the day on which all sites of the tests are built."""

Tree = dict[str, bytes | None]


@dataclass(frozen=True, slots=True)
class Finished:
    """How a build ended."""

    code: int
    report: str
    """What it said, with the site's folder left out of paths."""

    @property
    def whole(self) -> str:
        """The report and the exit code, as `expected.txt` holds them."""
        return f"{self.report}exit {self.code}\n"


@dataclass(frozen=True, slots=True)
class SiteFolder:
    """A copy of a site, to be built in its folder."""

    folder: Path
    output_name: str = "output"

    @property
    def output(self) -> Path:
        return self.folder / self.output_name

    @property
    def settings(self) -> str:
        return "settings.py" if (self.folder / "settings.py").is_file() else "pelicanconf.py"

    def write(self, path: str, text: str) -> None:
        """Write a file of the site."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def command(self, *more: str, settings: str = "") -> list[str]:
        """The command that builds the site."""
        chosen = ["-s", settings or self.settings]
        return [sys.executable, "-m", "plugins.engine", "content", "-o", "output", *chosen, *more]

    def build(self, *more: str, settings: str = "", **environment: str) -> Finished:
        """Build the site; what comes out, whether it succeeds or not."""
        return self.run(self.command(*more, settings=settings), **environment)

    def built(self, *more: str, settings: str = "", **environment: str) -> SiteFolder:
        """Build the site, which has to succeed."""
        finished = self.build(*more, settings=settings, **environment)
        assert finished.code == 0, finished.report
        return self

    def run(self, command: list[str], **environment: str) -> Finished:
        """Run a command in the site's folder."""
        folder, variables = self.folder.resolve(), surroundings(**environment)
        with TemporaryFile() as out, TemporaryFile() as err:
            if can_run(command, environment):
                code = fork_server().run(
                    command, folder=folder, environment=variables, stdout=out, stderr=err
                )
            else:
                code = subprocess.call(command, cwd=folder, env=variables, stdout=out, stderr=err)
            report = _whole(out) + _whole(err)
        return Finished(code, report.replace(f"{folder}/", ""))

    def page(self, path: str) -> str:
        """The text of a file of the output."""
        return (self.output / path).read_text("utf-8")

    def tree(self) -> Tree:
        """Every file of the output with its bytes."""
        return tree_of(self.output)

    def beside(self) -> list[str]:
        """What builds left beside the output."""
        return sorted(p.name for p in self.folder.glob(".output*") if p.suffix != ".lock")


def _whole(file: IO[bytes]) -> str:
    """What was written to a file."""
    file.seek(0)
    return file.read().decode()


def tree_of(folder: Path) -> Tree:
    """Every file below a folder with its bytes, and every folder with None."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def surroundings(**environment: str) -> dict[str, str]:
    """The environment of a build: the same whatever machine the tests run on."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "SOURCE_DATE_EPOCH": BUILD_DAY,
        **environment,
    }


def copied_real_site(folder: Path) -> SiteFolder:
    """A copy of the repository's own site, with its theme and settings."""
    for name in ("content", "theme"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("pelicanconf.py", "publishconf.py"):
        shutil.copy(ROOT / name, folder)
    return SiteFolder(folder)


def copied_site(name: str, folder: Path) -> SiteFolder:
    """A copy of a site with all that it takes from beside it."""
    theme = SITES / "theme"
    shutil.copytree(theme, folder / "theme")
    shutil.copy(SITES / "pelicanconf.py", folder)
    shutil.copytree(SITES / name, folder, dirs_exist_ok=True)
    if (folder / "make.py").is_file():
        subprocess.run([sys.executable, "make.py"], cwd=folder, check=True)
    return SiteFolder(folder)
