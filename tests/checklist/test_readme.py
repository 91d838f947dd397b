"""The examples in the README work."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plugins.checklist.settings import Settings
from tests.checklist.reading import read

README = Path(__file__).parents[2] / "plugins/checklist/README.md"
EXAMPLES = re.findall(r"^```markdown\n(.*?)^```", README.read_text(), re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_one_checklist_without_problems(example: str) -> None:
    _, reading = read(example)

    assert (len(reading.parts), reading.problems) == (1, [])


def test_every_setting_is_explained() -> None:
    rows = re.findall(r"^\| `(\w+)` \| `?", README.read_text(), re.MULTILINE)

    assert rows == list(Settings.__struct_fields__)
