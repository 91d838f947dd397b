"""What `markdown/fast/` makes is what libraries make without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.markdown.converter import Converter
from plugins.markdown.reading import Reading
from plugins.markdown.write import Written
from plugins.source.problem import Source
from plugins.source.schema import FrontMatter

CONTENT = Path(__file__).parents[2] / "content"


def segments(text: str, *, is_fast: bool) -> tuple[str, ...]:
    """The markup of a text between its links."""
    reading = Reading(Source("post.md", text), FrontMatter(title=""), "post")
    root = Converter((), is_fast=is_fast).convert(reading.source, reading).root
    return Written(reading).write(root).body.segments


@pytest.mark.parametrize("file", sorted(CONTENT.rglob("*.md")), ids=lambda file: file.stem)
def test_texts_of_the_site_are_the_same(file: Path) -> None:
    text = file.read_text("utf-8").partition("\n---\n")[2]

    assert segments(text, is_fast=True) == segments(text, is_fast=False)
