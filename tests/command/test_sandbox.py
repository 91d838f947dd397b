"""What commands of a page can reach, in the sandbox and without one.

What a sandbox alone promises is in test_in_sandbox.py, which needs one.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.command.verify.sandbox import Sandbox, find_sandbox
from tests.command.test_verify import FOUND, PLACES, verified
from tests.site_folder import SiteFolder, surroundings


def block(*lines: str) -> str:
    return "\n".join(["```console {run}", *lines, "```", ""])


def test_machine_says_what_it_has() -> None:
    assert isinstance(FOUND, Sandbox) or re.match("bubblewrap (is not|does not)", FOUND)


def test_sandbox_that_is_not_installed_is_told() -> None:
    assert find_sandbox("no-such-bwrap") == "bubblewrap is not installed"


def test_sandbox_that_does_not_work_is_told(tmp_path: Path) -> None:
    program = tmp_path / "bwrap"
    program.write_text("#!/bin/sh\necho 'bwrap: No permissions' >&2\nexit 1\n")
    program.chmod(0o755)

    assert find_sandbox(str(program)) == "bubblewrap does not work here (bwrap: No permissions)"


@pytest.mark.parametrize("sandbox", PLACES, ids=str)
def test_parent_of_a_command_has_nothing_of_who_calls(
    sandbox: Sandbox | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "SECRET")
    body = block("$ tr '\\0' '\\n' < /proc/$PPID/environ | grep -c SECRET", "0")

    assert verified(body, tmp_path, sandbox) == []


@pytest.mark.parametrize("sandbox", PLACES, ids=str)
def test_parent_of_a_command_is_not_ours(sandbox: Sandbox | None, tmp_path: Path) -> None:
    problems = verified(block("$ kill -9 $PPID; sleep 5", "$ echo after"), tmp_path, sandbox)

    assert len(problems) == 1


@pytest.mark.parametrize("sandbox", PLACES, ids=str)
def test_folder_that_cannot_be_copied_is_told(sandbox: Sandbox | None, tmp_path: Path) -> None:
    (tmp_path / "posts" / "project").mkdir(parents=True)
    os.mkfifo(tmp_path / "posts" / "project" / "pipe")

    (problem,) = verified(block("$ ls"), tmp_path, sandbox)

    assert problem.found.startswith("commands that could not be run: the folder cannot be copied: ")
    assert problem.found.count("is a named pipe") == 1


# Ending -------------------------------------------------------------------------------------

GUIDE = """\
---
title: A guide
kind: guide
date: 2012-05-01
verify: {folder: project}
---

```console {run}
$ sleep 27182.8 & sleep 27182.8
```
"""
SETTINGS = """\
from pelicanconf import *

PLUGINS = [*PLUGINS, "plugins.command"]
"""


@pytest.fixture
def guide(site: Callable[[str], SiteFolder]) -> SiteFolder:
    """A site with a guide."""
    folder = site("minimal")
    folder.write("settings.py", SETTINGS)
    folder.write("content/posts/guide.md", GUIDE)
    folder.write("content/posts/project/data.txt", "one\n")
    return folder


@pytest.mark.parametrize("path", ["all", "without a sandbox"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_nothing_is_left_when_it_is_ended(
    number: signal.Signals, path: str, guide: SiteFolder, tmp_path: Path
) -> None:
    process = started(guide, tmp_path, with_all=path == "all")

    process.send_signal(number)

    assert process.wait(20) == 130
    assert await_none("sleep 27182.8") == []
    assert list((tmp_path / "temporary").iterdir()) == []


def test_that_there_is_no_sandbox_is_said_and_recorded(guide: SiteFolder, tmp_path: Path) -> None:
    guide.write("content/posts/guide.md", GUIDE.replace("sleep 27182.8 & sleep 27182.8", "true"))

    said = guide.run(command(), PATH=only_bash(tmp_path)).whole

    assert said.startswith(
        "Running without a sandbox: bubblewrap is not installed. "
        "The commands can do whatever you can.\nChecked 1 block of 1 page in "
    )
    assert '"sandbox": "none"' in (guide.folder / "content/.verified.json").read_text("utf-8")


def command() -> list[str]:
    return [sys.executable, "-m", "plugins.command.verify", "content", "-s", "settings.py"]


def only_bash(folder: Path) -> str:
    """A PATH on which there is no bubblewrap."""
    programs = folder / "programs"
    programs.mkdir()
    bash = shutil.which("bash")
    assert bash
    (programs / "bash").symlink_to(bash)
    return str(programs)


def started(guide: SiteFolder, tmp_path: Path, *, with_all: bool) -> subprocess.Popen[bytes]:
    """`make verify`, with its command running."""
    (tmp_path / "temporary").mkdir()
    environment = surroundings() | {"TMPDIR": str(tmp_path / "temporary")}
    environment |= {} if with_all else {"PATH": only_bash(tmp_path)}
    process = subprocess.Popen(
        command(), cwd=guide.folder, env=environment, stderr=subprocess.DEVNULL
    )
    end = time.monotonic() + 60
    while len(running("sleep 27182.8")) < 2:
        assert time.monotonic() < end
        assert process.poll() is None
        time.sleep(0.05)
    return process


def running(command: str) -> list[str]:
    """The processes of this machine with that command."""
    wanted = command.replace(" ", "\0").encode() + b"\0"
    processes = [folder for folder in Path("/proc").iterdir() if folder.name.isdecimal()]
    return [process.name for process in processes if command_line(process) == wanted]


def command_line(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""


def await_none(command: str) -> list[str]:
    """The processes that are there after a moment."""
    end = time.monotonic() + 5
    while (left := running(command)) and time.monotonic() < end:
        time.sleep(0.05)
    return left
