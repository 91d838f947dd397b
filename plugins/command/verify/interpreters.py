"""Bash and Python as processes that run one step after another and keep their state.

No step has a terminal: its input is empty, and what it writes to both outputs is one text. Each
process is the leader of its own session, so that it ends with all that it started.
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
from collections.abc import Mapping, Sequence
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Protocol

from msgspec import Struct

FLOOD = 1_000_000
"""How many bytes one step may print: an author's page shows a few lines."""

BASH_SETTINGS = "PS1= PS2=; unset HISTFILE MAILCHECK; set +H +m +o history"
"""So that an interactive bash prints nothing of its own between steps."""

PYTHON_STEPS = Path(__file__).with_name("steps.py")


class Ending(enum.Enum):
    """How a step ended."""

    DONE = "done"
    LATE = "late"
    """Its time was up."""
    FLOODED = "flooded"
    """It printed more than anyone reads."""
    GONE = "gone"
    """The process that runs steps ended with it."""


class Printed(Struct, frozen=True):
    """What a step printed, on both outputs."""

    text: str
    ending: Ending


class Dialogue(Protocol):
    """How steps are handed to a process."""

    def command(self, control: int) -> list[str]:
        """The command that starts it; it writes a line to the descriptor after each step."""

    def fed(self, text: str, status: str, control: int) -> str:
        """What it is sent for a step; `status` is the line that it wrote after the last one."""


class BashDialogue(Struct, frozen=True):
    """Steps are evaluated by an interactive bash, whose messages are those that a reader sees."""

    bash: Path

    def command(self, control: int) -> list[str]:
        """Bash without anyone's settings."""
        return [str(self.bash), "--noprofile", "--norc", "--noediting", "-i"]

    def fed(self, text: str, status: str, control: int) -> str:
        """The step, with the `$?` that the last one left, and a line that tells its own."""
        before = f"(exit {status}); " if status not in ("", "0") else ""
        return (
            f"{before}eval {shlex.quote(text)} </dev/null {control}>&-\n"
            f'printf "%s\\n" "$?" >&{control}\n'
        )


class PythonDialogue(Struct, frozen=True):
    """Steps are run as by Python's own prompt."""

    python: Path

    def command(self, control: int) -> list[str]:
        """Python with the few lines of steps.py, as text: then it looks for modules where it is."""
        return [str(self.python), "-u", "-c", PYTHON_STEPS.read_text("utf-8"), str(control)]

    def fed(self, text: str, status: str, control: int) -> str:
        """The step on one line."""
        return json.dumps(text) + "\n"


class Interpreter:
    """A running process; to be closed, which ends it and all that it started."""

    def __init__(self, dialogue: Dialogue, *, place: Path, variables: Mapping[str, str]) -> None:
        self.dialogue = dialogue
        self.status = ""
        self.output, output = os.pipe()
        self.control, self.control_there = os.pipe()
        self.process = _started(
            dialogue.command(self.control_there), place, variables, output, self.control_there
        )
        os.close(output)
        os.close(self.control_there)
        os.set_blocking(self.output, False)

    def run(self, text: str, *, deadline: float) -> Printed:
        """Run a step until it is done, or until that moment of the monotonic clock."""
        assert self.process.stdin
        printed = bytearray()
        # A process that is gone is seen on the control pipe.
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.write(
                self.dialogue.fed(text, self.status, self.control_there).encode()
            )
            self.process.stdin.flush()
        ending = self._wait(printed, deadline)
        if ending is not Ending.DONE:
            self._kill()
        self._drain(printed)
        return Printed(printed[:FLOOD].decode("utf-8", "replace"), ending)

    def close(self) -> None:
        """End the process with all that it started."""
        self._kill()
        assert self.process.stdin
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.wait()
        os.close(self.output)
        os.close(self.control)

    def _wait(self, printed: bytearray, deadline: float) -> Ending:
        with selectors.DefaultSelector() as selector:
            selector.register(self.output, selectors.EVENT_READ)
            selector.register(self.control, selectors.EVENT_READ)
            while ready := selector.select(max(0.0, deadline - time.monotonic())):
                files = [key.fd for key, _ in ready]
                if self.output in files and not self._drain(printed):
                    selector.unregister(self.output)
                if len(printed) > FLOOD:
                    return Ending.FLOODED
                if self.control in files:
                    line = os.read(self.control, 64).decode().strip()
                    self.status = line
                    return Ending.DONE if line else Ending.GONE
        return Ending.LATE

    def _drain(self, printed: bytearray) -> bool:
        """Take what is printed so far; False when nothing can come any more."""
        with contextlib.suppress(BlockingIOError):
            while len(printed) <= FLOOD:
                chunk = os.read(self.output, 65536)
                if not chunk:
                    return False
                printed += chunk
        return True

    def _kill(self) -> None:
        # It was not waited for yet, so the number is still its own. macOS refuses to send a signal
        # to a group of which only the ended leader is left.
        if self.process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def start_bash(bash: Path, *, place: Path, variables: Mapping[str, str]) -> Interpreter:
    """A shell that has printed what it prints at its start, and waits for steps."""
    shell = Interpreter(BashDialogue(bash), place=place, variables=variables)
    shell.run(BASH_SETTINGS, deadline=time.monotonic() + 60)
    return shell


def start_python(python: Path, *, place: Path, variables: Mapping[str, str]) -> Interpreter:
    """A Python that waits for steps."""
    return Interpreter(PythonDialogue(python), place=place, variables=variables)


def _started(
    command: Sequence[str], place: Path, variables: Mapping[str, str], output: int, control: int
) -> Popen[bytes]:
    return Popen(
        command,
        cwd=place,
        env=variables,
        stdin=PIPE,
        stdout=output,
        stderr=output,
        pass_fds=[control],
        start_new_session=True,
    )
