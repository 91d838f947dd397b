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
"""Seconds after which the system has surely ended the workers of a killed build.

Until then they hold its lock.
"""


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file during the block.

    The system frees the lock when the process and its workers end, so that a killed build leaves no
    lock behind; its workers, which may still write, are waited for. Raises LockedError, which says
    who holds the lock and since when, if another process has it.
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
    """Free the lock explicitly: a process started meanwhile has inherited it and may live on."""
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
    """Try to take the lock; return True if this process holds it now."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_alive(holder: str) -> bool:
    """Return True if the process that the holder's text names still runs, or if it names none."""
    number = re.match(r"process (\d+) ", holder)
    if number is None:
        return True
    try:
        os.kill(int(number[1]), 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # the process of another user
        pass
    return True
