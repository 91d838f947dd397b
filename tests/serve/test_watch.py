"""Which changes are worth a build, and what is said of them."""

from __future__ import annotations

from pathlib import Path

from watchfiles import Change

from plugins.serve.watch import lasting


def test_files_that_came_and_went_are_no_changes(tmp_path: Path) -> None:
    """`sed -i` writes a file of its own, and gives it the text's name."""
    text, gone = str(tmp_path / "a.md"), str(tmp_path / "sedX")
    Path(text).touch()
    passing = {(Change.added, gone), (Change.deleted, gone)}

    assert lasting(passing | {(Change.added, text)}) == {(Change.added, text)}
    assert lasting(passing) is None
    assert lasting({(Change.deleted, gone)}) == {(Change.deleted, gone)}
    assert lasting(set()) == set()
