"""Task lists become checklists with ids, states, days and problems."""

from __future__ import annotations

import pytest

from tests.checklist.reading import as_text, cases, read


@pytest.mark.parametrize(("given", "wanted"), cases("lists.md"))
def test_lists_of_a_post_are_read(given: str, wanted: str) -> None:
    _, reading = read(given)

    assert as_text(reading) == wanted


@pytest.mark.parametrize(("given", "wanted"), cases("joined.md"))
def test_lists_of_a_checklist_post_are_joined(given: str, wanted: str) -> None:
    _, reading = read(given, kind="checklist")

    assert as_text(reading) == wanted
