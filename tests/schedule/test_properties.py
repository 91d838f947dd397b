"""What holds for every programme: nothing is lost, and times and clashes are as recomputed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.schedule.agenda import Agenda, Timetable
from plugins.schedule.model import Leg, Session
from plugins.schedule.parsing.itinerary import parse_itinerary
from plugins.schedule.parsing.parse import parse_schedule
from plugins.source.problem import Severity, Source
from tests.schedule.parsing.reading import programme_of
from tests.schedule.programmes import ZONES, Plan, Planned, clock, plans

DECADE_MINUTES = 10 * 366 * 24 * 60
INSTANTS = st.integers(0, DECADE_MINUTES).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(zone=st.sampled_from(ZONES), start=INSTANTS, minutes=st.integers(1, 23 * 60))
def test_times_survive_every_zone(zone: str, start: datetime, minutes: int) -> None:
    end = start + timedelta(minutes=minutes)
    day = start.astimezone(ZoneInfo(zone)).date()
    text = f"zone: {zone}\n{day}:\n  - {clock(start, zone, day)}-{clock(end, zone, day)} A\n"

    (session,) = programme_of(text).sessions

    assert (session.start and session.start.instant) == start
    assert (session.end and session.end.instant) == end
    assert session.start
    assert session.start.aware.isoformat() == (start.astimezone(ZoneInfo(zone)).isoformat())


@given(zone=st.sampled_from(ZONES), other=st.sampled_from(ZONES), start=INSTANTS)
def test_both_ends_of_a_leg_survive_every_zone(zone: str, other: str, start: datetime) -> None:
    end = start + timedelta(hours=15)
    day = start.astimezone(ZoneInfo(zone)).date()
    local = end.astimezone(ZoneInfo(other))
    later = (local.date() - day).days
    arrival = clock(end, other, local.date()).replace(" (", f"+{later} (", 1)
    arrival = arrival if "(" in arrival else f"{arrival}+{later}"
    if later < 0:
        return  # The date line was crossed within minutes of midnight; no notation for it.
    text = f"{day}:\n  - A {clock(start, zone, day)} {zone} → B {arrival} {other}\n"

    itinerary, problems = parse_itinerary(Source("trip.md", text))

    (leg,) = itinerary.entries
    assert isinstance(leg, Leg)
    assert (problems, leg.length) == ([], timedelta(hours=15))
    assert leg.start
    assert leg.start.instant == start


@given(plans())
def test_a_programme_means_what_was_planned(plan: Plan) -> None:
    programme, problems = parse_schedule(Source("schedule.yaml", plan.text))

    assert [p for p in problems if p.severity is Severity.ERROR] == []
    assert [_as_planned(session) for session in programme.sessions] == list(plan.sessions)


@given(plans())
def test_clashes_agree_with_a_plain_recomputation(plan: Plan) -> None:
    _, problems = parse_schedule(Source("schedule.yaml", plan.text))

    rooms = sum("used twice at once" in problem.found for problem in problems)
    speakers = sum("in two places at once" in problem.found for problem in problems)
    pairs = [pair for pair in combinations(plan.sessions, 2) if _overlap(*pair)]
    both = [pair for pair in pairs if _are_in_one(*pair)]
    for_all = [(a, b) for a, b in pairs if "*" in {a.room, b.room} and "" not in {a.room, b.room}]
    busy = [pair for pair in pairs if pair not in both and pair[0].speaker == pair[1].speaker != ""]
    assert rooms == _latecomers(plan, both) + _latecomers(plan, for_all)
    assert speakers == _latecomers(plan, busy)


@given(plans())
def test_slots_hold_each_session_once_in_order(plan: Plan) -> None:
    programme, _ = parse_schedule(Source("schedule.yaml", plan.text))
    agenda = Agenda(programme)

    for day in programme.days:
        slots = agenda.slots(day)
        found = [session.id for slot in slots for session in slot.sessions]
        starts = [slot.start.instant for slot in slots if slot.start]
        assert sorted(found) == sorted(session.id for session in day.sessions)
        assert all(before < after for before, after in pairwise(starts))


@given(plans())
def test_a_timetable_holds_each_session_once_where_and_when_it_is(plan: Plan) -> None:
    programme, _ = parse_schedule(Source("schedule.yaml", plan.text))
    agenda = Agenda(programme)

    for day in programme.days:
        table = agenda.timetable(day)
        shown = [
            session
            for row in table.rows
            for cell in row.cells
            for session in cell.sessions
            if session.id not in cell.again
        ]
        _assert_tiled(table)
        _assert_in_place(table)
        assert sorted(s.id for s in shown) == sorted(s.id for s in day.sessions)


@given(plans())
def test_what_is_beside_and_next_agrees_with_a_plain_recomputation(plan: Plan) -> None:
    programme, _ = parse_schedule(Source("schedule.yaml", plan.text))
    agenda = Agenda(programme)

    for session, meant in zip(programme.sessions, plan.sessions, strict=True):
        others = [p for p in plan.sessions if p.status != "cancelled"]
        beside = [
            o for o in others if o is not meant and meant.start < o.end and o.start < meant.end
        ]
        later = [o for o in others if o.room == meant.room and o.start >= meant.end]
        later = [o for o in later if o.day == meant.day and o.room not in {"", "*"}]
        following = agenda.next_in_room(session)
        assert sorted(map(str, map(_as_planned, agenda.beside(session)))) == sorted(
            map(str, beside)
        )
        assert (following and _as_planned(following).start) == min(
            (o.start for o in later), default=None
        )


@given(st.lists(st.integers(1, 120), min_size=1, max_size=12), st.sampled_from(ZONES))
def test_chained_lengths_add_up(lengths: list[int], zone: str) -> None:
    rest = "".join(f"  - {length}m Number {n}\n" for n, length in enumerate(lengths))
    text = f"zone: {zone}\n2026-10-24:\n  - 09:00 1m First\n{rest}"

    first, *others = programme_of(text).sessions

    passed = timedelta(minutes=1)
    for length, session in zip(lengths, others, strict=True):
        assert first.start
        assert session.start
        assert session.end
        assert session.start.instant - first.start.instant == passed
        passed += timedelta(minutes=length)
        assert session.end.instant - first.start.instant == passed


@given(st.text(alphabet="09:-+– mhT|→ab(){}[]'\"#,\n", max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    source = Source("schedule.yaml", f"zone: UTC\n2026-05-09:\n  - {text}\n")

    programme, problems = parse_schedule(source)
    itinerary, more = parse_itinerary(source)

    assert len({session.id for session in programme.sessions}) == len(programme.sessions)
    assert len({entry.id for entry in itinerary.entries}) == len(itinerary.entries)
    assert all(problem.place.line for problem in [*problems, *more])


@given(plans())
@settings(max_examples=20)
def test_the_same_text_gives_the_same_programme(plan: Plan) -> None:
    source = Source("schedule.yaml", plan.text)

    assert parse_schedule(source) == parse_schedule(source)


def _as_planned(session: Session) -> Planned:
    assert session.start
    assert session.end
    return Planned(
        session.day,
        session.start.instant,
        session.end.instant,
        "*" if session.is_everywhere else "".join(session.rooms).capitalize(),
        "".join(session.speakers).replace("-", " ").title(),
        str(session.status),
    )


def _overlap(one: Planned, other: Planned) -> bool:
    if "cancelled" in {one.status, other.status}:
        return False
    return one.start < other.end and other.start < one.end


def _latecomers(plan: Plan, pairs: list[tuple[Planned, Planned]]) -> int:
    """How many sessions begin while another one of a pair is on."""
    number = {id(session): place for place, session in enumerate(plan.sessions)}
    return len({max((each.start, number[id(each)]) for each in pair) for pair in pairs})


def _are_in_one(one: Planned, other: Planned) -> bool:
    return one.room == other.room and one.room not in {"", "*"}


def _assert_tiled(table: Timetable) -> None:
    covered = [
        (row, column)
        for line in table.rows
        for cell in line.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    ]
    every = [(row, column) for row in range(len(table.rows)) for column in range(len(table.rooms))]
    assert sorted(covered) == every


def _assert_in_place(table: Timetable) -> None:
    for row in table.rows:
        for cell in row.cells:
            last = table.rows[cell.row + cell.row_span - 1]
            starts = [s.start.instant for s in cell.sessions if s.start]
            ends = [s.end.instant for s in cell.sessions if s.end]
            rooms = table.rooms[cell.column : cell.column + cell.column_span]
            here = [s for s in cell.sessions if not s.is_everywhere]
            is_wide = rooms == table.rooms
            assert all(set(s.rooms or ("",)) & set(rooms) or is_wide for s in here)
            assert not starts or min(starts) == row.start.instant
            assert not ends or max(ends) == last.end.instant
