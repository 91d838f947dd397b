"""The examples in the README work, and its tables are whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plugins.command.evaluated import DATA_COMMANDS
from plugins.command.lint import OPTIONS
from plugins.command.settings import Settings
from tests.command.reading import read

README = (Path(__file__).parents[2] / "plugins/command/README.md").read_text("utf-8")
EXAMPLES = re.findall(r"^````markdown\n(.*?)^````", README, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_one_block_without_problems(example: str) -> None:
    _, reading = read(example)

    assert (len(reading.parts), reading.problems) == (1, [])


def test_every_option_and_setting_is_explained() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \|", README, re.MULTILINE)

    assert dict(rows[: len(OPTIONS)]) == dict(OPTIONS)
    assert [name for name, _ in rows[len(OPTIONS) :]] == list(Settings.__struct_fields__)


def test_commands_that_only_take_data_are_named() -> None:
    sentence = re.search(r"Commands that only take data are (.*?);", README, re.DOTALL)

    assert sentence
    assert tuple(re.findall(r"`(.*?)`", sentence[1])) == DATA_COMMANDS
