"""What nobody's file is at has to lead somewhere too: lists, pages of events, their calendars."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.engine.tasks import plan_publish
from tests.ledger.press import Press, quiet

PLUGINS = [f"plugins.{name}" for name in ("shell", "blog", "feeds", "schedule")]
WHOLE = {"PLUGINS": PLUGINS, "THEME": "theme", "TAG_URL": "tags/{slug}/"}
"""Settings with which there are events."""

INDEX = """\
---
title: Fair
dates: 2026-10-24 to 2026-10-24
zone: Europe/Amsterdam
---

Welcome.
"""

SCHEDULE = """\
rooms: [Net Loft, Aula]
2026-10-24:
  - 10:00-10:45 Knots | Yuki Slackwater | Net Loft
  - 11:00-11:45 Nets | Otto Oak | Aula
  - 12:00-12:45 Sails | Ada Ash | Aula
  - 13:00-13:45 Ropes | Bea Birch | Aula
  - 14:00-14:45 Reefs | Cy Cork | Aula
"""


class Fair(Press):
    """A site with an event."""

    def programme(self, text: str) -> None:
        folder = self.folder / "content/events/fair"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.md").write_text(INDEX)
        (folder / "schedule.yaml").write_text(text)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Fair:
    """A post with two tags and an event, which were published once."""
    fair = Fair(tmp_path_factory.mktemp("published"))
    fair.write("posts/tea.md", title="Tea", tags="[green, black]")
    fair.programme(SCHEDULE)
    fair.publish(**WHOLE)
    return fair


@pytest.fixture
def fair(published: Fair, tmp_path: Path) -> Fair:
    """The site, to be changed."""
    return Fair(published.copied(tmp_path / "site").folder)


@pytest.fixture
def planned(fair: Fair, capsys: pytest.CaptureFixture[str]) -> Callable[[], list[str]]:
    """The lines of a plan."""

    def run() -> list[str]:
        plan_publish(fair.job(**WHOLE), quiet())
        return capsys.readouterr().out.splitlines()

    return run


def test_name_that_is_corrected_asks_for_nothing(
    fair: Fair, planned: Callable[[], list[str]]
) -> None:
    """A page leads on, a calendar is there for programs, and both stay so after the publish."""
    fair.programme(SCHEDULE.replace("Slackwater", "Slackwaters").replace("Net Loft", "Attic"))
    lines = planned()
    assert lines[0].endswith(" changed, 0 gone")
    assert lines[1].startswith(
        "Redirects: 4 (/events/fair/rooms/net-loft/ to /events/fair/rooms/attic/, "
        "/events/fair/rooms/net-loft/schedule.ics to /events/fair/rooms/attic/schedule.ics, "
    )
    assert lines[2].endswith(" new, 0 gone")
    fair.publish(**WHOLE)
    assert planned()[:3] == [
        "Pages: 0 new, 0 changed, 0 gone",
        "Redirects: 0 new",
        "Feeds and calendars: 0 new, 0 gone",
    ]
    fair.programme(SCHEDULE.replace("Slackwater", "Slackwaterss").replace("Net Loft", "Loft"))
    fair.publish(**WHOLE)

    old, new = "events/fair/speakers/yuki-slackwater", "events/fair/speakers/yuki-slackwaterss"
    assert f'href="/{new}/"' in fair.page(f"{old}/index.html")
    assert fair.page(f"{old}/schedule.ics") == fair.page(f"{new}/schedule.ics")
    assert "/events/fair/rooms/net-loft/ /events/fair/rooms/loft/ 301\n" in fair.page("_redirects")


def test_what_is_gone_is_one_problem_that_its_hint_answers(
    fair: Fair, planned: Callable[[], list[str]]
) -> None:
    """Of many in a folder there is one line for all; whole addresses; the line in the ledger."""
    fair.write("posts/tea.md", title="Tea", tags="[black]")
    fair.programme("rooms: [Aula]\n2026-10-24:\n  - 10:00-10:45 Knots | Dee Dorn | Aula\n")
    told = fair.refused(**WHOLE)
    line = 1 + fair.ledger_file.read_text().split("\n").index(
        '"page events/fair/rooms/net-loft/index.html": {},'
    )
    assert told.splitlines() == [
        f"content/ledger.json:{line}:1: found nothing any more at "
        "“/events/fair/rooms/net-loft/”, “/events/fair/rooms/net-loft/schedule.ics”, "
        "“/events/fair/speakers/ada-ash/” and 13 more, published before; "
        "expected every published address to lead somewhere",
        f'    {line} | "page events/fair/rooms/net-loft/index.html": {{}},',
        f"    {' ' * len(str(line))} | ^",
        "    hint: say in REDIRECTS in pelicanconf.py where each is now, or None of what is gone "
        "for good:",
        "        '/events/fair/rooms/net-loft/*': '/events/fair/',",
        "        '/events/fair/speakers/*': '/events/fair/speakers/',",
        "        '/feeds/tag/green.*': '/….*',",
        "        '/tags/green/': '/tags/',",
        "1 problem: nothing was changed in the output",
    ]
    answers = {
        "/events/fair/rooms/net-loft/*": "/events/fair/",
        "/events/fair/speakers/*": "/events/fair/speakers/",
        "/feeds/tag/green.*": "/feeds/all.*",
        "/tags/green/": "/tags/",
    }
    ledger = fair.publish(**WHOLE, REDIRECTS=answers)
    assert 'href="/events/fair/speakers/"' in fair.page("events/fair/speakers/ada-ash/index.html")
    assert "<title>" in fair.page("events/fair/speakers/dee-dorn/index.html")
    room = "events/fair/rooms/net-loft/schedule.ics"
    assert fair.page(room) == fair.page("events/fair/schedule.ics")
    assert "events/fair/speakers/ada-ash/schedule.ics" not in ledger.feeds
    assert planned()[1:3] == ["Redirects: 0 new", "Feeds and calendars: 0 new, 0 gone"]


def test_event_that_is_withheld_takes_its_pages_along(fair: Fair) -> None:
    hub = fair.folder / "content/events/fair/index.md"
    hub.write_text(INDEX.replace("zone", "status: draft\nzone"))
    resting = fair.publish(**WHOLE)
    hub.write_text(INDEX)
    back = fair.publish(**WHOLE)

    assert "events/fair/speakers/ada-ash/schedule.ics" in resting.feeds
    assert back.pages.keys() == resting.pages.keys()
    assert set(back.pages.values()) == {""}


def test_text_of_a_talk_without_a_page_is_not_remembered(fair: Fair) -> None:
    fair.write("events/fair/talks/nets.md", title="Nets")
    fair.write("events/fair/talks/kites.md", title="Kites")
    first = fair.publish(**WHOLE)
    hub = fair.folder / "content/events/fair/index.md"
    hub.write_text(INDEX.replace("zone", "status: draft\nzone"))
    fair.write("events/fair/speakers/ada-ash.md", title="Ada Ash")
    resting = fair.publish(**WHOLE)

    assert [source for source in first.documents if "kites" in source or "nets" in source] == [
        "events/fair/talks/nets.md"
    ]
    assert (
        resting.documents["events/fair/talks/nets.md"]
        == (first.documents["events/fair/talks/nets.md"])
    )
    assert fair.publish(**WHOLE) == resting
    assert not [source for source in resting.documents if "ada-ash" in source]


def test_later_pages_of_a_list_that_is_shorter_lead_to_its_first(tmp_path: Path) -> None:
    press = Press(tmp_path)
    press.write("posts/tea.md", title="Tea", tags="[hot]")
    press.write("posts/soup.md", title="Soup", tags="[hot]", date="2012-05-15")
    paged = {"TAG_URL": "tags/{slug}/", "DEFAULT_PAGINATION": 1}
    press.publish(**paged)
    press.write("posts/soup.md", title="Soup", date="2012-05-15", tags="[cold]")
    press.publish(**paged)

    assert '<a href="/tags/hot/">moved</a>' in press.page("tags/hot/page/2/index.html")
