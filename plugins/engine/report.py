"""What a build says: progress on a terminal, problems, and a few last lines."""

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
"""Seconds of work after which a terminal is shown progress."""

# Matches `configuration: REDIRECTS['/a/']: found …` and `REDIRECTS: found …`.
ABOUT_SETTING = re.compile(r"(?:configuration: )?(?P<name>[A-Z][A-Z_]+)(?:\[.*?\])*: found ")

MOST_NAMED = 5
"""Files that one line names."""


class Built(Struct, frozen=True):
    """What a build made."""

    made: tuple[str, ...]
    """How much of what: `2 posts`."""
    seconds: float
    output: str
    is_check: bool
    """Whether the build stopped before the exchange."""
    withheld: tuple[str, ...]
    """What only the author sees, like “1 draft”."""
    next_step: str
    since: float = 0
    """The build's moment, in seconds since 1970."""
    until: float = float("inf")
    """When something will change by itself."""
    theme: str = ""
    """Why the theme costs more time than ours; empty when it is one of ours."""


class Reporter(Struct):
    """Writes to one stream; progress only where a person looks."""

    stream: TextIO = field(default_factory=lambda: sys.stderr)
    started: float = field(default_factory=time.monotonic)
    shown: str = ""
    settings: str = ""
    """The settings file, to name the line of a setting that is wrong; empty if it is not known."""
    told: list[str] = field(default_factory=list)
    """The warnings so far."""

    @property
    def seconds(self) -> float:
        """Since the build began."""
        return time.monotonic() - self.started

    def progress(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage is, in one line that the next replaces."""
        if not self.stream.isatty() or self.seconds < PATIENCE:
            return
        text = f"{stage} {done} of {total}"
        if text != self.shown:
            self.stream.write(f"\r\x1b[K{text}")
            self.stream.flush()
            self.shown = text

    def clear(self) -> None:
        """Take the progress line away."""
        if self.shown:
            self.stream.write("\r\x1b[K")
            self.shown = ""

    def warnings(self, problems: Iterable[Problem]) -> None:
        """Show the warnings of a build that goes on."""
        self.told += (str(p) for p in sorted_problems(problems))
        self._lines(self.told)

    def built(self, result: Built) -> None:
        """The last lines of a build that succeeded."""
        self._lines(summary(result))

    def failed(self, error: HallwayError) -> None:
        """The last lines of a build that did not."""
        self._lines(placed(explanation(error), self.settings))

    def interrupted(self) -> None:
        """Write the one line after Ctrl+C."""
        self._lines(["Interrupted: what was there is there still, whole."])

    def _lines(self, lines: Iterable[str]) -> None:
        self.clear()
        for line in lines:
            self.stream.write(line + "\n")
        self.stream.flush()


def as_record(result: Built) -> dict[str, object]:
    """What a build that finds nothing changed has to know of this one (unchanged.py)."""
    made = f"{_made(result)} are in {result.output}/"
    return {"from": result.since, "until": result.until, "made": made, "next": result.next_step}


def _made(result: Built) -> str:
    withheld = f" (with {', '.join(result.withheld)})" if result.withheld else ""
    return f"{', '.join(result.made)}{withheld}"


def summary(result: Built) -> list[str]:
    """What was built, how long it took, and what to do next."""
    verb = "Checked" if result.is_check else "Built"
    place = "" if result.is_check else f" into {result.output}/"
    made = f"{verb} {_made(result)} in {result.seconds:.1f} s{place}"
    return [made, *([result.theme] if result.theme else []), result.next_step]


def explanation(error: HallwayError) -> list[str]:
    """Why a build ended early, for its author."""
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
    """The lines, of which those about a setting begin with its place in the settings file."""
    for line in lines:
        match = ABOUT_SETTING.match(line)
        place = setting_place(settings, match["name"]) if match and settings else ""
        yield f"{place}: {line[match.start('name') :]}" if match and place else line


def _unchecked(paths: Sequence[str]) -> Iterator[str]:
    """The files of which there may be more to tell, once their first problems are solved."""
    if paths:
        files = f"{counted(len(paths), 'file')} could not be checked to the end"
        more = f" and {len(paths) - MOST_NAMED} more" if len(paths) > MOST_NAMED else ""
        yield f"{files}: {', '.join(paths[:MOST_NAMED])}{more}"
