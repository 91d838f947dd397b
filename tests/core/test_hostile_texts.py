"""Five hundred of the texts that `python -m tests.fuzz` tries by the million."""

from __future__ import annotations

import random

import pytest

from tests.fuzz.targets import targets
from tests.fuzz.texts import Writer, originals

COUNT = 100


@pytest.mark.parametrize("name", ["body", "document", "itinerary", "schedule", "settings"])
def test_hostile_text_is_read_or_told(name: str) -> None:
    read, writer = targets()[name], Writer(random.Random(name), originals(name))

    for _ in range(COUNT):
        read(writer.text())
