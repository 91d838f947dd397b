"""Tables that people write by hand: lengths as in a schedule.yaml, and cells that are none."""

from __future__ import annotations

from tests.schedule.imports.reading import written

TABLE = """title,day,start,duration,room
Opening,2026-12-01,09:00,30m,Hall
Tea,2026-12-01,09:30,1h30,Hall
Torn,2026-12-01,9 o'clock,long,Hall
"""


def test_length_is_read_as_a_schedule_has_it() -> None:
    text = written(TABLE, zone="Europe/Berlin")

    assert "time: 09:00-09:30" in text
    assert "time: 09:30-11:00" in text


def test_cell_that_is_no_time_is_told_with_its_line() -> None:
    text = written(TABLE, zone="Europe/Berlin")

    assert "4: “9 o'clock” as start, which is not written like 09:30; left out" in text
    assert "4: “long” as length, which is not written like 45, 45m or 1:30; left out" in text
