"""Look at what a piece of work has taken, while it is at it, and end it when that is too much."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable, Iterator
from itertools import count

TICK = 0.25
"""Seconds of the processor between two looks."""


@contextlib.contextmanager
def looked_at(look: Callable[[float], None]) -> Iterator[None]:
    """Call `look` with the seconds of the processor that the block has taken, again and again.

    What it raises ends the block, a regular expression that never ends among it. Python hands
    signals to the main thread, where builds and their workers run.
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
    """Raise TimeoutError in the block when it takes more than so many seconds."""

    def look(taken: float) -> None:
        if taken > seconds:
            raise TimeoutError

    with looked_at(look):
        yield
