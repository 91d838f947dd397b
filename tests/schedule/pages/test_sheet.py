"""How many lines a day takes on its sheet of paper."""

from __future__ import annotations

import pytest

from tests.schedule.formats.exporting import presenter_of

DAY = """\
rooms: [Attic, Cellar]
2026-10-24:
  - 09:00 1h Opening | | all rooms
  - 10:00-11:00:
      - {long} | Otto Oak | Attic
      - Nets | Ada Ash | Cellar{mark}
"""


@pytest.mark.parametrize(
    ("long", "mark", "lines"),
    [
        ("Knots", "", 4),
        ("Knots", " | cancelled", 4),
        ("Knots and whatever else is made of rope, " * 3, "", 5),
        ("Knots", " | tentative, workshop:\n          was: 2026-10-25 12:00 | Attic", 5),
    ],
)
def test_row_has_the_lines_of_the_longest_in_it(long: str, mark: str, lines: int) -> None:
    presenter = presenter_of(DAY.format(long=long, mark=mark))
    (day,) = presenter.days(presenter.programme.days)

    assert day.lines == lines
