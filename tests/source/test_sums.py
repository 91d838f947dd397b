"""A file that is as it was is not read again, and one that may have changed always is."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from plugins.source.sums import Sums, sum_of

SYSTEM_FILE = os.__file__
"""A file that was written long before the test began."""

LONG_AGO = 1_300_000_000_000_000_000


def test_change_is_seen_even_with_size_and_time_as_before(tmp_path: Path) -> None:
    file, sums = tmp_path / "a.md", Sums()
    for text in ("one", "two", "six"):
        file.write_text(text)
        os.utime(file, ns=(LONG_AGO, LONG_AGO))
        assert sums.of(str(file)) == sum_of(text.encode())


def test_file_that_has_rested_is_not_opened_again() -> None:
    sums, opened = Sums(), list[str]()

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and arguments[0] == SYSTEM_FILE:
            opened.append(event)

    sys.addaudithook(hook)
    assert sums.of(SYSTEM_FILE) == sums.of(SYSTEM_FILE) == sum_of(Path(SYSTEM_FILE).read_bytes())
    assert len(opened) == 2  # by the first call, and to compare with
