"""The ways in which a build ends early.

HallwayError
├── ContentError        exit code 1: files of the author or the designer have problems
├── ConfigurationError  exit code 2: settings, plugins or the machine do not allow a build
├── InternalError       exit code 3: a bug in Hallway
└── LockedError         exit code 75: another build holds the output (EX_TEMPFAIL of sysexits.h)
"""

from __future__ import annotations

import errno
import os
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from .problem import Problem

REPORT_END = "\0"
"""Ends a report of a process that keeps running; the exit code follows it on the same line."""


class HallwayError(Exception):
    """An error that ends a build early, with the exit code of the process."""

    exitcode: ClassVar[int] = 3


class ContentError(HallwayError):
    """Problems in content, data or templates; `problems` holds all of them."""

    exitcode = 1

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problems")


class ConfigurationError(HallwayError):
    """Settings that do not allow a build; `errors` holds one sentence for each."""

    exitcode = 2

    def __init__(self, *errors: str) -> None:
        self.errors = errors
        super().__init__("\n".join(errors))


class InternalError(HallwayError):
    """A bug in Hallway; `report` names the file that holds its traceback."""

    exitcode = 3

    def __init__(self, summary: str, *, report: str) -> None:
        self.report = report
        super().__init__(summary)


class LockedError(HallwayError):
    """A lock that another process holds: a build on the output, or an import on a folder."""

    exitcode = 75


def refusal_of(error: OSError, path: Path) -> str:
    """Return a sentence that says which file could not be read or written, and why.

    It also names a disk that is full. `path` is the file or folder if the error names none.
    """
    file = Path(os.fsdecode(error.filename2 or error.filename or path))
    refused = f"{file}: cannot be read or written ({error.strerror or error})"
    return f"{refused}{full_disk(error, file)}"


def full_disk(error: OSError, file: Path) -> str:
    """Return “; the disk at … is full” for a full disk or a used-up quota, else an empty text."""
    if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
        return ""
    mount = next(
        folder for folder in (file.absolute(), *file.absolute().parents) if is_disk(folder)
    )
    return f"; the disk at {mount} is full"


def is_disk(folder: Path) -> bool:
    """Return True if a disk is mounted at a folder; the root always is one."""
    return folder.is_mount() or folder == folder.parent


class Failure:
    """A context manager that catches an exception of third-party code, so that it can be reported.

    After the block, `error` is that exception, or None.
    """

    error: Exception | None = None

    @property
    def explained(self) -> str:
        """The exception in one line, with the place in the code that raised it."""
        return self.explained_in("")

    def explained_in(self, folder: str) -> str:
        """Return the exception in one line, with the last place in the code of a folder.

        An ImportError has its message only. The line is “None” without an exception.
        """
        if isinstance(self.error, ImportError | None):
            return str(self.error)
        trace = traceback.extract_tb(self.error.__traceback__)
        frames = [frame for frame in trace if frame.filename.startswith(folder)]
        place = f" ({frames[-1].filename}:{frames[-1].lineno})" if frames else ""
        is_syntax = isinstance(self.error, SyntaxError)  # its text has the place already
        return f"{type(self.error).__name__}: {self.error}{'' if is_syntax else place}"

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: object
    ) -> bool:
        self.error = error if isinstance(error, Exception) else None
        return self.error is not None
