"""The pattern of an event: the same for the same name, and light."""

from __future__ import annotations

from hypothesis import given
from hypothesis.strategies import text
from lxml import etree

from plugins.schedule.pages.pattern import pattern_svg

MOST_BYTES = 2000


@given(text())
def test_pattern_is_small_and_well_formed_whatever_the_name(name: str) -> None:
    svg = pattern_svg(name, id="pattern-a")

    assert len(svg.encode()) < MOST_BYTES
    assert etree.fromstring(svg).get("aria-hidden") == "true"
    assert svg == pattern_svg(name, id="pattern-a")


def test_events_of_other_names_have_other_patterns() -> None:
    drawn = {pattern_svg(f"Ebb & Flow {year}", id="a") for year in range(2020, 2040)}

    assert len(drawn) == 20
