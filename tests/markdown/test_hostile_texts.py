"""Six hundred of the texts that `python -m tests.fuzz` tries by the million."""

from __future__ import annotations

import pytest

from tests.fuzz.targets import targets
from tests.fuzz.texts import writer

COUNT = 100


@pytest.mark.parametrize(
    "name", ["body", "document", "import", "itinerary", "schedule", "settings"]
)
def test_hostile_text_is_read_or_told(name: str) -> None:
    read, texts = targets()[name], writer(name, seed=name)

    for _ in range(COUNT):
        read(texts.text())
