"""Build once, then at every change, in a process that remembers the site.

When plugins, settings or data change, that process is replaced by a new one, which reads them
again; for a changed text, picture or template the same process builds again.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TextIO

from msgspec import Struct
from watchfiles import Change, watch

from ..source.errors import REPORT_END, LockedError
from ..source.problem import shown_path
from .places import Relevant, RelevantSettings, named_places, usual_places
from .reload import Bulletin

HOUSE = __name__.partition(".")[0]
"""The package of all rooms: `plugins` here, `hallway` when installed."""
LOCKED = LockedError.exitcode
"""The engine's exit code while another build holds the output."""
PAUSE = 1.0
"""Seconds to wait for that other build."""
GRACE = 2.0
"""Seconds that an interrupted build has to clear its stage."""
TURN = 100
"""Milliseconds for which the trees are watched before the settings are checked."""
QUIET = 10
"""Milliseconds without a further change after which the changes so far belong together."""

CONTENT = frozenset(".md .html .css .js .svg .png .jpg .jpeg .webp .avif .gif .pdf".split())
"""The endings of files that a process remembers through the cache only."""

BEGIN = "Building the site; what you save meanwhile is built after it"

Changes = set[tuple[Change, str]]


class Job(Struct, frozen=True):
    """The folders, settings and port of one site to build."""

    content: Path
    output: Path
    settings: Path
    port: int

    @property
    def command(self) -> list[str]:
        """The command that builds it, with absolute addresses that lead to our own server."""
        paths = [str(self.content), "-o", str(self.output), "-s", str(self.settings)]
        port = ["-e", f"PORT={self.port}"]
        return [sys.executable, "-m", f"{HOUSE}.engine", "--resident", *paths, *port]


def build_on_change(job: Job, bulletin: Bulletin, *, screen: TextIO) -> None:
    """Build now and after every change, until KeyboardInterrupt."""
    with Builder(job) as builder:
        print(BEGIN, file=screen, flush=True)
        for changes in map(lasting, _changes(job)):
            if changes is None:
                continue
            _say_what_changed(changes, screen)
            if not changes or not all(is_content(path) for _, path in changes):
                builder.end()  # if it is not known what changed, it may be anything
            _build(builder, bulletin, screen=screen)


def lasting(changes: Changes) -> Changes | None:
    """Return the changes without files that came and went, as `sed -i` makes them.

    Returns None if no other change is left.
    """
    came = {path for change, path in changes if change is Change.added and not Path(path).exists()}
    left = {(change, path) for change, path in changes if path not in came}
    return left if left or not changes else None


def is_content(path: str) -> bool:
    """Return True if every build reads this file anew; a process may remember others."""
    return Path(path).suffix in CONTENT and not Path(path).name.startswith(".")


def _changes(job: Job) -> Iterator[Changes]:
    """Yield an empty set at first, then each set of changes.

    Both watchers store changes while nobody asks, so that a change during a build is reported after
    it. They start before anything is yielded, so that a build misses nothing.
    """
    changed: Changes = set()
    places = usual_places(job.content, job.settings, output=job.output)
    while True:
        trees = _watched(*places.trees, relevant=Relevant(job.output))
        # Waits for a moment only: changes in the trees wait for its answer.
        settings = _watched(
            places.settings, relevant=RelevantSettings(job.output), recursive=False, turn=1
        )
        yield changed | next(trees) | next(settings)
        # Settings may name more folders. They are read after the build, for which the author waits;
        # if there are any, earlier changes in them are built once more.
        named = named_places(job.content, job.settings, output=job.output)
        is_whole = named == places
        places = named
        changed = (yield from _until_settings_change(trees, settings)) if is_whole else set()


def _watched(
    *folders: Path, relevant: Relevant, recursive: bool = True, turn: int = TURN
) -> Iterator[Changes]:
    """Yield the changes of each turn, which may be none."""
    return watch(
        *folders,
        watch_filter=relevant,
        recursive=recursive,
        step=QUIET,
        rust_timeout=turn,
        yield_on_timeout=True,
    )


def _until_settings_change(
    trees: Iterator[Changes], settings: Iterator[Changes]
) -> Generator[Changes, None, Changes]:
    """Yield each set of changes, until one has changed settings; return that one."""
    for changed, changed_settings in zip(trees, settings, strict=True):
        if changed_settings:
            return changed | changed_settings
        if changed:
            yield changed
    raise AssertionError("watchers end by KeyboardInterrupt alone")


def _say_what_changed(changes: Changes, screen: TextIO) -> None:
    if changes:
        first, *others = sorted({shown_path(Path(path)) for _, path in changes})
        more = f" and {len(others)} more" if others else ""
        print(f"\nChanged: {first}{more}", file=screen, flush=True)


def _build(builder: Builder, bulletin: Bulletin, *, screen: TextIO) -> None:
    """Build once, show the report, and send the result to the pages."""
    code, report = builder.build()
    print(report, end="", file=screen, flush=True)
    while code == LOCKED:  # which was reported
        time.sleep(PAUSE)
        code, report = builder.build()
        if code != LOCKED:
            print(report, end="", file=screen, flush=True)
    if code:
        bulletin.failed(report)
    else:
        bulletin.succeeded()


class Builder:
    """A process that builds; it lives from the first build on, until it has to be replaced."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.process: subprocess.Popen[str] | None = None
        self.turn = threading.RLock()
        """Held while the process builds, starts or ends."""

    def build(self) -> tuple[int, str]:
        """Build once; return the exit code and all that was printed, which is never empty."""
        with self.turn:
            if self.process and self.process.poll() is not None:
                self.end()  # it died, and nobody has noticed yet
            self.process = self.process or self._start()
            return self._build(self.process)

    def _replace_at_death(self, process: subprocess.Popen[str]) -> None:
        """Wait for the end of a process; start a new one if something has killed it.

        There is at most one new process per PAUSE, in case they are killed for a lasting reason.
        """
        soonest = time.monotonic() + PAUSE
        if process.wait() >= 0:
            return  # the next one would end for the same reason
        time.sleep(max(0.0, soonest - time.monotonic()))
        with self.turn:
            if self.process is process:
                self.end()
                self.process = self._start()

    def _build(self, process: subprocess.Popen[str]) -> tuple[int, str]:
        assert process.stdin
        assert process.stdout
        report = ""
        with contextlib.suppress(BrokenPipeError):  # it ended, and has said why
            print("build", file=process.stdin, flush=True)
        for line in process.stdout:
            text, end, code = line.partition(REPORT_END)
            report += text
            if end:
                return int(code), report
        ended = process.wait()
        # A build that the system has ended, for example for want of memory, could print nothing.
        return ended or 1, report or f"The build ended with {ended}, in silence\n"

    def end(self) -> None:
        """End the process; it has GRACE seconds to clear its stage."""
        with self.turn:
            self._end()

    def _end(self) -> None:
        if not self.process:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.communicate(timeout=GRACE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()
        self.process = None

    def _start(self) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            self.job.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            encoding="utf-8",
            errors="replace",
            # Out of reach of the terminal's Ctrl+C, so that only we interrupt the build, once.
            process_group=0,
        )
        threading.Thread(target=self._replace_at_death, args=[process], daemon=True).start()
        return process

    def __enter__(self) -> Builder:
        return self

    def __exit__(self, *error: object) -> None:
        self.end()
