"""What an import accepts, builds: it repairs what it can, and refuses the rest by name."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from tests.fuzz.imports import tried
from tests.schedule.imports.reading import main, outcome_of

SESSION = (
    '<event id="1"><date>2026-10-20T10:00:00+02:00</date><duration>00:45</duration>'
    "<room>{room}</room><track>{track}</track><title>{title}</title>"
    "<description>{text}</description><persons><person>{who}</person></persons></event>"
)
USUAL = {"room": "Attic", "track": "Ropes", "title": "Knots", "text": "Five.", "who": "Wanda"}


def frab(**values: str) -> str:
    """A frab file of one session with these values."""
    session = SESSION.format(**{k: escape(v) for k, v in {**USUAL, **values}.items()})
    head = "<conference><time_zone_name>Europe/Berlin</time_zone_name></conference>"
    return f'<schedule>{head}<day date="2026-10-20">{session}</day></schedule>'


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Wow![here](https://x.example)", "Wow\\![here](https://x.example)"),
        ("See ![](https://x.example/a/map.png)", "See [map.png](https://x.example/a/map.png)"),
        ('![Map](https://x.example/m.png "M")', "[Map](https://x.example/m.png)"),
        ("!https://x.example", "\\![https://x.example](https://x.example)"),
        ("<p>Wow!<a href='https://x.example'>here</a></p>", "Wow\\![here](https://x.example)"),
    ],
)
def test_picture_becomes_a_link(text: str, written: str) -> None:
    talk = outcome_of(frab(text=text)).files["talks/1.md"]

    assert talk == f"---\ntitle: Knots\n---\n\n{written}\n"


def test_names_that_systems_keep_for_devices_get_another_address() -> None:
    files = outcome_of(frab(room="Con", track="Aux", title="Nul", who="Prn")).files

    assert (
        files["schedule.yaml"]
        == """\
rooms:
  - {name: Con, id: room-con}
tracks:
  - {name: Aux, id: track-aux}

2026-10-20:
  - id: 1
    title: Nul
    time: 10:00-10:45
    speakers: [Prn]
    rooms: [Con]
    track: Aux
"""
    )
    assert files["speakers/speaker-prn.md"] == "---\ntitle: Prn\n---\n"


@pytest.mark.parametrize("sign", ["\u200b", "\u200d", "\u2800", "\u3164", "\ufe0f", "\u0301"])
def test_name_that_nobody_can_see_is_none(sign: str) -> None:
    files = outcome_of(frab(room=sign, track=sign, who=sign)).files

    assert (
        files["schedule.yaml"]
        == "2026-10-20:\n  - id: 1\n    title: Knots\n    time: 10:00-10:45\n"
    )


VALUES = [
    {"text": "Wow![here](https://x.example) ![](https://x.example/a.png)"},
    {"room": "Con", "track": "Aux", "title": "Nul", "who": "Prn"},
    {"room": "\u200b", "track": "\u2800", "who": "\ufe0f"},
    {"title": "Schedule", "room": "Index", "track": "All", "who": "Feeds"},
    {"text": "[" * 3000},
]


@pytest.mark.parametrize("values", VALUES, ids=[str(number) for number in range(len(VALUES))])
def test_import_is_accepted_and_builds(tmp_path: Path, values: dict[str, str]) -> None:
    """The import itself builds what it writes before it says yes."""
    file = tmp_path / "schedule.xml"
    file.write_text(frab(**values), "utf-8")

    assert main([str(tmp_path), str(file), "fair"]) == 0


def test_what_would_not_build_is_refused_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The address of the event itself: nothing of the file can be mended."""
    file = tmp_path / "schedule.xml"
    file.write_text(frab())

    assert main([str(tmp_path), str(file), "con"]) == 1
    told = capsys.readouterr().err.splitlines()
    assert (
        f"{tmp_path}/events/con/index.md: found the output path “events/con/index.html”, whose name"
        " some systems keep for a device; expected a path inside the output that every system can"
        " hold"
    ) in told
    assert told[-2].startswith("The event would not build with what this file says: ")
    assert told[-1] == "Nothing is written."
    assert list(tmp_path.rglob("events/*")) == []


def test_what_does_not_build_already_is_in_the_way_of_no_import(tmp_path: Path) -> None:
    file, by_hand = tmp_path / "schedule.xml", tmp_path / "events/fair/talks/own.md"
    file.write_text(frab())
    by_hand.parent.mkdir(parents=True)
    by_hand.write_text("---\ntitle: Own\n---\n\n[dead](../../../posts/gone.md)\n")

    assert main([str(tmp_path), str(file), "fair"]) == 0


def test_hostile_files_that_are_accepted_build(tmp_path: Path) -> None:
    """`python -m tests.fuzz.imports` tries thousands."""
    counted, wrong = tried(12, "tests", tmp_path)

    assert wrong == []
    assert counted.total() == 12
