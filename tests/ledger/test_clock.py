"""A publish asks before it believes a clock that went back; calendar stamps never fall."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.schedule.exporting import site_of

from plugins.engine.build import build
from plugins.schedule.history.next import next_record
from plugins.site.ledger import SessionRecord
from tests.ledger.press import Press, quiet

ONE_PUBLISH = "1338552000"  # 2012-06-01 12:00 UTC
TEN_YEARS_BACK = "1022932800"  # 2002-06-01 12:00 UTC


def test_publish_before_the_last_one_asks_and_changes_nothing(
    press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = press.ledger_file.read_bytes(), press.page("posts/tea/index.html")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TEN_YEARS_BACK)

    told = press.refused().splitlines()

    assert told[0] == (
        "content/ledger.json:5:1: found a publish of 2012-05-14 00:00, which is after this"
        " machine's clock, 2002-06-01 12:00; expected a clock that goes on: posts after it would"
        " be withdrawn as future ones"
    )
    assert told[1].startswith('    5 | "document posts/tea.md": {"addresses": ')
    assert told[2:] == [
        "      | ^",
        "    hint: set the clock or SOURCE_DATE_EPOCH; if you mean it, `make publish CLOCK=back`",
        "1 problem: nothing was changed in the output",
    ]
    assert (press.ledger_file.read_bytes(), press.page("posts/tea/index.html")) == before


def test_publish_goes_back_when_it_is_meant(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TEN_YEARS_BACK)

    press.publish(CLOCK_MAY_GO_BACK=True)

    assert "Tea" not in press.page("index.html")


def test_build_that_is_no_publish_does_not_ask(
    press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TEN_YEARS_BACK)

    build(press.job(PUBLISH=False), quiet())


@pytest.fixture
def press(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Press:
    """A site with a post and a page, published in 2012."""
    press = Press(tmp_path_factory.mktemp("site"))
    press.write("posts/tea.md", title="Tea")
    press.write("pages/about.md", title="About")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", ONE_PUBLISH)
    press.publish()
    return press


@pytest.mark.parametrize(
    ("now", "stamp"),
    [
        ("2012-05-01T00:00:00+00:00", "2012-06-01T12:00:00+00:00"),
        ("2012-06-02T00:00:00+00:00", "2012-06-02T00:00:00+00:00"),
    ],
)
def test_stamp_never_falls(now: str, stamp: str) -> None:
    site = site_of(publish_at=datetime.fromisoformat(now))
    old = SessionRecord("uid", 3, "2012-06-01T12:00:00+00:00", {"title": "Knots"})

    new = next_record(
        old, {"title": "Nets"}, site=site, uid="", modified=None, is_significant=False
    )

    assert new == SessionRecord("uid", 3, stamp, {"title": "Nets"})
