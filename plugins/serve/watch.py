"""Builds, and builds again at every change, each time in a process of its own.

A new process reads changed plugins and settings as they are now, and nothing stays from one build
to the next.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from watchfiles import Change, watch

from .places import Places, Relevant, RelevantSettings, find_places
from .reload import Bulletin

LOCKED = 75
"""The engine's exit code while another build holds the output."""
PAUSE = 1.0
"""Seconds to wait for that other build."""
GRACE = 2.0
"""Seconds that an interrupted build has to clear its stage."""
TURN = 100
"""Milliseconds for which one watcher is asked before the other."""

Changes = set[tuple[Change, str]]


@dataclass(frozen=True, slots=True)
class Job:
    """What to build, and for which address."""

    content: Path
    output: Path
    settings: Path
    port: int

    @property
    def command(self) -> list[str]:
        """The command that builds it, with absolute addresses that lead to our own server."""
        paths = [str(self.content), "-o", str(self.output), "-s", str(self.settings)]
        return [sys.executable, "-m", "plugins.engine", *paths, "--port", str(self.port)]


def build_on_change(job: Job, bulletin: Bulletin, *, screen: TextIO) -> None:
    """Build now and after every change, until KeyboardInterrupt."""
    while True:
        # Settings name folders: once one has changed, these are found and watched anew.
        places = find_places(job.content, job.settings, output=job.output)
        for changes in _until_settings_change(places, job.output):
            _say_what_changed(changes, screen)
            _build(job, bulletin, screen=screen)


def _until_settings_change(places: Places, output: Path) -> Iterator[Changes]:
    """What changed: nothing to begin with, then each change, until it is one of the settings.

    Both watchers keep what changes while nobody asks, so that a change during a build is told
    after it. The first turn is told when both have begun: a build then misses nothing.
    """
    turn = {"rust_timeout": TURN, "yield_on_timeout": True}
    trees = watch(*places.trees, watch_filter=Relevant(output), **turn)
    settings = watch(
        places.settings, watch_filter=RelevantSettings(output), recursive=False, **turn
    )
    yield next(trees) | next(settings)
    for changed, changed_settings in zip(trees, settings, strict=True):
        if changed_settings:
            return
        if changed:
            yield changed


def _say_what_changed(changes: Changes, screen: TextIO) -> None:
    if changes:
        first, *others = sorted({_shown(path) for _, path in changes})
        more = f" and {len(others)} more" if others else ""
        print(f"\nChanged: {first}{more}", file=screen, flush=True)


def _shown(path: str) -> str:
    here = Path.cwd()
    return str(Path(path).relative_to(here)) if Path(path).is_relative_to(here) else path


def _build(job: Job, bulletin: Bulletin, *, screen: TextIO) -> None:
    """Build once, show the report, and tell the pages."""
    code, report = _run(job.command)
    print(report, end="", file=screen, flush=True)
    if code == LOCKED:
        code, report = _run_when_free(job.command)
        print(report, end="", file=screen, flush=True)
    if code:
        bulletin.failed(report)
    else:
        bulletin.succeeded()


def _run_when_free(command: Sequence[str]) -> tuple[int, str]:
    """Try until the other build, which was told of, has ended."""
    code = LOCKED
    while code == LOCKED:
        time.sleep(PAUSE)
        code, report = _run(command)
    return code, report


def _run(command: Sequence[str]) -> tuple[int, str]:
    """The exit code of a command, and all that it printed."""
    with subprocess.Popen(
        list(command),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        encoding="utf-8",
        errors="replace",
    ) as process:
        try:
            report, _ = process.communicate()
        except KeyboardInterrupt:
            _interrupt(process)
            raise
    return process.returncode, report


def _interrupt(process: subprocess.Popen[str]) -> None:
    """End a build, which Ctrl+C in a terminal has reached as well; it clears its stage."""
    try:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
