"""What is too large is refused; much of the same is read without a word for each pair of it.

Were one of these ways quadratic again, its test would not come to an end in good time.
"""

from __future__ import annotations

import pytest

from plugins.schedule.foreign.model import MOST_SESSIONS, RefusedError
from plugins.schedule.formats.detect import read_foreign
from plugins.schedule.parsing.parse import parse_schedule
from plugins.source.problem import Source
from tests.schedule.imports.reading import outcome_of

FRAB = "<schedule><conference/><day date='2026-10-24'>{}</day></schedule>"
EVENT = "<event><start>10:00</start><duration>{}</duration><title>T</title></event>"
CALENDAR = "BEGIN:VCALENDAR\n{}END:VCALENDAR\n"
ENTRY = "BEGIN:VEVENT\nUID:{}\nDTSTART:20261024T100000Z\nRRULE:FREQ=DAILY\nEND:VEVENT\n"


@pytest.mark.parametrize(
    "text",
    [
        "title,start\n" + "A,2026-10-24 10:00\n" * (MOST_SESSIONS + 1),
        FRAB.format(EVENT.format("1:00") * (MOST_SESSIONS + 1)),
        FRAB.format(EVENT.format("9:23:00") * (MOST_SESSIONS // 9)),
        CALENDAR.format("".join(ENTRY.format(n) for n in range(MOST_SESSIONS // 365 + 1))),
    ],
    ids=["rows", "events", "long events", "repeated entries"],
)
def test_more_sessions_than_a_conference_has_are_refused(text: str) -> None:
    with pytest.raises(RefusedError, match=r"^a programme of more than 4,000 sessions$"):
        outcome_of(text)


def test_more_than_a_schedule_can_hold_is_refused() -> None:
    columns = ",".join(f"c{n}" for n in range(100_000))

    with pytest.raises(RefusedError, match="more than 100,000 names, times and texts"):
        outcome_of(f"title,start,{columns}\nA,2026-10-24 10:00{',x' * 100_000}\n")


def test_unknown_fields_without_number_are_told_in_a_few_lines() -> None:
    columns = ",".join(f"c{n:02}" for n in range(90))

    outcome = outcome_of(f"title,start,{columns}\nA,2026-10-24 10:00{',x' * 90}\n")

    assert len(dict(outcome.programme.sessions[0].said.texts.extra)) == 90
    told = [doubt.found for doubt in outcome.programme.doubts if "unknown" in doubt.found]
    assert told[0] == "the unknown field “c00” of 1 session"
    assert told[20:] == ["70 more unknown fields"]


SAME = "  - {time: 10:00-18:00, title: T, speakers: [W], rooms: [A]}\n"
EVERYBODY = "  - {time: 10:00-18:00, title: T, rooms: [all rooms]}\n"


@pytest.mark.parametrize(
    "text",
    [
        SAME * 2_000,
        "".join(SAME.replace("[A]", f"[R{n}]") + EVERYBODY for n in range(1_000)),
    ],
    ids=["in one room", "in all rooms"],
)
def test_sessions_that_all_clash_are_told_once_each(text: str) -> None:
    programme, problems = parse_schedule(Source("s", f"zone: UTC\n2026-10-24:\n{text}"))

    assert len(programme.sessions) == 2_000
    assert len(problems) < 4_000


def test_any_number_of_comments_before_a_root_is_passed_over() -> None:
    with pytest.raises(RefusedError):
        read_foreign(b"<!-- -->" * 50_000 + b"<schedule/>")


def test_a_label_of_many_links_is_numbered() -> None:
    links = "".join(f"<link href='https://x.example/{n}'>L</link>" for n in range(10_000))
    event = EVENT.format("1:00").replace("</event>", f"<links>{links}</links></event>")
    text = str(outcome_of(FRAB.format(event)).files["schedule.yaml"])

    assert '\n      L: "https://x.example/0"\n      L 2: "https://x.example/1"\n' in text
