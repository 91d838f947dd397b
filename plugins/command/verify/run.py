"""Runs the blocks of a page, in order, in a throw-away copy of its folder."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from msgspec import Struct, field

from ...source.problem import Place, Problem, quoted
from ..model import CommandBlock, Dialect, Step
from .collect import Page
from .compare import Captures, Difference, compare
from .environment import Environment
from .interpreters import FLOOD, Ending, Interpreter, Printed, start_bash, start_python
from .record import LEFT_OVER, expected_lines, typed_text

HOW_TO_STAY = "; round brackets around a command keep its “exit” to itself"

Progress = Callable[[str, int, int], None]


class Mismatch(Problem, frozen=True):
    """A step that printed something else than its page says."""

    command: tuple[str, ...] = ()
    diff: tuple[str, ...] = ()
    """Each line with its sign: `-` written, `+` printed, `.` covered by dots, a blank both."""

    def __str__(self) -> str:
        lines = [self._headline(), *(f"    {line}" for line in (*self.command, *self.diff))]
        return "\n".join([*lines, f"    hint: {self.hint}"] if self.hint else lines)


def run_page(page: Page, environment: Environment, progress: Progress) -> list[Problem]:
    """What is wrong with the page's blocks: nothing when all do what the page says."""
    with _copied(page) as place, ExitStack() as closing:
        run = _Run(page, environment, place, closing)
        for number, block in enumerate(page.blocks, 1):
            progress(f"running {page.document.source}, block", number, len(page.blocks))
            if not run.block(block, is_last=number == len(page.blocks)):
                break
        return run.problems


@contextmanager
def _copied(page: Page) -> Iterator[Path]:
    """A copy of the page's folder, with a home and a folder for temporary files beside it."""
    with tempfile.TemporaryDirectory(prefix="hallway-", ignore_cleanup_errors=True) as name:
        place = Path(name).resolve()
        for folder in ("home", "tmp"):
            (place / folder).mkdir()
        copy = place / "copy" / page.folder.resolve().name
        ignored = shutil.ignore_patterns(*LEFT_OVER)
        yield shutil.copytree(page.folder, copy, symlinks=True, ignore=ignored)


class _Run(Struct):
    """One page while its blocks run."""

    page: Page
    environment: Environment
    place: Path
    closing: ExitStack
    """Ends the interpreters."""
    interpreters: dict[Dialect, Interpreter] = field(default_factory=dict)
    captures: Captures = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def block(self, block: CommandBlock, *, is_last: bool) -> bool:
        """Run a block; False when nothing can run after it."""
        deadline = time.monotonic() + self.page.verify.timeout
        steps = block.session.commands
        for number, step in enumerate(steps, 1):
            printed = self._interpreter(step).run(self._typed(step), deadline=deadline)
            is_end = is_last and number == len(steps)
            if printed.ending in (Ending.LATE, Ending.FLOODED):
                self.problems.append(self._stopped(step, printed))
                return False
            self._compare(step, printed)
            if printed.ending is Ending.GONE and not is_end:
                self.problems.append(self._gone(step))
                return False
        return True

    def _interpreter(self, step: Step) -> Interpreter:
        """The one of the step's language; it starts with the first step that needs it."""
        dialect = step.prompt.kind.dialect
        if dialect not in self.interpreters:
            started = self._start(dialect)
            self.closing.callback(started.close)
            self.interpreters[dialect] = started
        return self.interpreters[dialect]

    def _start(self, dialect: Dialect) -> Interpreter:
        variables = self.environment.variables(self.place.parent.parent)
        if dialect is Dialect.PYTHON:
            python = self.environment.python
            return start_python(python, place=self.place, variables=variables)
        return start_bash(self.environment.bash, place=self.place, variables=variables)

    def _compare(self, step: Step, printed: Printed) -> None:
        expected = expected_lines(step, self.page.document.front_matter.placeholders)
        outcome = compare(expected, printed.text, self.captures)
        self.captures = outcome.captures
        if outcome.difference:
            self.problems.append(self._mismatch(step, outcome.difference))

    def _mismatch(self, step: Step, difference: Difference) -> Mismatch:
        last = len(step.output) - 1
        line = step.lines[-1].number
        if step.output:
            line = step.output_line + min(difference.line, last)
        return Mismatch(
            Place(self.page.document.path, line),
            found=difference.found,
            expected=difference.expected,
            hint=difference.hint,
            command=self._command(step),
            diff=difference.diff,
        )

    def _stopped(self, step: Step, printed: Printed) -> Mismatch:
        found, expected = f"a step that printed more than {FLOOD // 1_000_000} MB", "a few lines"
        if printed.ending is Ending.LATE:
            seconds = self.page.verify.timeout
            found = f"a step that had not ended when its block had run for {seconds} s"
            expected = "one that ends; “timeout” in the front matter is for each block"
        last_lines = printed.text.rstrip("\n").split("\n")[-5:] if printed.text.strip() else []
        return Mismatch(
            Place(self.page.document.path, step.lines[0].number),
            found=found,
            expected=expected,
            hint="the steps after it on this page were not run",
            command=self._command(step),
            diff=tuple(f"+ {line}" for line in last_lines),
        )

    def _gone(self, step: Step) -> Problem:
        is_python = step.prompt.kind.dialect is Dialect.PYTHON
        name, hint = ("Python", "") if is_python else ("the shell", HOW_TO_STAY)
        return Problem(
            Place(self.page.document.path, step.lines[0].number),
            found=f"{quoted(self._typed(step))}, which ended {name}",
            expected="one that stays for the steps after it",
            hint=f"they were not run{hint}",
        )

    def _typed(self, step: Step) -> str:
        return typed_text(step, self.page.document.front_matter.placeholders)

    def _command(self, step: Step) -> tuple[str, ...]:
        """The command as its page shows it."""
        texts = self._typed(step).split("\n")
        prompts = [line.prompt for line in step.lines]
        return tuple(f"{p}{text}".rstrip() for p, text in zip(prompts, texts, strict=True))
