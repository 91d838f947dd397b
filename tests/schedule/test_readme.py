"""The examples and tables of the README hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plugins.schedule import model
from plugins.schedule.parsing import items, itinerary, names
from plugins.schedule.parsing.itinerary import parse_itinerary
from plugins.schedule.parsing.parse import parse_schedule
from plugins.schedule.schema import EventFrontMatter
from plugins.source.problem import Source
from plugins.source.schema import FrontMatter, keys_of

README = (Path(__file__).parents[2] / "plugins/schedule/README.md").read_text()
EXAMPLES = re.findall(r"^```(schedule|itinerary)\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize(("language", "text"), EXAMPLES)
def test_an_example_has_no_problems(language: str, text: str) -> None:
    source = Source("README.md", text)
    parsed = parse_schedule(source) if language == "schedule" else parse_itinerary(source)

    assert parsed[1] == []


def test_every_key_of_an_event_is_explained() -> None:
    table = README.partition("What its front matter may hold:")[2].partition("Beside these")[0]

    rows = re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)

    assert rows == ["title", *(key for key in keys_of(EventFrontMatter) if key not in SHARED)]


def test_every_key_of_an_item_is_explained() -> None:
    table = README.partition("| Key | What it is |\n| --- | --- |\n| `title`")[2].partition("\n\n")[
        0
    ]
    firsts = " ".join(row.partition(" | ")[0] for row in table.splitlines())

    explained = {word.replace(" ", "_") for word in re.findall(r"`([\w ]+)`", firsts)}

    assert explained == set(items.KEYS) - {"title"}


def test_every_kind_and_status_is_named() -> None:
    for words in (model.Kind, model.Status):
        *most, last = [f"`{word}`" for word in words]
        assert f"{', '.join(most)} or {last}" in README


@pytest.mark.parametrize("keys", [names.ROOM_KEYS, names.TRACK_KEYS, names.SPEAKER_KEYS])
def test_every_key_of_a_declaration_is_named(keys: tuple[str, ...]) -> None:
    rows = re.findall(r"^\| a (?:room|track|speaker) \| (.*) \|$", README, re.MULTILINE)

    assert set(keys) in [set(re.findall(r"`(\w+)`", row)) for row in rows]


def test_every_key_of_an_entry_is_named() -> None:
    text = README.partition("As a mapping, an entry has")[2].partition("\n\n")[0]

    assert set(re.findall(r"`(\w+)`", text)) == set(itinerary.KEYS)


SHARED = set(keys_of(FrontMatter))
