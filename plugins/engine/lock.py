"""One build at a time for one output folder."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from ..core.errors import LockedError
from .stage import writing


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file for the time of the block.

    The system frees the lock with the process, so that a killed build leaves none behind. Raises
    LockedError, which says who holds it and since when, if another process has it.
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
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = path.read_text("utf-8") or "another process"
        raise LockedError(
            f"{holder} is building into the same folder; wait for it, or build elsewhere with -o"
        ) from None
