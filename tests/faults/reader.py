"""A reader who asks for pages and feeds again and again while the site is built."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

Versions = Mapping[str, Set[bytes]]
"""By path below the output: each text that a reader may see there."""


@dataclass(slots=True)
class Seen:
    """What a reader saw; filled when the reader has stopped."""

    reads: int = 0
    faults: tuple[str, ...] = ()
    """Each file that was missing, or neither of its versions."""


@contextmanager
def reading(output: Path, versions: Versions) -> Iterator[Seen]:
    """Read all the files in turn, as fast as it goes, for the time of the block."""
    seen = Seen()
    ours, theirs = multiprocessing.get_context("fork").Pipe()
    process = multiprocessing.get_context("fork").Process(
        target=_read, args=(output, versions, theirs), daemon=True
    )
    process.start()
    try:
        yield seen
    finally:
        ours.send("stop")
        seen.reads, seen.faults = ours.recv()
        process.join()


def _read(output: Path, versions: Versions, orders: Connection) -> None:
    reads, faults = 0, set()
    while not orders.poll():
        for path, expected in versions.items():
            reads += 1
            if fault := _fault(output / path, expected):
                faults.add(f"{path}: {fault}")
    orders.send((reads, tuple(sorted(faults))))


def _fault(file: Path, expected: Set[bytes]) -> str:
    try:
        data = file.read_bytes()
    except OSError as error:
        return error.strerror or "gone"
    return "" if data in expected else f"{len(data)} bytes of neither version"
