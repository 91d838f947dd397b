"""Cases as documents: a title, a line of `.`, the input, a line of `.`, the output, a line of `.`.

A bug report becomes a few lines of text in a `cases/*.md`. With `--golden`, outputs are not taken
from what the code does now: cases are written by hand.
"""

from __future__ import annotations

from pathlib import Path

import pytest


def read_cases(file: Path) -> list[object]:
    """The cases of a file, as parameters: input and output, each without its last newline."""
    parts = f"\n{file.read_text('utf-8')}".split("\n.\n")
    *whole, rest = (parts[n : n + 3] for n in range(0, len(parts), 3))
    assert rest == [""] or not rest[0].strip(), f"{file.name}: a case that does not end"
    return [pytest.param(given, wanted, id=title.strip()) for title, given, wanted in whole]
