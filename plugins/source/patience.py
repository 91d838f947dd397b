"""Watch the processor time of a piece of work, and end it if it takes too much."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable, Iterator
from itertools import count

TICK = 0.25
"""Seconds of processor time between two calls."""


@contextlib.contextmanager
def looked_at(look: Callable[[float], None]) -> Iterator[None]:
    """Call `look` with the block's processor time in seconds, every `TICK` seconds of it.

    An exception that `look` raises ends the block, even within a regular expression that never
    ends. Python handles signals in the main thread, where builds and their workers run.
    """
    ticks = count(1)
    former = signal.signal(signal.SIGVTALRM, lambda number, frame: look(next(ticks) * TICK))
    signal.setitimer(signal.ITIMER_VIRTUAL, TICK, TICK)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, former)


@contextlib.contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise TimeoutError in the block if it takes more than so many seconds of processor time."""

    def look(taken: float) -> None:
        if taken > seconds:
            raise TimeoutError

    with looked_at(look):
        yield
