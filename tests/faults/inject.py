"""One fault in one build: the process dies, or the system refuses, at a chosen step.

A step is a call that changes a file system: opening a file to write, each write to it, and link,
rename, exchange, mkdir, unlink, rmdir, symlink, fsync and truncate. They are counted over the
build's process and its workers. Nothing in `plugins` knows of this: the calls are wrapped in a
forked process, before the build begins.
"""

from __future__ import annotations

import builtins
import ctypes
import errno
import io
import multiprocessing
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

CALLS = "link rename replace mkdir unlink remove rmdir symlink fsync truncate ftruncate".split()
EXCHANGES = ("renameat2", "renamex_np")


class Kind(StrEnum):
    """What happens at the step."""

    KILL_BEFORE = "killed before"
    KILL_HALFWAY = "killed halfway"
    """After half of the bytes of a write; before any other call."""
    KILL_AFTER = "killed after"
    FULL = "disk full"
    READ_ONLY = "read-only"
    BROKEN = "input/output error"


ERRORS = {Kind.FULL: errno.ENOSPC, Kind.READ_ONLY: errno.EROFS, Kind.BROKEN: errno.EIO}


@dataclass(slots=True)
class Fault:
    """A fault at one step; step 0 only counts."""

    folder: Path
    """Steps that touch nothing below it, like those of a pipe or of /tmp, do not count."""
    kind: Kind = Kind.KILL_BEFORE
    step: int = 0
    main: int = field(default_factory=os.getpid)
    steps: Any = field(default_factory=lambda: multiprocessing.Value("i", 0))
    """How many there were so far, in all processes."""

    def install(self) -> None:
        """Wrap the calls, in this process and in those that it forks."""
        self.main = os.getpid()
        for name in CALLS:
            setattr(os, name, self._wrapped(getattr(os, name)))
        opened = _opening(self, io.open)
        io.open = builtins.open = opened  # type: ignore[assignment]
        ctypes.CDLL = _library(self, ctypes.CDLL)  # type: ignore[misc,assignment]

    def strike(self, run: Callable[[], Any], half: Callable[[], Any] | None = None) -> Any:
        """Run a step, or let it meet its fault."""
        if not self._is_due():
            return run()
        if self.kind in ERRORS:
            raise OSError(ERRORS[self.kind], os.strerror(ERRORS[self.kind]))
        if self.kind is Kind.KILL_HALFWAY and half:
            half()
        if self.kind is Kind.KILL_AFTER:
            run()
        os.kill(self.main, signal.SIGKILL)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError

    def concerns(self, *paths: object) -> bool:
        """Whether one of the arguments is a path below the folder, or a descriptor."""
        return any(isinstance(path, int) or self._is_below(path) for path in paths)

    def _is_below(self, path: object) -> bool:
        if not isinstance(path, str | bytes | os.PathLike):
            return False
        return Path(os.fsdecode(path)).absolute().is_relative_to(self.folder)

    def _is_due(self) -> bool:
        with self.steps.get_lock():
            self.steps.value += 1
            return bool(self.steps.value == self.step)

    def _wrapped(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **named: Any) -> Any:
            if not self.concerns(*arguments[:2]):
                return call(*arguments, **named)
            return self.strike(lambda: call(*arguments, **named))

        return counted


def _opening(fault: Fault, call: Callable[..., Any]) -> Callable[..., Any]:
    def opened(file: Any, mode: str = "r", *arguments: Any, **named: Any) -> Any:
        if not set(mode) & set("wax+") or isinstance(file, int) or not fault.concerns(file):
            return call(file, mode, *arguments, **named)
        return _Written(fault.strike(lambda: call(file, mode, *arguments, **named)), fault)

    return opened


class _Written:
    """A file whose writes are steps."""

    def __init__(self, file: Any, fault: Fault) -> None:
        self._file, self._fault = file, fault

    def write(self, data: Any) -> Any:
        def half() -> None:
            self._file.write(data[: len(data) // 2])
            self._file.flush()

        return self._fault.strike(lambda: self._file.write(data), half)

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> _Written:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def __iter__(self) -> Any:
        return iter(self._file)


def _library(fault: Fault, load: Any) -> Any:
    """The system's library with its exchange of two folders as a step."""

    class Library(load):  # type: ignore[misc]
        def __getattr__(self, name: str) -> Any:
            call = super().__getattr__(name)
            if name not in EXCHANGES:
                return call
            return lambda *arguments: fault.strike(lambda: call(*arguments))

    return Library
