"""One build at a time has an output; the system frees the lock with the process that held it."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from plugins.engine.lock import locked
from plugins.source.errors import LockedError
from tests.site_folder import SiteFolder, surroundings

Site = Callable[[str], SiteFolder]

HOLDER = """\
import sys, time
from pathlib import Path
from plugins.engine.lock import locked

with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""

KILLED = """\
import os, signal, sys, time
from pathlib import Path
from plugins.engine.lock import locked

with locked(Path(sys.argv[1])):
    if os.fork():
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(1)
    Path(sys.argv[1]).with_name("ended").touch()
    os._exit(0)
"""

MESSAGE = (
    r"process \d+ since \d\d:\d\d:\d\d is building into the same folder; "
    r"wait for it, or build elsewhere with -o\n"
)


@pytest.fixture
def minimal(site: Site) -> SiteFolder:
    return site("minimal").built()


@pytest.fixture
def holder(minimal: SiteFolder) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock of the site's output."""
    lock = str(minimal.folder / ".output.lock")
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, lock],
        env=surroundings(),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_second_build_is_refused_and_changes_nothing(
    minimal: SiteFolder, holder: subprocess.Popen[str]
) -> None:
    before = minimal.tree()

    finished = minimal.build()

    assert finished.code == 75
    assert re.fullmatch(MESSAGE, finished.report)
    assert f"process {holder.pid} " in finished.report
    assert minimal.tree() == before


def test_second_build_leaves_the_stage_of_the_first_alone(
    minimal: SiteFolder, holder: subprocess.Popen[str]
) -> None:
    minimal.write(".output.stage/index.html", "half")

    assert minimal.build().code == 75

    assert (minimal.folder / ".output.stage/index.html").read_text() == "half"


def test_build_into_another_folder_is_not_refused(
    minimal: SiteFolder, holder: subprocess.Popen[str]
) -> None:
    assert minimal.build("-o", "elsewhere").code == 0


def test_killed_holder_frees_the_lock(minimal: SiteFolder, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait()

    assert minimal.build().code == 0


def test_killed_build_leaves_no_worker_that_holds_the_lock(site: Site) -> None:
    endless = site("invalid/brackets")
    endless.write("settings.py", "from pelicanconf import *\n\nREAD_TIME_LIMIT = 600\n")
    build = subprocess.Popen(endless.command(), cwd=endless.folder, env=surroundings())
    children = Path(f"/proc/{build.pid}/task/{build.pid}/children")
    while not children.read_text():
        assert build.poll() is None
        time.sleep(0.05)

    build.kill()
    build.wait()

    with locked(endless.folder / ".output.lock"):
        pass


def test_lock_that_the_worker_of_a_killed_build_has_is_waited_for(tmp_path: Path) -> None:
    builder = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path / "lock")], env=surroundings()
    )
    assert builder.wait() == -signal.SIGKILL

    with locked(tmp_path / "lock"):
        assert (tmp_path / "ended").exists()


def test_lock_is_free_after_its_block(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    for _ in range(2):
        with locked(path):
            assert re.match(r"process \d+ since ", path.read_text())

    assert path.read_text() == ""


def test_lock_is_not_given_twice_within_a_process(tmp_path: Path) -> None:
    path = tmp_path / "lock"

    with locked(path), pytest.raises(LockedError), locked(path):
        pass
