"""A second import keeps what a person changed, takes what the file changed, and tells of both."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.schedule.imports.summary import Change, told_changes
from tests.schedule.imports.reading import again, main, outcome_of

EVENT = (
    '<event id="{id}"><date>2026-10-{day}T{start}:00+02:00</date><duration>00:45</duration>'
    "<room>{room}</room><title>{title}</title><description>{text}</description>"
    "<persons><person>{who}</person></persons></event>"
)
KNOTS = {
    "id": 1,
    "day": 20,
    "start": "10:00",
    "room": "Attic",
    "title": "Knots",
    "text": "Five.",
    "who": "Wanda",
}
NETS = {
    "id": 2,
    "day": 20,
    "start": "11:00",
    "room": "Attic",
    "title": "Nets",
    "text": "Big.",
    "who": "Otto",
}


def frab(*events: dict[str, object]) -> str:
    """A frab file of those events."""
    days: dict[object, str] = {}
    for event in events:
        days[event["day"]] = days.get(event["day"], "") + EVENT.format(**event)
    inner = "".join(f'<day date="2026-10-{day}">{text}</day>' for day, text in days.items())
    zone = "<time_zone_name>Europe/Berlin</time_zone_name>"
    return f"<schedule><conference><title>F</title>{zone}</conference>{inner}</schedule>"


TWO_RANGES = (range(1, 7), range(11, 18))

FIRST = outcome_of(frab(KNOTS, NETS))
SCHEDULE = str(FIRST.files["schedule.yaml"])


def told(outcome: object) -> list[str]:
    """The headlines of all clashes."""
    return [str(clash) for clash in outcome.clashes]  # type: ignore[attr-defined]


def test_changes_of_the_file_are_taken_and_told() -> None:
    moved = {
        **NETS,
        "start": "14:00",
        "room": "Cellar",
        "title": "Big nets",
        "who": "Ada",
        "text": "Huge.",
    }
    ropes = {**KNOTS, "id": 3, "title": "Ropes", "start": "12:00"}

    outcome = again(FIRST, frab(moved, ropes))

    assert [str(change) for change in outcome.changes] == [
        "renamed     “Nets” is “Big nets” now",
        "moved       “Big nets” from 2026-10-20 11:00-11:45 to 2026-10-20 14:00-14:45",
        "other room  “Big nets” Attic → Cellar",
        "speakers    “Big nets” Otto → Ada",
        "new         “Ropes”, 2026-10-20 12:00-12:45, Attic",
        "gone        “Knots”, 2026-10-20 10:00-10:45, Attic",
        "text        “Nets” in talks/2.md",
    ]
    assert outcome.clashes == []
    assert outcome.files["talks/1.md"] is None
    assert outcome.files["talks/2.md"] == "---\ntitle: Big nets\n---\n\nHuge.\n"


def test_hand_edits_stay_where_the_file_has_not_changed() -> None:
    by_hand = SCHEDULE.replace("title: Knots", "title: Knots that hold").replace(
        "2026-10-20:", "# Doors open at nine.\n2026-10-20:\n  - 09:00 30m Coffee"
    )

    outcome = again(FIRST, frab(KNOTS, {**NETS, "start": "14:00"}), schedule=by_hand)

    assert outcome.files["schedule.yaml"] == by_hand.replace("11:00-11:45", "14:00-14:45")
    assert outcome.clashes == []


def test_what_both_changed_stays_and_is_told_with_its_line() -> None:
    by_hand = SCHEDULE.replace("title: Nets", "title: My nets")

    outcome = again(FIRST, frab(KNOTS, {**NETS, "title": "Their nets"}), schedule=by_hand)

    line = by_hand.split("\n").index("    title: My nets") + 1
    assert outcome.files["schedule.yaml"] == by_hand
    assert told(outcome) == [
        f"schedule.yaml:{line}: warning: found “My nets” as “title” of “2”, changed by hand; "
        "expected “Their nets”, as the file now says\n    hint: what stands here is kept",
    ]
    told_once = again(outcome, frab(KNOTS, {**NETS, "title": "Their nets"}), schedule=by_hand)
    assert told(told_once) == []


def test_session_moves_to_another_day_with_what_was_changed_by_hand() -> None:
    by_hand = SCHEDULE.replace("    title: Nets\n", "    title: Nets\n    note: Bring gloves.\n")

    outcome = again(FIRST, frab(KNOTS, {**NETS, "day": 21, "start": "09:00"}), schedule=by_hand)

    assert (
        outcome.files["schedule.yaml"]
        == """\
rooms:
  - Attic

2026-10-20:
  - id: 1
    title: Knots
    time: 10:00-10:45
    speakers: [Wanda]
    rooms: [Attic]

2026-10-21:
  - id: 2
    title: Nets
    note: Bring gloves.
    time: 09:00-09:45
    speakers: [Otto]
    rooms: [Attic]
"""
    )


def test_session_written_as_a_line_by_hand_is_left_alone() -> None:
    start = SCHEDULE.index("  - id: 2")
    by_hand = SCHEDULE[:start] + "  - 11:00 45m Nets | Otto | Attic: {id: 2}\n"

    outcome = again(FIRST, frab(KNOTS, {**NETS, "room": "Cellar"}), schedule=by_hand)

    text = str(outcome.files["schedule.yaml"])
    assert text == by_hand.replace("rooms:\n  - Attic\n", "rooms:\n  - Attic\n  - Cellar\n")
    assert [line.partition(";")[0] for line in told(outcome)] == [
        f"schedule.yaml:{text.count(chr(10)) - 1}: warning: found nothing as “rooms” of “2”, "
        "changed by hand",
    ]


def test_session_that_the_file_has_no_more_stays_if_changed_by_hand() -> None:
    by_hand = SCHEDULE.replace("title: Nets", "title: My nets")

    outcome = again(FIRST, frab(KNOTS), schedule=by_hand)

    assert outcome.files["schedule.yaml"] == by_hand
    assert len(outcome.clashes) == 1


def test_session_taken_away_by_hand_does_not_come_back() -> None:
    by_hand = SCHEDULE[: SCHEDULE.index("  - id: 2")]

    outcome = again(FIRST, frab(KNOTS, NETS), schedule=by_hand)

    assert outcome.files["schedule.yaml"] == by_hand
    assert outcome.clashes == []


def test_renamed_session_keeps_its_id_without_a_number_of_its_own() -> None:
    calendar = (
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a@x.example\nDTSTART:20261024T100000Z\n"
        "SUMMARY:{}\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    first = outcome_of(calendar.format("Knots"))

    second = again(first, calendar.format("Ropes"))

    assert [str(change) for change in second.changes] == ["renamed     “Knots” is “Ropes” now"]
    assert [session.id for session in second.programme.sessions] == ["knots"]


def test_a_programme_a_day_later_is_told_in_one_line() -> None:
    events = [{**KNOTS, "id": n, "title": f"Talk {n}", "start": f"{n + 9}:00"} for n in range(1, 8)]
    first = outcome_of(frab(*events))

    second = again(first, frab(*({**event, "day": 21} for event in events)))

    assert [str(change) for change in second.changes] == [
        "moved       7 sessions from 2026-10-20 to 2026-10-21, at the same times"
    ]
    assert "dates: 2026-10-21\n" in str(second.files["index.md"])


def test_command_imports_twice_and_its_code_tells_of_clashes(tmp_path: Path) -> None:
    file = tmp_path / "schedule.xml"
    file.write_text(frab(KNOTS, NETS))
    arguments = [str(tmp_path / "content"), str(file), "fair"]
    folder = tmp_path / "content/events/fair"
    (tmp_path / "content").mkdir()

    assert main(arguments) == 0
    written = {
        p.relative_to(folder).as_posix(): p.read_text() for p in folder.rglob("*") if p.is_file()
    }
    assert written == {name: text for name, text in FIRST.files.items() if text is not None} | {
        "index.md": str(FIRST.files["index.md"])
    }

    (folder / "schedule.yaml").write_text(SCHEDULE.replace("title: Nets", "title: My nets"))
    file.write_text(frab(KNOTS, {**NETS, "title": "Their nets"}))
    assert main(arguments) == 4
    assert "title: My nets" in (folder / "schedule.yaml").read_text()

    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    file.write_text("<!DOCTYPE html><title>Oops</title>")
    assert main(arguments) == 1
    assert {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before


def test_command_says_in_its_last_line_what_came_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "schedule.xml"
    last_lines = []
    for events in ([KNOTS, NETS], [KNOTS, NETS], [{**KNOTS, "room": "Cellar", "who": "Ada"}]):
        file.write_text(frab(*events))
        main([str(tmp_path), str(file), "fair"])
        last_lines.append(capsys.readouterr().err.rstrip("\n").rpartition("\n")[2])

    assert last_lines == [
        "fair: 2 sessions on 1 day in 1 room, zone Europe/Berlin, from frab XML.",
        "fair: 2 sessions on 1 day in 1 room, zone Europe/Berlin, from frab XML; nothing changed.",
        "fair: 1 session on 1 day in 1 room, zone Europe/Berlin, from frab XML; "
        "1 in another room, 1 with other speakers, 1 gone.",
    ]


def test_many_changes_of_a_sort_are_counted() -> None:
    changes = [Change("gone", "“Nets”"), *(Change("new", f"“{n}”") for n in range(30))]
    days = ["2026-10-21", *["2026-10-20"] * 29]

    assert told_changes(changes, days) == [
        "gone        “Nets”",
        "new         29 on 2026-10-20",
        "new         1 on 2026-10-21",
    ]
    assert told_changes(changes, ["2026-10-20", *days])[20:] == [
        "new         “19”",
        "new         and 10 more",
    ]


def test_talk_file_of_another_title_is_told_whenever_it_is_imported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, talk = tmp_path / "schedule.xml", tmp_path / "events/fair/talks/1.md"
    file.write_text(frab(KNOTS))
    main([str(tmp_path), str(file), "fair"])
    talk.write_text(talk.read_text().replace("title: Knots", "title: Bends"))
    for _ in range(2):
        capsys.readouterr()

        main([str(tmp_path), str(file), "fair"])

        told = "warning: found the title “Bends”; expected the one of schedule.yaml, “Knots”"
        assert capsys.readouterr().err.count(told) == 1


def test_programme_of_which_nothing_was_here_is_told_in_two_lines() -> None:
    before, after = ([{**KNOTS, "id": n, "title": f"T {n}"} for n in r] for r in TWO_RANGES)

    outcome = again(outcome_of(frab(*before)), frab(*after))

    assert [str(change) for change in outcome.changes[:2]] == [
        "gone        all 6 sessions that were here (none of the ids is the same)",
        "new         all 7 sessions of the file",
    ]


def test_command_writes_nowhere_but_in_the_events_folder(tmp_path: Path) -> None:
    file = tmp_path / "schedule.xml"
    file.write_text(frab(KNOTS))
    (tmp_path / "content/events/fair").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "content/events/fair/talks").symlink_to(tmp_path / "elsewhere")

    assert main([str(tmp_path / "content"), str(file), "fair"]) == 1
    assert main([str(tmp_path / "content"), str(file), "../fair"]) == 2
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert list((tmp_path / "content").iterdir()) == [tmp_path / "content/events"]


@pytest.mark.parametrize(("file", "event", "missing"), [("", "", "FROM"), ("x.xml", "", "EVENT")])
def test_an_argument_that_is_missing_is_told_with_an_example(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str, event: str, missing: str
) -> None:
    assert main([str(tmp_path), file, event]) == 2
    assert capsys.readouterr().err == (
        f"{missing}: found nothing; expected it, as in "
        "`make import FROM=schedule.xml EVENT=my-conf-2026`\n"
    )
