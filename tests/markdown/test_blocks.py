"""CommonMark's blocks, GitHub's tables and ours: whole outputs, written from what those say."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.markdown import render_markdown
from tests.cases import read_cases
from tests.markdown.structure import shape

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize(("given", "wanted"), read_cases(CASES / "blocks.md"))
def test_markup(given: str, wanted: str) -> None:
    assert shape(render_markdown(given)) == shape(wanted)
