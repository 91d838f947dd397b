"""Fingerprints of files, of which those that are as they were need not be read again."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

SETTLED = 2_000_000_000
"""Nanoseconds. What was changed so shortly before it was read may change once more under the same
time stamp: on the coarsest of file systems (FAT) stamps are two seconds apart."""

SUM_LENGTH = 32
"""The characters of a fingerprint."""


class Sums:
    """The fingerprints of the files that this process has read, by path."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[tuple[int, ...], str]] = {}

    def of(self, file: str) -> str:
        """The fingerprint of the bytes that a file has now; raises OSError."""
        before, status = time.time_ns(), status_of(os.stat(file))  # noqa: PTH116  a Path costs more
        known = self._known.pop(file, None)
        found = known[1] if known and known[0] == status else sum_of(Path(file).read_bytes())
        if max(status[:2]) < before - SETTLED:
            self._known[file] = status, found
        return found

    def below(self, folder: Path, *, ending: str = "") -> dict[str, str]:
        """Those of all files below a folder whose names end so, by path below it, sorted."""
        found: dict[str, str] = {}
        for above, folders, names in os.walk(folder):
            folders.sort()
            for name in sorted(names):
                file = f"{above}/{name}"
                if name.endswith(ending) and os.path.isfile(file):  # noqa: PTH113  as above
                    found[file.removeprefix(f"{folder}/")] = self.of(file)
        return found


def sum_of(data: bytes) -> str:
    """The fingerprint of bytes."""
    return hashlib.blake2b(data, digest_size=SUM_LENGTH // 2).hexdigest()


def status_of(found: os.stat_result) -> tuple[int, ...]:
    """What changes with every change of a file: when it was written and moved, size and place."""
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino, found.st_dev
