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
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from watchfiles import Change, watch

from .places import Relevant, RelevantSettings, named_places, usual_places
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
        return [sys.executable, "-m", "plugins.engine", *paths, "-e", f"PORT={self.port}"]


def build_on_change(job: Job, bulletin: Bulletin, *, screen: TextIO) -> None:
    """Build now and after every change, until KeyboardInterrupt."""
    for changes in _changes(job):
        _say_what_changed(changes, screen)
        _build(job, bulletin, screen=screen)


def _changes(job: Job) -> Iterator[Changes]:
    """What changed: nothing to begin with, then each change.

    Both watchers keep what changes while nobody asks, so that a change during a build is told
    after it; and they have begun before anything is told, so that a build misses nothing.
    """
    changed: Changes = set()
    places = usual_places(job.content, job.settings, output=job.output)
    while True:
        trees = _watched(*places.trees, relevant=Relevant(job.output))
        settings = _watched(places.settings, relevant=RelevantSettings(job.output), recursive=False)
        yield changed | next(trees) | next(settings)
        # Settings may name more folders. That is asked for after the build, for which the author
        # waits; if there are any, what changed in them before is built once more.
        named = named_places(job.content, job.settings, output=job.output)
        is_whole = named == places
        places = named
        changed = (yield from _until_settings_change(trees, settings)) if is_whole else set()


def _watched(*folders: Path, relevant: Relevant, recursive: bool = True) -> Iterator[Changes]:
    """What changed in each turn, which may be nothing."""
    return watch(
        *folders,
        watch_filter=relevant,
        recursive=recursive,
        rust_timeout=TURN,
        yield_on_timeout=True,
    )


def _until_settings_change(
    trees: Iterator[Changes], settings: Iterator[Changes]
) -> Generator[Changes, None, Changes]:
    """Each change, until one is of settings, which is returned."""
    for changed, changed_settings in zip(trees, settings, strict=True):
        if changed_settings:
            return changed | changed_settings
        if changed:
            yield changed
    raise AssertionError("watchers end by KeyboardInterrupt alone")


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
    while True:
        time.sleep(PAUSE)
        code, report = _run(command)
        if code != LOCKED:
            return code, report


def _run(command: Sequence[str]) -> tuple[int, str]:
    """The exit code of a command, and all that it printed, which is never nothing."""
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        encoding="utf-8",
        errors="replace",
        # Out of reach of the terminal's Ctrl+C, so that the build is interrupted once, by us.
        process_group=0,
    ) as process:
        try:
            report, _ = process.communicate()
        except KeyboardInterrupt:
            _interrupt(process)
            raise
    # A build that the system ended, for want of memory say, had no time for words.
    return process.returncode, report or f"The build ended with {process.returncode}, in silence\n"


def _interrupt(process: subprocess.Popen[str]) -> None:
    """End a build; it may clear its stage, but not take long over it."""
    process.send_signal(signal.SIGINT)
    try:
        process.communicate(timeout=GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
