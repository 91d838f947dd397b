"""Runs the blocks of a page, in order, in a throw-away copy of its folder."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from ...source.problem import Place, Problem, Problems, quoted
from ..model import CommandBlock, Dialect, Step
from .collect import Page
from .compare import Captures, Difference, compare
from .environment import Environment
from .interpreters import (
    FLOOD,
    INSIDE,
    BashDialogue,
    Dialogue,
    Ending,
    Interpreter,
    Plan,
    Printed,
    PythonDialogue,
    started,
)
from .record import LEFT_OVER, expected_lines, typed_text
from .sandbox import PLACE, SOURCE, Sandbox, prefixes_of, users_file

HOW_TO_STAY = "; round brackets around a command keep its “exit” to itself"

Progress = Callable[[str, int, int], None]


class Mismatch(Problem, frozen=True):
    """A step that printed something other than its page says."""

    command: tuple[str, ...] = ()
    diff: tuple[str, ...] = ()
    """The lines with their signs: `-` written, `+` printed, `.` covered by dots, a blank both."""

    def __str__(self) -> str:
        lines = [self._headline(), *(f"    {line}" for line in (*self.command, *self.diff))]
        return "\n".join([*lines, f"    hint: {self.hint}"] if self.hint else lines)


def run_page(
    page: Page, environment: Environment, progress: Progress, sandbox: Sandbox | None = None
) -> list[Problem]:
    """Return the problems of the page's blocks; none if all do what the page says."""
    with _interpreters(page, environment, sandbox) as interpreters:
        run = _Run(page, interpreters, sandbox)
        for number, block in enumerate(page.blocks, 1):
            progress(f"running {page.document.source}, block", number, len(page.blocks))
            if not run.block(block, is_last=number == len(page.blocks)):
                break
        return run.problems


@contextmanager
def _interpreters(
    page: Page, environment: Environment, sandbox: Sandbox | None
) -> Iterator[dict[Dialect, Interpreter]]:
    """Yield the interpreters of a page, which work in a copy of its folder."""
    dialogues = _dialogues(page, environment)
    python = str(environment.python)

    def inside(plan: str) -> list[str]:
        return [python, "-I", "-c", INSIDE.read_text("utf-8"), plan]

    if not sandbox:
        with (
            _own_folder() as place,
            started(dialogues, _plan(page, environment, place), inside) as all,
        ):
            yield all
        return
    plan = replace(_plan(page, environment, PLACE, source=SOURCE), limits=sandbox.limits)
    prefixes = prefixes_of(environment.python)
    with users_file() as users:

        def inside_sandbox(plan: str) -> list[str]:
            return sandbox.command(
                inside(plan),
                prefixes=prefixes,
                source=page.folder.resolve(),
                users=users,
                network=page.verify.network,
            )

        with started(dialogues, plan, inside_sandbox, [users]) as all:
            yield all


def _dialogues(page: Page, environment: Environment) -> dict[Dialect, Dialogue]:
    """Return a dialogue for each language that the page uses."""
    steps = (step for block in page.blocks for step in block.session.commands)
    used = {step.prompt.kind.dialect for step in steps}
    known: dict[Dialect, Dialogue] = {
        Dialect.SHELL: BashDialogue(environment.bash),
        Dialect.PYTHON: PythonDialogue(environment.python),
    }
    return {dialect: dialogue for dialect, dialogue in known.items() if dialect in used}


def _plan(page: Page, environment: Environment, place: Path, *, source: str = "") -> Plan:
    """Return the plan for a folder: the copy, a home, a folder for temporary files."""
    folder = page.folder.resolve()
    copy = place / "copy" / folder.name
    return Plan(
        place=str(copy),
        variables=environment.variables(place),
        copies=((source or str(folder), str(copy), LEFT_OVER),),
        folders=(str(place / "home"), str(place / "tmp")),
    )


@contextmanager
def _own_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="hallway-", ignore_cleanup_errors=True) as name:
        yield Path(name).resolve()


class _Run(Struct):
    """The state of one page while its blocks run."""

    page: Page
    interpreters: dict[Dialect, Interpreter]
    sandbox: Sandbox | None
    captures: Captures = field(default_factory=dict)
    problems: Problems = field(default_factory=Problems)

    def block(self, block: CommandBlock, *, is_last: bool) -> bool:
        """Run a block; return False when nothing can run after it."""
        deadline = time.monotonic() + self.page.verify.timeout
        steps = block.session.commands
        for number, step in enumerate(steps, 1):
            interpreter = self.interpreters[step.prompt.kind.dialect]
            printed = interpreter.run(self._typed(step), deadline=deadline)
            is_end = is_last and number == len(steps)
            if printed.ending in (Ending.LATE, Ending.FLOODED):
                self.problems.append(self._stopped(step, printed))
                return False
            if printed.said:
                self.problems.append(self._limited(step, printed))
                return False
            self._compare(step, printed)
            if printed.ending is Ending.GONE and not is_end:
                self.problems.append(self._gone(step))
                return False
        return True

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

    def _limited(self, step: Step, printed: Printed) -> Problem:
        """Return the problem of a passed limit, or of interpreters that could not be started."""
        found = f"commands that could not be run: {printed.said}"
        if self.sandbox and printed.said in self.sandbox.limits:
            found = self.sandbox.words(printed.said)
        return Problem(
            Place(self.page.document.path, step.lines[0].number),
            found=found,
            expected="a step that needs less",
            hint="the steps after it on this page were not run",
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
        """Return the command as its page shows it."""
        texts = self._typed(step).split("\n")
        prompts = [line.prompt for line in step.lines]
        return tuple(f"{p}{text}".rstrip() for p, text in zip(prompts, texts, strict=True))
