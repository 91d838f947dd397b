"""Builds, and builds again at every change, in a process that remembers the site.

One that changed plugins, settings or data need gives way to a new one, which reads them as they are
now; a changed text, picture or template is built by the one that is there.
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
"""The package of all rooms: `plugins` here, `hallway` as installed."""
LOCKED = LockedError.exitcode
"""Of the engine, while another build holds the output."""
PAUSE = 1.0
"""Seconds to wait for that other build."""
GRACE = 2.0
"""Seconds that an interrupted build has to clear its stage."""
TURN = 100
"""Milliseconds for which the trees are watched before the settings are asked after."""
QUIET = 10
"""Milliseconds without a further change, after which those that there are belong together."""

CONTENT = frozenset(".md .html .css .js .svg .png .jpg .jpeg .webp .avif .gif .pdf".split())
"""The endings of files of which no process remembers anything but through the cache."""

BEGIN = "Building the site; what you save meanwhile is built after it"

Changes = set[tuple[Change, str]]


class Job(Struct, frozen=True):
    """What to build, and for which address."""

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
                builder.end()  # where it is not known what changed, it may be anything
            _build(builder, bulletin, screen=screen)


def lasting(changes: Changes) -> Changes | None:
    """The changes without files that came and went, as `sed -i` makes; None if none is left."""
    came = {path for change, path in changes if change is Change.added and not Path(path).exists()}
    left = {(change, path) for change, path in changes if path not in came}
    return left if left or not changes else None


def is_content(path: str) -> bool:
    """Whether a file is one that every build reads anew; of others a process may know things."""
    return Path(path).suffix in CONTENT and not Path(path).name.startswith(".")


def _changes(job: Job) -> Iterator[Changes]:
    """What changed: nothing to begin with, then each change.

    Both watchers keep what changes while nobody asks, so that a change during a build is told
    after it; and they have begun before anything is told, so that a build misses nothing.
    """
    changed: Changes = set()
    places = usual_places(job.content, job.settings, output=job.output)
    while True:
        trees = _watched(*places.trees, relevant=Relevant(job.output))
        # Asked for a moment only: what changed in the trees waits for the answer.
        settings = _watched(
            places.settings, relevant=RelevantSettings(job.output), recursive=False, turn=1
        )
        yield changed | next(trees) | next(settings)
        # Settings may name more folders. That is asked for after the build, for which the author
        # waits; if there are any, what changed in them before is built once more.
        named = named_places(job.content, job.settings, output=job.output)
        is_whole = named == places
        places = named
        changed = (yield from _until_settings_change(trees, settings)) if is_whole else set()


def _watched(
    *folders: Path, relevant: Relevant, recursive: bool = True, turn: int = TURN
) -> Iterator[Changes]:
    """What changed in each turn, which may be nothing."""
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
    """Each change, until one is of settings, which is returned."""
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
    """Build once, show the report, and tell the pages."""
    code, report = builder.build()
    print(report, end="", file=screen, flush=True)
    while code == LOCKED:  # which was told of
        time.sleep(PAUSE)
        code, report = builder.build()
        if code != LOCKED:
            print(report, end="", file=screen, flush=True)
    if code:
        bulletin.failed(report)
    else:
        bulletin.succeeded()


class Builder:
    """The process that builds; there is one from the first build on, until it has to be renewed."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.process: subprocess.Popen[str] | None = None
        self.turn = threading.RLock()
        """Held while the process is at work, begins or ends."""

    def build(self) -> tuple[int, str]:
        """The exit code of a build, and all that it printed, which is never nothing."""
        with self.turn:
            if self.process and self.process.poll() is not None:
                self.end()  # it died, and nobody has seen it yet
            self.process = self.process or self._start()
            return self._build(self.process)

    def _replace_at_death(self, process: subprocess.Popen[str]) -> None:
        """Wait for the end of a process, and have a new one begin if something killed it."""
        begun = time.monotonic()
        is_killed = process.wait() < 0  # else it ended for a reason that the next would have too
        with self.turn:
            if is_killed and self.process is process and time.monotonic() - begun > PAUSE:
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
        # A build that the system ended, for want of memory say, had no time for words.
        return ended or 1, report or f"The build ended with {ended}, in silence\n"

    def end(self) -> None:
        """End the process; it may clear its stage, but not take long over it."""
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
            # Out of reach of the terminal's Ctrl+C, so that the build is interrupted once, by us.
            process_group=0,
        )
        threading.Thread(target=self._replace_at_death, args=[process], daemon=True).start()
        return process

    def __enter__(self) -> Builder:
        return self

    def __exit__(self, *error: object) -> None:
        self.end()
