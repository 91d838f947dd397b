"""What is on when, by example."""

from __future__ import annotations

from plugins.schedule.agenda import Agenda, Cell, Timetable
from plugins.schedule.model import Programme
from plugins.schedule.parsing.parse import parse_schedule
from plugins.source.problem import Source
from tests.schedule.parsing.reading import programme_of

DAY = """\
zone: UTC
rooms: [Attic, Cellar, Yard]
2026-05-09:
  - 09:00 30m Opening | | *
  - 09:30-10:30:
      - Knots | Wanda Weft | Attic
      - 30m Nets | Otto Oak | Yard
  - 09:30 2h Splicing | Vera Vane | Cellar
  - Somewhen
  - 10:30 30m Coffee
  - 11:00-12:00:
      - Ropes | Wanda Weft | Attic
      - Sails | Otto Oak | Cellar, Yard | cancelled
"""


def agenda_of(text: str) -> tuple[Agenda, Programme]:
    programme = programme_of(text)
    return Agenda(programme), programme


def slots_text(text: str) -> str:
    agenda, programme = agenda_of(text)
    return "\n".join(
        (f"{slot.start.wall:%H:%M} " if slot.start else "— ")
        + ", ".join(session.id for session in slot.sessions)
        for day in programme.days
        for slot in agenda.slots(day)
    )


def table_text(text: str) -> str:
    """The rows of the first day's table, each cell with its spans."""
    programme, _ = parse_schedule(Source("schedule.yaml", text))
    return drawn(Agenda(programme).timetable(programme.days[0]))


def drawn(table: Timetable) -> str:
    rows = [
        f"{row.start.wall:%H:%M}–{row.end.wall:%H:%M} " + " | ".join(map(_cell, row.cells))
        for row in table.rows
    ]
    return "\n".join([" | ".join(room or "?" for room in table.rooms), *rows])


def _cell(cell: Cell) -> str:
    names = [f"({s.id})" if s.id in cell.again else s.id for s in cell.sessions]
    return f"{'+'.join(names) or '·'} {cell.row_span}×{cell.column_span}"


def test_slots_put_plenary_first_then_rooms_and_keep_the_untimed_in_place() -> None:
    assert slots_text(DAY) == (
        "09:00 opening\n09:30 knots, splicing, nets\n— somewhen\n10:30 coffee\n11:00 ropes, sails"
    )


def test_slots_of_an_order_without_times_are_one_each() -> None:
    assert slots_text("2026-05-09:\n  - B\n  - A\n  - C\n") == "— b\n— a\n— c"


def test_slots_go_by_instant_in_the_hour_that_comes_twice() -> None:
    text = (
        "zone: Europe/Amsterdam\n2026-10-24:\n"
        "  - 26:00 (second) 30m C\n  - 26:30 (first) 30m B\n  - 25:30 30m A\n"
    )

    assert slots_text(text) == "01:30 a\n02:30 b\n02:00 c"


def test_a_timetable_spans_rows_and_columns() -> None:
    assert table_text(DAY.replace("09:30 2h", "09:30 90m")) == (
        "attic | cellar | yard\n"
        "09:00–09:30 opening 1×3\n"
        "09:30–10:00 knots 2×1 | splicing 3×1 | nets 1×1\n"
        "10:00–10:30 · 1×1\n"
        "10:30–11:00 coffee 1×1 | (coffee) 1×1\n"
        "11:00–12:00 ropes 1×1 | sails 1×2"
    )


def test_a_timetable_puts_clashes_into_one_cell() -> None:
    text = (
        "zone: UTC\n2026-05-09:\n  - 09:00-10:00 A | | Attic\n"
        "  - 09:30-10:30 B | | Attic\n  - 10:30 30m C | | Attic\n"
    )

    assert table_text(text) == (
        "attic\n09:00–09:30 a+b 3×1\n09:30–10:00 \n10:00–10:30 \n10:30–11:00 c 1×1"
    )


def test_a_timetable_leaves_out_time_in_which_nothing_is_on() -> None:
    text = "zone: UTC\n2026-05-09:\n  - 09:00 1h A | | Attic\n  - 14:00 1h B | | Attic\n"

    assert table_text(text) == "attic\n09:00–10:00 a 1×1\n14:00–15:00 b 1×1"


def test_a_timetable_has_a_column_for_rooms_that_are_not_known() -> None:
    text = "zone: UTC\n2026-05-09:\n  - 09:00 1h A | | Attic\n  - 09:00 1h B\n"

    assert table_text(text) == "attic | ?\n09:00–10:00 a 1×1 | b 1×1"


def test_a_timetable_needs_no_column_for_what_is_on_alone() -> None:
    text = "zone: UTC\n2026-05-09:\n  - 09:00 1h A | | Attic, Yard\n  - 19:00 1h Dinner\n"

    assert table_text(text) == "attic | yard\n09:00–10:00 a 1×2\n19:00–20:00 dinner 1×2"


def test_a_session_without_an_end_is_taken_to_last_until_the_next_start() -> None:
    agenda, programme = agenda_of(
        "zone: UTC\n2026-05-09:\n  - 09:00 A\n  - 09:00 B\n  - 09:40 C\n  - D\n"
    )

    ends = [agenda.until(session) for session in programme.sessions]

    assert [end and f"{end.wall:%H:%M}" for end in ends] == ["09:40", "09:40", "10:40", None]


def test_beside_are_those_who_overlap_without_breaks_and_the_cancelled() -> None:
    agenda, programme = agenda_of(DAY)
    splicing = programme.session("splicing")
    assert splicing

    assert [session.id for session in agenda.beside(splicing)] == ["knots", "nets", "ropes"]


def test_next_in_room_is_not_cancelled() -> None:
    agenda, programme = agenda_of(DAY)
    knots, nets = programme.session("knots"), programme.session("nets")
    assert knots
    assert nets

    following = agenda.next_in_room(knots)

    assert following
    assert following.id == "ropes"
    assert agenda.next_in_room(nets) is None
