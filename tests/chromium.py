"""`python -m tests.chromium` makes sure that tests find a Chromium, and prints its path.

One that is there is used. Else Playwright's own is fetched; else, where apt and the right to use it
are there, Debian's package is installed; else one line says what to do, and the exit code is 2.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
"""What the program is called on various systems."""

FETCH_SECONDS = 300

ADVICE = (
    "no Chromium was found and none could be installed: install one (Debian: apt install chromium),"
    " or name it in the environment variable CHROMIUM"
)


def main() -> int:
    """Find or install; print the path or the advice."""
    path = find_chromium() or installed_chromium()
    print(path or ADVICE, file=sys.stdout if path else sys.stderr)
    return 0 if path else 2


def find_chromium() -> str:
    """The path of a Chromium on this machine; empty when there is none."""
    named = os.environ.get("CHROMIUM", "")
    found = [named, *(shutil.which(name) or "" for name in NAMES), _playwrights()]
    return next((path for path in found if path and Path(path).is_file()), "")


def installed_chromium() -> str:
    """The path of a Chromium that was installed just now; empty when that is not possible."""
    print("fetching a Chromium for the browser tests", file=sys.stderr)
    for commands in ([_fetch()], _apt()):
        if commands and all(_succeeds(command) for command in commands) and find_chromium():
            break
    return find_chromium()


def _playwrights() -> str:
    """The path of Playwright's own Chromium, if the one of its version was fetched."""
    question = (
        "from playwright.sync_api import sync_playwright as s\n"
        "with s() as p: print(p.chromium.executable_path)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", question], capture_output=True, text=True, check=False
    )
    return answer.stdout.strip()


def _fetch() -> list[str]:
    return [sys.executable, "-m", "playwright", "install", "chromium"]


def _apt() -> list[list[str]]:
    """What installs Debian's package, where this user may do so without a password."""
    if not shutil.which("apt-get"):
        return []
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    install = ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]
    return [[*sudo, "apt-get", "update"], [*sudo, *install]]


def _succeeds(command: Sequence[str]) -> bool:
    try:
        result = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=FETCH_SECONDS,
            check=False,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return result.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
