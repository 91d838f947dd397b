"""The ways in which a build ends early.

HallwayError
├── ContentError        exit code 1: files of the author or the designer hold problems
├── ConfigurationError  exit code 2: settings, plugins or the machine do not allow a build
├── InternalError       exit code 3: a fault of Hallway's own
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
"""What ends a report of a process that stays; the exit code comes after it, in the same line."""


class HallwayError(Exception):
    """A build that ends early, with the exit code to end with."""

    exitcode: ClassVar[int] = 3


class ContentError(HallwayError):
    """Problems in content, data or templates; `problems` holds all of them."""

    exitcode = 1

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problems")


class ConfigurationError(HallwayError):
    """Settings that cannot be built with; `errors` holds one sentence for each."""

    exitcode = 2

    def __init__(self, *errors: str) -> None:
        self.errors = errors
        super().__init__("\n".join(errors))


class InternalError(HallwayError):
    """A fault of Hallway's own; `report` names the file that holds its traceback."""

    exitcode = 3

    def __init__(self, summary: str, *, report: str) -> None:
        self.report = report
        super().__init__(summary)


class LockedError(HallwayError):
    """Another build holds the output's lock."""

    exitcode = 75


def refusal_of(error: OSError, path: Path) -> str:
    """Say which file the system refused to write or read, why, and which disk is full.

    `path` is a file or folder for an error that names none.
    """
    file = Path(os.fsdecode(error.filename2 or error.filename or path))
    refused = f"{file}: cannot be read or written ({error.strerror or error})"
    return f"{refused}{full_disk(error, file)}"


def full_disk(error: OSError, file: Path) -> str:
    """Name the disk that is full, or on which somebody may not write more; else nothing."""
    if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
        return ""
    mount = next(
        folder for folder in (file.absolute(), *file.absolute().parents) if is_disk(folder)
    )
    return f"; the disk at {mount} is full"


def is_disk(folder: Path) -> bool:
    """Whether another disk begins at a folder; the root always is one."""
    return folder.is_mount() or folder == folder.parent


class Failure:
    """Keeps an exception that foreign code raised inside, so that it can be told."""

    error: Exception | None = None

    @property
    def explained(self) -> str:
        """The exception in a line, with the place in the code that it rose at."""
        return self.explained_in("")

    def explained_in(self, folder: str) -> str:
        """The same with the last place in the code of a folder."""
        if isinstance(self.error, ImportError | None):
            return str(self.error)
        trace = traceback.extract_tb(self.error.__traceback__)
        frames = [frame for frame in trace if frame.filename.startswith(folder)]
        place = f" ({frames[-1].filename}:{frames[-1].lineno})" if frames else ""
        is_syntax = isinstance(self.error, SyntaxError)  # whose text says where already
        return f"{type(self.error).__name__}: {self.error}{'' if is_syntax else place}"

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: object
    ) -> bool:
        self.error = error if isinstance(error, Exception) else None
        return self.error is not None
