"""What a reader pastes into a real shell is the value, or nothing was copied."""

from __future__ import annotations

import random

import pytest

from tests.command.pasted import faults, pairs, shells

PAIRS = 1_000


@pytest.mark.parametrize("shell", shells())
def test_value_arrives_and_nothing_else_runs(shell: str) -> None:
    copied = [pair for pair in pairs(PAIRS, random.Random(shell)) if pair.text]

    assert faults(shell, copied) == []


def test_most_kinds_of_places_are_tried() -> None:
    tried = list(pairs(PAIRS, random.Random(0)))

    assert sum(bool(pair.text) for pair in tried) > PAIRS // 5
    assert len({pair.context for pair in tried}) > 100
