"""A process that is made before there is anything to do, for work that somebody will wait for."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

from ..source.errors import Failure
from .workers import Overrun, end_with

Q = TypeVar("Q")
R = TypeVar("R")


class Standby(Generic[Q, R]):
    """Answers questions as this process would have when it was made, one after the other."""

    def __init__(self, answer: Callable[[Q], R], rehearsal: Iterable[Q]) -> None:
        """Start it; what it needs for answers it finds out with the questions of the rehearsal."""
        context = multiprocessing.get_context("fork")
        self.number = 0
        """Of the last question."""
        self.connection, theirs = context.Pipe()
        arguments = theirs, self.connection, os.getpid(), answer, rehearsal
        self.process = context.Process(target=_answer_all, args=arguments, daemon=True)
        self.process.start()
        theirs.close()

    def ask(self, question: Q) -> None:
        """Have it find the answer, while this process does something else."""
        self.number += 1
        with contextlib.suppress(OSError):  # what `answer` tells of
            self.connection.send((self.number, question))

    def answer(self, *, time_limit: float) -> R | Overrun | None:
        """The answer to the last question; None when it could not be found, or the process died."""
        try:
            while self.connection.poll(None if time_limit == float("inf") else time_limit):
                number, answer = self.connection.recv()
                if number == self.number:  # else of a build that was given up
                    found: R = answer
                    return found
        except (OSError, EOFError):
            self.close()
            return None
        self.close()
        return Overrun(time_limit)

    @property
    def is_alive(self) -> bool:
        """Whether it can be asked."""
        return not self.connection.closed and self.process.is_alive()

    def close(self) -> None:
        """End it."""
        self.connection.close()
        self.process.kill()
        self.process.join()


def is_possible() -> bool:
    """Whether this system can make a process of another (Windows cannot)."""
    return "fork" in multiprocessing.get_all_start_methods()


def _answer_all(
    connection: Connection,
    other: Connection,
    parent: int,
    answer: Callable[[Q], R],
    rehearsal: Iterable[Q],
) -> None:
    """Answer until the other end closes."""
    end_with(parent)
    other.close()
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):  # nobody asks any more
        for question in rehearsal:
            _tried(answer, question)
        while True:
            number, question = connection.recv()
            connection.send((number, _tried(answer, question)))


def _tried(answer: Callable[[Q], R], question: Q) -> R | None:
    """The answer; None if that fails: whoever asked does the work again, and has the exception."""
    with Failure():
        return answer(question)
    return None
