"""Runs bash and Python as processes that take one step after another and keep their state.

No step has a terminal: its input is empty, and its two outputs are one text. One process,
inside.py, starts all interpreters of a page, in the sandbox if there is one. It is the leader of a
session, so that they end with it.
"""

from __future__ import annotations

import contextlib
import enum
import json
import os
import selectors
import shlex
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from subprocess import DEVNULL, PIPE, STDOUT, Popen
from typing import Protocol

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ..model import Dialect

FLOOD = 1_000_000
"""The number of bytes that one step may print: an author's page shows a few lines."""

BASH_SETTINGS = "PS1= PS2=; unset HISTFILE MAILCHECK; set +H +m +o history"
"""Settings that keep an interactive bash from printing anything of its own between steps."""

PYTHON_STEPS = Path(__file__).with_name("steps.py")
INSIDE = Path(__file__).with_name("inside.py")


class Ending(enum.Enum):
    """The way that a step ended."""

    DONE = "done"
    LATE = "late"
    """Its time was up."""
    FLOODED = "flooded"
    """It printed more than `FLOOD` bytes."""
    GONE = "gone"
    """The process that runs steps ended with it."""


class Printed(Struct, frozen=True):
    """The text that a step printed, on both outputs."""

    text: str
    ending: Ending
    said: str = ""
    """The last line of the starter if the process is gone: the passed limit, if that is why."""


class Dialogue(Protocol):
    """The way to hand steps to a process."""

    def command(self, control: int) -> list[str]:
        """Return the command that starts it; it writes a line to the descriptor after each step."""

    def fed(self, text: str, status: str, control: int) -> str:
        """Return the input for a step; `status` is the line that the process wrote last."""


class BashDialogue(Struct, frozen=True):
    """Steps for an interactive bash, which prints the messages that a reader sees."""

    bash: Path

    def command(self, control: int) -> list[str]:
        """Return the command that starts bash without anyone's settings."""
        return [str(self.bash), "--noprofile", "--norc", "--noediting", "-i"]

    def fed(self, text: str, status: str, control: int) -> str:
        """Return the step, with the last one's `$?` before it, and a line that writes its own."""
        before = f"(exit {status}); " if status not in ("", "0") else ""
        return (
            f"{before}eval {shlex.quote(text)} </dev/null {control}>&-\n"
            f'printf "%s\\n" "$?" >&{control}\n'
        )


class PythonDialogue(Struct, frozen=True):
    """Steps that run as at Python's own prompt."""

    python: Path

    def command(self, control: int) -> list[str]:
        """Return Python's command with steps.py as text; so it imports from its current folder."""
        return [str(self.python), "-u", "-c", PYTHON_STEPS.read_text("utf-8"), str(control)]

    def fed(self, text: str, status: str, control: int) -> str:
        """Return the step on one line."""
        return json.dumps(text) + "\n"


class Ends(Struct, frozen=True):
    """The ends of three pipes, as descriptors."""

    input: int
    output: int
    control: int

    def close(self) -> None:
        """Close them."""
        for end in (self.input, self.output, self.control):
            os.close(end)


class Plan(Struct, frozen=True):
    """The instructions for inside.py."""

    place: str
    """The folder that the interpreters begin in."""
    variables: Mapping[str, str]
    programs: tuple[Mapping[str, object], ...] = ()
    """The command of each program, and the descriptors of its `Ends`."""
    copies: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    """Folders to copy: from, to, and the patterns of names that are left out."""
    folders: tuple[str, ...] = ()
    """Folders to make."""
    limits: Mapping[str, int] | None = None


class Starter:
    """The process that starts interpreters; `close` ends it and all of them."""

    def __init__(
        self, command: Sequence[str], *, variables: Mapping[str, str], ends: Sequence[int]
    ):
        self.process = Popen(
            command,
            env=variables,
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=STDOUT,
            pass_fds=ends,
            start_new_session=True,
        )
        assert self.process.stdout
        os.set_blocking(self.process.stdout.fileno(), False)
        self.text = ""
        """Its output so far: the limit that was passed, or why it could not start."""

    def end(self) -> None:
        """End it and what it started."""
        # The process has not been waited for yet, so its number is still its own. macOS refuses to
        # send a signal to a group of which only the ended leader is left.
        if self.process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def said(self) -> str:
        """Return the last line that it printed."""
        assert self.process.stdout
        self.text += (self.process.stdout.read() or b"").decode("utf-8", "replace")
        return self.text.strip().rpartition("\n")[2]

    def close(self) -> None:
        """End it and what it started, and close its output."""
        self.end()
        assert self.process.stdout
        self.process.stdout.close()


class Interpreter:
    """An interpreter that runs steps; its user closes it."""

    def __init__(
        self, dialogue: Dialogue, starter: Starter, ends: Ends, control_there: int
    ) -> None:
        self.dialogue = dialogue
        self.starter = starter
        self.ends = ends
        self.control_there = control_there
        self.status = ""
        os.set_blocking(ends.output, False)

    def run(self, text: str, *, deadline: float) -> Printed:
        """Run a step until it is done, or until the deadline (seconds of the monotonic clock)."""
        printed = bytearray()
        # The control pipe shows that a process is gone.
        with contextlib.suppress(BrokenPipeError):
            _write_all(
                self.ends.input, self.dialogue.fed(text, self.status, self.control_there).encode()
            )
        ending = self._wait(printed, deadline)
        if ending is not Ending.DONE:
            self.starter.end()
        self._drain(printed)
        limit = self.starter.said() if ending is Ending.GONE else ""
        return Printed(printed[:FLOOD].decode("utf-8", "replace"), ending, limit)

    def close(self) -> None:
        """Close the pipes; the process ends with its starter."""
        self.ends.close()

    def _wait(self, printed: bytearray, deadline: float) -> Ending:
        with selectors.DefaultSelector() as selector:
            selector.register(self.ends.output, selectors.EVENT_READ)
            selector.register(self.ends.control, selectors.EVENT_READ)
            while ready := selector.select(max(0.0, deadline - time.monotonic())):
                files = [key.fd for key, _ in ready]
                if self.ends.output in files and not self._drain(printed):
                    selector.unregister(self.ends.output)
                if len(printed) > FLOOD:
                    return Ending.FLOODED
                if self.ends.control in files:
                    line = os.read(self.ends.control, 64).decode().strip()
                    self.status = line
                    return Ending.DONE if line else Ending.GONE
        return Ending.LATE

    def _drain(self, printed: bytearray) -> bool:
        """Read what is printed so far; return False when nothing more can come."""
        with contextlib.suppress(BlockingIOError):
            while len(printed) <= FLOOD:
                chunk = os.read(self.ends.output, 65536)
                if not chunk:
                    return False
                printed += chunk
        return True


def _write_all(end: int, data: bytes) -> None:
    while data:
        data = data[os.write(end, data) :]


@contextmanager
def started(
    dialogues: Mapping[Dialect, Dialogue],
    plan: Plan,
    command: Callable[[str], Sequence[str]],
    descriptors: Sequence[int] = (),
) -> Iterator[dict[Dialect, Interpreter]]:
    """Yield an interpreter for each dialogue; at the end of the block, end all that runs.

    `command` returns the command that runs inside.py with the text of a plan; it needs
    `descriptors`.
    """
    with ExitStack() as closing:
        pipes = {dialect: _pipes() for dialect in dialogues}
        for here, _ in pipes.values():
            closing.callback(here.close)
        with ExitStack() as starting:
            for _, there in pipes.values():
                starting.callback(there.close)
            programs = [
                {"command": dialogue.command(there.control), **msgspec.structs.asdict(there)}
                for dialogue, (_, there) in zip(dialogues.values(), pipes.values(), strict=True)
            ]
            text = msgspec.json.encode(replace(plan, programs=tuple(programs))).decode()
            ends = [end for _, there in pipes.values() for end in msgspec.structs.astuple(there)]
            starter = Starter(command(text), variables=plan.variables, ends=[*ends, *descriptors])
        closing.callback(starter.close)
        interpreters = {
            dialect: Interpreter(dialogues[dialect], starter, here, there.control)
            for dialect, (here, there) in pipes.items()
        }
        if Dialect.SHELL in interpreters:  # Bash prints something at its start.
            interpreters[Dialect.SHELL].run(BASH_SETTINGS, deadline=time.monotonic() + 60)
        yield interpreters


def _pipes() -> tuple[Ends, Ends]:
    """Return three pipes: the ends of this process, and those of an interpreter."""
    input_there, input_here = os.pipe()
    output_here, output_there = os.pipe()
    control_here, control_there = os.pipe()
    return (
        Ends(input_here, output_here, control_here),
        Ends(input_there, output_there, control_there),
    )
