"""The output of a build: progress on a terminal, problems, and a few last lines."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from msgspec import Struct, field

from ..source.errors import ConfigurationError, ContentError, HallwayError, InternalError
from ..source.problem import Problem, Severity, sorted_problems
from ..source.settings import setting_place
from ..source.text import counted

PATIENCE = 1.0
"""Seconds of work after which a terminal shows progress."""

# Matches `configuration: REDIRECTS['/a/']: found …` and `REDIRECTS: found …`.
ABOUT_SETTING = re.compile(r"(?:configuration: )?(?P<name>[A-Z][A-Z_]+)(?:\[.*?\])*: found ")

MOST_NAMED = 5
"""The most files that one line names."""


class Built(Struct, frozen=True):
    """The result of a build."""

    made: tuple[str, ...]
    """The number of each kind of thing, as `2 posts`."""
    seconds: float
    output: str
    is_check: bool
    """True if the build stopped before the exchange."""
    withheld: tuple[str, ...]
    """The texts that only the author sees, like “1 draft”."""
    next_step: str
    since: float = 0
    """The build's time, in seconds since 1970."""
    until: float = float("inf")
    """The time at which something will change by itself, in seconds since 1970."""
    theme: str = ""
    """The reason why the theme takes longer than ours; empty if it is ours."""


class Reporter(Struct):
    """A writer to one stream; it shows progress only on a terminal."""

    stream: TextIO = field(default_factory=lambda: sys.stderr)
    started: float = field(default_factory=time.monotonic)
    shown: str = ""
    settings: str = ""
    """The settings file, to name the line of a setting that is wrong; empty if it is not known."""
    told: list[str] = field(default_factory=list)
    """The warnings so far."""

    @property
    def seconds(self) -> float:
        """The seconds since the build began."""
        return time.monotonic() - self.started

    def progress(self, stage: str, done: int, total: int) -> None:
        """Show the progress of a stage in one line, which the next call replaces."""
        if not self.stream.isatty() or self.seconds < PATIENCE:
            return
        text = f"{stage} {done} of {total}"
        if text != self.shown:
            self.stream.write(f"\r\x1b[K{text}")
            self.stream.flush()
            self.shown = text

    def clear(self) -> None:
        """Remove the progress line."""
        if self.shown:
            self.stream.write("\r\x1b[K")
            self.shown = ""

    def warnings(self, problems: Iterable[Problem]) -> None:
        """Show the warnings of a build that continues."""
        self.told += (str(p) for p in sorted_problems(problems))
        self._lines(self.told)

    def built(self, result: Built) -> None:
        """Write the last lines of a build that succeeded."""
        self._lines(summary(result))

    def failed(self, error: HallwayError) -> None:
        """Write the last lines of a build that failed."""
        self._lines(placed(explanation(error), self.settings))

    def interrupted(self) -> None:
        """Write one line after Ctrl+C."""
        self._lines(["Interrupted: what was there is there still, whole."])

    def _lines(self, lines: Iterable[str]) -> None:
        self.clear()
        for line in lines:
            self.stream.write(line + "\n")
        self.stream.flush()


def as_record(result: Built) -> dict[str, object]:
    """Return what a later build needs of this one if nothing has changed (unchanged.py)."""
    made = f"{_made(result)} are in {result.output}/"
    return {"from": result.since, "until": result.until, "made": made, "next": result.next_step}


def _made(result: Built) -> str:
    withheld = f" (with {', '.join(result.withheld)})" if result.withheld else ""
    return f"{', '.join(result.made)}{withheld}"


def summary(result: Built) -> list[str]:
    """Return the lines that say what was built, how long it took, and what to do next."""
    verb = "Checked" if result.is_check else "Built"
    place = "" if result.is_check else f" into {result.output}/"
    made = f"{verb} {_made(result)} in {result.seconds:.1f} s{place}"
    return [made, *([result.theme] if result.theme else []), result.next_step]


def explanation(error: HallwayError) -> list[str]:
    """Return the lines that explain to the author why a build ended early."""
    if isinstance(error, ContentError):
        told = [p for p in error.problems if p.severity is not Severity.UNCHECKED]
        errors = [p for p in told if p.severity is Severity.ERROR]
        return [
            *(str(p) for p in sorted_problems(told)),
            *_unchecked(sorted({p.place.path for p in set(error.problems) - set(told)})),
            f"{counted(len(set(errors)), 'problem')}: nothing was changed in the output",
        ]
    if isinstance(error, ConfigurationError):
        return [f"configuration: {sentence}" for sentence in error.errors]
    if isinstance(error, InternalError):
        return [
            f"a fault of Hallway's own: {error}",
            f"the details are in {error.report}; please report it with that file",
            "nothing was changed in the output",
        ]
    return [str(error)]


def placed(lines: Iterable[str], settings: str) -> Iterator[str]:
    """Yield the lines; those about a setting begin with its place in the settings file."""
    for line in lines:
        match = ABOUT_SETTING.match(line)
        place = setting_place(settings, match["name"]) if match and settings else ""
        yield f"{place}: {line[match.start('name') :]}" if match and place else line


def _unchecked(paths: Sequence[str]) -> Iterator[str]:
    """Yield a line with the files that may have more problems once their first ones are solved."""
    if paths:
        files = f"{counted(len(paths), 'file')} could not be checked to the end"
        more = f" and {len(paths) - MOST_NAMED} more" if len(paths) > MOST_NAMED else ""
        yield f"{files}: {', '.join(paths[:MOST_NAMED])}{more}"
