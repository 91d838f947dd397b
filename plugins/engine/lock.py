"""One build at a time for one output folder."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from ..source.errors import LockedError
from .stage import writing

ENDING = 10
"""Seconds in which the system surely ends the workers of a killed build, which have its lock."""


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file for the time of the block.

    The system frees the lock with the process and its workers, so that a killed build leaves none
    behind; the workers, which may still write, are waited for. Raises LockedError, which says who
    holds it and since when, if another process has it.
    """
    with writing():
        file = path.open("a+", encoding="utf-8")
    with file:
        _acquire(file.fileno(), path)
        try:
            with writing():
                file.truncate(0)
                file.write(f"process {os.getpid()} since {datetime.now(UTC).astimezone():%H:%M:%S}")
                file.flush()
            yield
            file.truncate(0)
        finally:
            _release(file.fileno())


def _release(descriptor: int) -> None:
    """Free the lock; a process that was made meanwhile, and stays, would else hold it as well."""
    fcntl.flock(descriptor, fcntl.LOCK_UN)


def _acquire(descriptor: int, path: Path) -> None:
    given_up = time.monotonic() + ENDING
    while not _take(descriptor):
        holder = path.read_text("utf-8") or "another process"
        if _is_alive(holder) or time.monotonic() > given_up:
            raise LockedError(
                f"{holder} is building into the same folder; "
                "wait for it, or build elsewhere with -o"
            )
        time.sleep(0.02)


def _take(descriptor: int) -> bool:
    """Whether it is ours from now on."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_alive(holder: str) -> bool:
    """Whether the process that calls itself so still runs; who gives no number is believed."""
    number = re.match(r"process (\d+) ", holder)
    if number is None:
        return True
    try:
        os.kill(int(number[1]), 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's
        pass
    return True
