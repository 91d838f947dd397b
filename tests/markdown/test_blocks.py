"""CommonMark's blocks, GitHub's tables and ours: whole outputs, written from what those say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases import read_cases
from tests.markdown.reading import read_body, told
from tests.markdown.structure import shape

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize(("given", "wanted"), read_cases(CASES / "blocks.md"))
def test_markup(given: str, wanted: str) -> None:
    document, problems = read_body(given + "\n")

    assert told(problems) == ""
    assert shape(document.body.html(lambda link: link.target)) == shape(wanted)
