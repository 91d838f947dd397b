"""A process that waits answers as this one would, and is never in the way."""

from __future__ import annotations

import time
from pathlib import Path

from plugins.engine.lock import locked
from plugins.engine.standby import Standby
from plugins.engine.workers import Overrun


def halved(number: int) -> int:
    """Half of it; 0 takes for ever, odd numbers fail, and negative ones kill the process."""
    if not number:
        time.sleep(60)
    if number < 0:
        raise SystemExit
    if number % 2:
        raise ValueError(number)
    return number // 2


def test_the_last_question_is_answered() -> None:
    standby = Standby(halved, [8])
    standby.ask(4)  # of a build that was given up
    standby.ask(6)

    assert standby.answer(time_limit=5) == 3
    assert standby.is_alive
    standby.close()


def test_an_answer_that_does_not_come_is_told() -> None:
    late, dead = Standby(halved, []), Standby(halved, [])
    late.ask(0)
    dead.ask(-7)

    assert late.answer(time_limit=0.1) == Overrun(0.1)
    assert dead.answer(time_limit=5) is None
    assert not late.is_alive
    assert not dead.is_alive
    dead.ask(2)
    assert dead.answer(time_limit=5) is None


def test_a_question_that_fails_is_for_the_asker_to_try_again() -> None:
    standby = Standby(halved, [5])
    standby.ask(7)

    assert standby.answer(time_limit=5) is None
    standby.ask(6)
    assert standby.answer(time_limit=5) == 3
    standby.close()


def test_lock_of_a_build_ends_with_it_though_the_process_stays(tmp_path: Path) -> None:
    with locked(tmp_path / "lock"):
        standby = Standby(halved, [])

    with locked(tmp_path / "lock"):
        assert standby.is_alive
    standby.close()
