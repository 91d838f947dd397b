"""The plan says before a publish what readers will notice, and warns of what they should not."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.engine.tasks import plan_publish
from plugins.ledger.changes import Calendars, calendar_changes
from plugins.site.ledger import Ledger, SessionRecord, SessionState
from plugins.source.errors import ContentError
from tests.ledger.press import Press, quiet

NOTHING = """\
Pages: 0 new, 0 changed, 0 gone
Redirects: 0 new
Feeds and calendars: 0 new, 0 gone
For subscribers: 0 new, 0 updated, 0 would be shown again, 0 would be lost
"""

Planned = Callable[[], str]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Press:
    """A site with two posts, which was published once."""
    press = Press(tmp_path_factory.mktemp("published"))
    press.write("posts/tea.md", title="Tea")
    press.write("posts/milk.md", title="Milk", date="2012-05-15")
    press.publish()
    return press


@pytest.fixture
def press(published: Press, tmp_path: Path) -> Press:
    """The site, to be changed."""
    return published.copied(tmp_path / "site")


@pytest.fixture
def planned(press: Press, capsys: pytest.CaptureFixture[str]) -> Planned:
    """What a plan says."""

    def run() -> str:
        plan_publish(press.job(), quiet())
        return capsys.readouterr().out

    return run


def test_plan_of_the_same_is_empty(press: Press, planned: Planned) -> None:
    assert planned() == NOTHING


def test_plan_changes_nothing(press: Press, planned: Planned) -> None:
    before = press.ledger_file.read_bytes()
    press.write("posts/sugar.md", title="Sugar")

    planned()

    assert press.ledger_file.read_bytes() == before
    assert not (press.output / "posts/sugar").exists()


def test_plan_names_what_is_new_updated_and_moved(press: Press, planned: Planned) -> None:
    press.write("posts/sugar.md", title="Sugar", date="2012-05-16")
    press.write("posts/tea.md", title="Tea", modified="2012-05-20", slug="green")

    assert planned().splitlines() == [
        "Pages: 2 (/posts/green/, /posts/sugar/) new, 6 (/, /404.html, /archive/, …) changed, "
        "0 gone",
        "Redirects: 1 (/posts/tea/ to /posts/green/) new",
        "Feeds and calendars: 0 new, 0 gone",
        "For subscribers: 1 (Sugar) new, 1 (Tea) updated, 0 would be shown again, 0 would be lost",
    ]


def test_plan_as_json_names_everything(press: Press, capsys: pytest.CaptureFixture[str]) -> None:
    press.write("posts/tea.md", title="Tea", status="draft")

    plan_publish(press.job(), quiet(), as_json=True)

    plan = json.loads(capsys.readouterr().out)
    assert plan["subscribers"] == {
        "new": [],
        "updated": [],
        "again": [],
        "lost": [],
        "withdrawn": ["Tea"],
    }
    assert plan["pages"]["gone"] == ["/posts/tea/"]


def test_plan_fails_when_a_post_would_be_lost(
    press: Press, capsys: pytest.CaptureFixture[str]
) -> None:
    press.remove("posts/tea.md")

    with pytest.raises(ContentError) as error:
        plan_publish(press.job(), quiet())

    assert len(error.value.problems) == 1
    assert capsys.readouterr().out.endswith("0 would be shown again, 1 (Tea) would be lost\n")


def test_plan_fails_when_a_post_would_be_shown_again(
    press: Press, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its line in the ledger was given a new id by hand, and no copy of a publish is left."""
    shutil.rmtree(press.folder / ".output.publishes")
    press.remove("posts/tea.md")
    press.write("posts/one.md", title="Tea")
    press.write("posts/two.md", title="Tea", aliases="/posts/tea/")

    with pytest.raises(ContentError) as error:
        plan_publish(press.job(), quiet())

    assert [str(problem).partition(":")[2] for problem in error.value.problems] == [
        " found the post “Tea” under a new id: subscribers would be shown it again; expected the "
        "id that they know it by\n"
        "    hint: if its file was moved, write the new path into its line of the ledger"
    ] * 2
    assert "2 (Tea, Tea) would be shown again, 0 would be lost" in capsys.readouterr().out


def test_sessions_are_new_moved_cancelled_or_changed() -> None:
    def record(sequence: int, stamp: str, status: str = "confirmed") -> SessionRecord:
        return SessionRecord("uid", sequence, stamp, SessionState(status=status))

    then = {name: record(0, "1") for name in "abcd"}
    off = record(1, "2", "cancelled")
    now = {"a": record(0, "1"), "b": record(1, "2"), "c": record(0, "2"), "d": off, "e": off}

    assert calendar_changes(Ledger(sessions=then), Ledger(sessions=now)) == Calendars(
        new=("e",), moved=("b",), cancelled=("d",), changed=("c",)
    )
