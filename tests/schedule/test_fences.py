"""Fences of programmes and itineraries in a post."""

from __future__ import annotations

import pytest

from plugins.markdown.converter import Converter
from plugins.markdown.reading import Readers
from plugins.schedule.read import FENCES
from plugins.site.read import DocumentReader
from tests.markdown.reading import HEAD, POSTS, ZONE, told


@pytest.mark.parametrize("language", ["schedule", "itinerary"])
def test_an_unknown_option_is_reported(language: str) -> None:
    fence = f'```{language} {{titel="x"}}\nzone: Europe/Lisbon\n2026-05-09:\n  - Tea\n```\n'
    reader = DocumentReader(Converter([Readers(fences=FENCES)]), ZONE)
    _, problems = reader.read("a.md", "a.md", (HEAD + fence).encode(), section=POSTS)

    column = len(f"```{language} {{") + 1
    assert told(problems) == (
        f"a.md:6:{column}: warning: found the option “titel”; expected title\n"
        f'    6 | ```{language} {{titel="x"}}\n'
        f"      | {' ' * (column - 1)}^\n"
        "    hint: did you mean “title”?"
    )
