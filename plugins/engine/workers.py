"""Tasks in a few forked processes, each task with a time limit.

A worker inherits everything by fork; it receives only a task's number and sends back only bytes. A
task that exceeds its time is ended together with its process, so that no input, such as a text on
which a regular expression takes for ever, can block a build.
"""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import pickle
import signal
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess

from msgspec import Struct

from ..source.errors import Failure, HallwayError

DONE, FAILED = b"+", b"-"
"""The first byte of an answer: the rest is a result, or a pickled exception."""

PR_SET_PDEATHSIG = 1
"""Linux, prctl(2): set the signal that a process gets when its parent has ended."""


class Overrun(Struct, frozen=True):
    """A task that was ended because its time was up."""

    seconds: float


class WorkerDiedError(RuntimeError):
    """A worker ended without an answer, by a fault of its own."""


class WorkerKilledError(HallwayError):
    """The system or a person ended a worker; the usual reason is too little memory."""

    exitcode = 2


def run_tasks(
    task: Callable[[int], bytes], count: int, *, processes: int, time_limit: float = float("inf")
) -> Iterator[tuple[int, bytes | Overrun]]:
    """Yield each task's number with its result, in the order in which they finish.

    The tasks run in this process, one after the other and without a limit, where there is no fork
    (Windows), or if there is only one task and no limit.
    """
    is_alone = count == 1 and time_limit == float("inf")
    if is_alone or "fork" not in multiprocessing.get_all_start_methods():
        yield from ((number, task(number)) for number in range(count))
        return
    pool = _Pool(task, min(processes, count), time_limit)
    try:
        yield from pool.results(count)
    finally:
        pool.close()


def available_processes() -> int:
    """Return the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Worker(Struct):
    process: ForkProcess
    connection: Connection
    number: int = -1
    deadline: float = float("inf")


class _Pool:
    """The workers of one run."""

    def __init__(self, task: Callable[[int], bytes], size: int, time_limit: float) -> None:
        self.task, self.time_limit = task, time_limit
        self.context = multiprocessing.get_context("fork")
        self.workers: list[_Worker] = []
        for _ in range(size):
            self.workers.append(self._start())

    def results(self, count: int) -> Iterator[tuple[int, bytes | Overrun]]:
        """Hand out the numbers below `count`; yield each result as it comes."""
        waiting = iter(range(count))
        busy = {w.connection: w for w in self.workers if self._assign(w, waiting)}
        while busy:
            nearest = min(worker.deadline for worker in busy.values())
            timeout = None if nearest == float("inf") else max(0.0, nearest - time.monotonic())
            for connection in wait(list(busy), timeout):
                assert isinstance(connection, Connection)
                worker = busy.pop(connection)
                yield worker.number, self._answer(worker)
                if self._assign(worker, waiting):
                    busy[connection] = worker
            for worker in self._late(busy):
                del busy[worker.connection]
                yield worker.number, Overrun(self.time_limit)
                fresh = self._replace(worker)
                if self._assign(fresh, waiting):
                    busy[fresh.connection] = fresh

    def close(self) -> None:
        """Kill all workers."""
        for worker in self.workers:
            worker.connection.close()
            worker.process.kill()
            worker.process.join()

    def _start(self) -> _Worker:
        ours, theirs = self.context.Pipe()
        inherited = [ours, *(worker.connection for worker in self.workers)]
        arguments = (theirs, self.task, inherited, os.getpid())
        process = self.context.Process(target=_work, args=arguments, daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _assign(self, worker: _Worker, waiting: Iterator[int]) -> bool:
        number = next(waiting, None)
        if number is None:
            return False
        worker.number, worker.deadline = number, time.monotonic() + self.time_limit
        try:
            worker.connection.send(number)
        except OSError:
            raise _death(worker) from None
        return True

    def _answer(self, worker: _Worker) -> bytes:
        try:
            result = worker.connection.recv_bytes()
        except (EOFError, ConnectionResetError):
            raise _death(worker) from None
        if result[:1] == FAILED:
            raise pickle.loads(result[1:])
        return result[1:]

    def _late(self, busy: dict[Connection, _Worker]) -> list[_Worker]:
        now = time.monotonic()
        return [w for w in busy.values() if w.deadline <= now and not w.connection.poll()]

    def _replace(self, worker: _Worker) -> _Worker:
        worker.process.kill()
        worker.process.join()
        worker.connection.close()
        fresh = self._start()
        self.workers[self.workers.index(worker)] = fresh
        return fresh


def _death(worker: _Worker) -> Exception:
    """Return the exception that says how a worker ended."""
    worker.process.join()
    if worker.process.exitcode in {-signal.SIGKILL, -signal.SIGTERM}:
        return WorkerKilledError(
            f"a process of this build was ended from outside (signal {-worker.process.exitcode}):"
            " there may be too little memory; nothing was changed in the output"
        )
    return WorkerDiedError(f"the process for task {worker.number} died")


def _work(
    connection: Connection,
    task: Callable[[int], bytes],
    inherited: Iterable[Connection],
    parent: int,
) -> None:
    """Answer numbers with results until the other end closes; send back exceptions too."""
    end_with(parent)
    for other in inherited:  # while a worker holds an end, its closing would not be noticed
        other.close()
    with contextlib.suppress(EOFError, ConnectionError, KeyboardInterrupt):  # nobody asks any more
        while True:
            number, failure = connection.recv(), Failure()
            with failure:
                connection.send_bytes(DONE + task(number))
            if error := failure.error:
                error.add_note("in a worker:\n" + "".join(traceback.format_exception(error)))
                connection.send_bytes(FAILED + pickle.dumps(error))


def end_with(parent: int) -> None:
    """Make the system end this worker if the build is killed; it would write and hold the lock."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "prctl"):
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # the parent was killed before that call
        os._exit(1)
