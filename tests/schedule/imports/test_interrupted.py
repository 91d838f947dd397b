"""An import that dies or is refused loses nothing: the next one finishes or undoes it."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import time

import pytest

from plugins.source.plain import digest
from plugins.source.writer import JOURNAL, STAGE
from tests.faults.imports import ImportTrial, cases
from tests.site_folder import surroundings, tree_of


@pytest.fixture(scope="module")
def trials(tmp_path_factory: pytest.TempPathFactory) -> tuple[ImportTrial, ImportTrial]:
    """A first and a second import."""
    first, second = (
        ImportTrial(tmp_path_factory.mktemp("import"), is_first) for is_first in (True, False)
    )
    first.prepare()
    second.prepare()
    return first, second


@pytest.fixture
def second(trials: tuple[ImportTrial, ImportTrial]) -> ImportTrial:
    """A second import, not begun."""
    trials[1].begin()
    return trials[1]


@pytest.mark.parametrize("at_calls", [True, False], ids=["at calls", "at moments"])
@pytest.mark.parametrize("number", [0, 1], ids=["first", "second"])
def test_disturbed_import_loses_nothing(
    trials: tuple[ImportTrial, ImportTrial], number: int, at_calls: bool
) -> None:
    """`python -m tests.faults.imports` tries many more."""
    found = [fault for _, fault in cases(trials[number], 3, seed=1, at_calls=at_calls)]

    assert [fault for fault in found if fault] == []


def begun(trial: ImportTrial, text: str) -> None:
    """Leave what an import leaves that had begun to rename: one talk is still to be written."""
    talk, stage = trial.event / "talks/6.md", trial.event / STAGE
    stage.mkdir()
    (stage / "0").write_text(text)
    (stage / "1").write_bytes((trial.event / ".import.json").read_bytes())
    before = digest(talk.read_bytes())
    entries = [["talks/6.md", before, False], [".import.json", "", False]]
    (stage / JOURNAL).write_text(json.dumps(entries))


def said(trial: ImportTrial) -> list[str]:
    """What an import of the same file says."""
    finished = trial.imported("old")
    assert finished.code in {0, 4}
    return finished.report.splitlines()


SAME = "fair: 16 sessions on 1 day in 2 rooms, zone Europe/Berlin, from frab XML; nothing changed."


def test_what_was_begun_is_finished_and_said(second: ImportTrial) -> None:
    text = (second.event / "talks/6.md").read_text() + "\nMore.\n"
    begun(second, text)

    assert said(second) == [
        "An import that was interrupted is finished first: 2 files written.",
        SAME,
    ]
    assert (second.event / "talks/6.md").read_text() == text


def test_edit_of_what_was_begun_stays_and_is_said(second: ImportTrial) -> None:
    begun(second, "---\ntitle: Other\n---\n")
    talk = second.event / "talks/6.md"
    talk.write_text(talk.read_text() + "\nBy hand.\n")
    by_hand = talk.read_text()

    assert said(second) == [
        "An import that was interrupted is finished first: 1 file written.",
        "content/events/fair/talks/6.md: edited by hand since; it stays",
        SAME,
    ]
    assert talk.read_text() == by_hand


def test_what_had_changed_nothing_is_undone_and_said(second: ImportTrial) -> None:
    before = tree_of(second.event)
    (second.event / STAGE).mkdir()
    (second.event / STAGE / "0").write_text("half a te")

    assert said(second) == [
        "An import that was interrupted had changed nothing yet: it is undone.",
        SAME,
    ]
    assert tree_of(second.event) == before


def test_full_disk_is_said_and_changes_nothing(second: ImportTrial) -> None:
    before = tree_of(second.event)

    def prepare() -> None:
        os.fsync = no_space  # type: ignore[assignment]

    finished = second.imported("new", prepare)

    told, last = finished.report.splitlines()
    assert told.startswith(
        f"{second.event.resolve()}/schedule.yaml: cannot be read or written (No space left on"
        " device); the disk at /"
    )
    assert (last, finished.code) == ("Nothing is written.", 1)
    assert tree_of(second.event) == before


def no_space(descriptor: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_record_that_is_empty_counts_as_none(second: ImportTrial) -> None:
    """As the import before this one left it on a full disk."""
    (second.event / ".import.json").write_text("")

    assert said(second)[-1].startswith("fair: 16 sessions on 1 day")


def test_record_that_is_broken_is_refused_with_a_way_on(second: ImportTrial) -> None:
    (second.event / ".import.json").write_text("{")

    finished = second.imported("old")

    assert finished.whole == (
        "old.xml: this is an event with a .import.json that is broken (Expecting property name"
        " enclosed in double quotes: line 1 column 2 (char 1)); without that file, all that"
        " stands in the folder counts as written by hand; expected a conference's programme\n"
        "Nothing is written.\nexit 1\n"
    )


def test_ctrl_c_prints_one_line(second: ImportTrial) -> None:
    """At whatever moment of its work an import is interrupted; one may end before."""
    ends = [interrupted(second, after=0.2 + 0.05 * number) for number in range(12)]

    reports = {report for code, report in ends if code == 130}
    assert reports
    assert reports <= {
        "Interrupted. Nothing is written.\n",
        "Interrupted: what was there is there still, whole.\n",
    }


def interrupted(trial: ImportTrial, *, after: float) -> tuple[int, str]:
    """How an import ends, and what it says, that is interrupted after some seconds."""
    process = subprocess.Popen(
        trial.command(),
        cwd=trial.folder / "site",
        env=surroundings(),
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    time.sleep(after)
    os.killpg(process.pid, signal.SIGINT)
    _, report = process.communicate()
    return process.returncode, report
