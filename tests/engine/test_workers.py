"""Tasks run in processes of their own: each ends with a result, an overrun or an exception."""

from __future__ import annotations

import os
import time

import pytest

from plugins.engine.workers import Overrun, WorkerDiedError, run_tasks


def squared(number: int) -> bytes:
    return b"%d" % number**2


def endless(number: int) -> bytes:
    while number % 10 == 3:
        time.sleep(60)
    return b"%d" % number


def raising(number: int) -> bytes:
    if number == 3:
        raise ValueError("three")
    return b"%d" % number


def dying(number: int) -> bytes:
    if number == 3:
        os._exit(9)
    return b"%d" % number


@pytest.mark.parametrize(("count", "processes"), [(0, 2), (1, 4), (50, 1), (50, 3)])
def test_each_task_is_done_once(count: int, processes: int) -> None:
    results = dict(run_tasks(squared, count, processes=processes))

    assert results == {number: squared(number) for number in range(count)}


def test_task_that_never_ends_is_ended_and_the_others_are_done() -> None:
    results = dict(run_tasks(endless, 30, processes=2, time_limit=0.5))

    overrun = Overrun(0.5)
    assert results == {n: overrun if n in {3, 13, 23} else b"%d" % n for n in range(30)}


def test_exception_of_a_task_is_raised_with_its_place() -> None:
    with pytest.raises(ValueError, match=r"^three\n") as raised:
        dict(run_tasks(raising, 10, processes=2))

    assert raised.value.args == ("three",)
    (note,) = raised.value.__notes__
    assert note.startswith("in a worker:\nTraceback (most recent call last):\n")
    assert "in raising" in note


def test_worker_that_dies_is_told() -> None:
    with pytest.raises(WorkerDiedError, match=r"^the process for task 3 died$"):
        dict(run_tasks(dying, 10, processes=2))


def test_no_worker_outlives_the_run() -> None:
    pids = {pid for _, pid in run_tasks(lambda number: b"%d" % os.getpid(), 20, processes=2)}

    assert not any(os.path.exists(f"/proc/{int(pid)}") for pid in pids)  # noqa: PTH110
