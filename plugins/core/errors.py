"""The ways in which a build ends early.

HallwayError
├── ContentError        exit code 1: files of the author or the designer hold problems
├── ConfigurationError  exit code 2: settings, plugins or the machine do not allow a build
├── InternalError       exit code 3: a fault of Hallway's own
└── LockedError         exit code 75: another build holds the output (EX_TEMPFAIL of sysexits.h)
"""

from __future__ import annotations

from collections.abc import Iterable
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
