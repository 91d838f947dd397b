"""Events become pages: whole, in order, each session once, and readable without sight or script."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement
from pydantic import TypeAdapter

from plugins.schedule.pages.structured import ConferenceEvent, Graph
from tests.schedule.pages.pages import page, session_ids, small_site, spoken, structured
from tests.site_folder import SiteFolder, copied_real_site

GOLDEN = Path(__file__).parent / "golden"
SAMPLE = "events/ebb-and-flow-2026/"

Matches = Callable[[str, Path], None]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    return small_site(tmp_path_factory.mktemp("small") / "site")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    return copied_real_site(tmp_path_factory.mktemp("own")).built()


def _page(file: Path) -> HtmlElement:
    return html.fromstring(file.read_text("utf-8"))


def main_of(site: SiteFolder, path: str) -> str:
    """What a page says in its main part."""
    return spoken(page(site, path).get_element_by_id("main"))


def test_schedule_page_of_a_small_event_is_as_it_was(small: SiteFolder, matches: Matches) -> None:
    whole = small.page("events/tiny/schedule/index.html")
    main = whole[whole.index("<event-schedule") : whole.index("</event-schedule>")]

    matches(main, GOLDEN / "tiny-schedule.html")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("events/", "events"),
        ("events/tiny/", "tiny-hub"),
        ("events/plain/", "plain-hub"),
        ("events/hard/", "hard-hub"),
        ("events/hard/schedule/", "hard-schedule"),
        ("events/hard/talks/long/", "hard-talk"),
        ("events/hard/speakers/ada-a/", "hard-speaker"),
        ("events/hard/rooms/small-room/", "hard-room"),
        ("events/tiny/tracks/wood/", "tiny-track"),
        ("events/hard/booklet/", "hard-booklet"),
        ("posts/recap/", "recap"),
        ("posts/trip/", "trip"),
    ],
)
def test_page_reads_aloud_in_order(
    path: str, name: str, small: SiteFolder, matches: Matches
) -> None:
    matches(main_of(small, path), GOLDEN / f"{name}.txt")


def test_day_of_the_sample_conference_reads_aloud_in_order(
    own: SiteFolder, matches: Matches
) -> None:
    matches(main_of(own, f"{SAMPLE}schedule/2026-10-24/"), GOLDEN / "sample-saturday.txt")


@pytest.mark.parametrize("event", ["ebb-and-flow-2026", "pgconf-eu-2011", "linux-conf-au-2012"])
def test_every_session_is_on_the_schedule_once(event: str, own: SiteFolder) -> None:
    data = json.loads(own.page(f"events/{event}/programme.json"))
    known = sorted(session["id"] for session in data["sessions"])
    days = [page(own, f"events/{event}/schedule/{day['date']}/") for day in data["days"]]

    assert sorted(session_ids(page(own, f"events/{event}/schedule/"))) == known
    assert sorted(id for day in days for id in session_ids(day)) == known


def test_sessions_of_a_grid_do_not_lie_over_each_other(own: SiteFolder) -> None:
    for day in page(own, f"{SAMPLE}schedule/").xpath(
        "//section[contains(@class, 'schedule-grid')]"
    ):
        fields = Counter(
            (row, column)
            for session in day.xpath(".//li[@class='session']")
            for style in [dict(part.split(": ") for part in session.get("style").split("; "))]
            for row in _range(style["--row"], style["--row-span"])
            for column in _range(style["--column"], style["--column-span"])
        )

        assert [field for field, count in fields.items() if count > 1] == []


def _range(first: str, span: str) -> range:
    return range(int(first), int(first) + int(span))


def test_no_page_has_an_id_twice(own: SiteFolder, small: SiteFolder) -> None:
    for site in (own, small):
        for file in sorted((site.output / "events").rglob("*.html")):
            ids = Counter(_page(file).xpath("//@id"))

            assert [id for id, count in ids.items() if count > 1] == [], file


def test_conference_is_described_by_type(small: SiteFolder) -> None:
    described = structured(page(small, "events/tiny/"))

    assert TypeAdapter(ConferenceEvent).validate_python(described, strict=True) == described
    assert described == {
        "@context": "https://schema.org",
        "@type": "ConferenceEvent",
        "@id": "https://tiny.example/site/events/tiny/#event",
        "name": "Tiny 2012",
        "description": "One room, one day.",
        "url": "https://tiny.example/site/events/tiny/",
        "startDate": "2012-06-02",
        "endDate": "2012-06-02",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": [
            {
                "@type": "Place",
                "name": "The Shed",
                "address": {
                    "@type": "PostalAddress",
                    "addressLocality": "Delft",
                    "addressCountry": "Netherlands",
                },
            }
        ],
    }


def test_every_talk_is_described_by_type(own: SiteFolder, small: SiteFolder) -> None:
    checked = TypeAdapter(Graph)
    for site in (own, small):
        files = sorted((site.output / "events").glob("*/talks/*/index.html"))
        graphs = [graph for file in files if (graph := structured(_page(file)))]

        assert graphs
        assert [checked.validate_python(graph, strict=True) for graph in graphs] == graphs


def test_cancelled_talk_stays_and_says_so_everywhere(small: SiteFolder) -> None:
    talk = page(small, "events/tiny/talks/glue/")
    (told,) = structured(talk)["@graph"]
    calendars = [
        small.page(f"events/tiny/{of}schedule.ics").partition("SUMMARY:Glue\n")[2]
        for of in ("", "schedule/2012-06-02/", "rooms/shed/", "talks/glue/")
    ]

    said = spoken(talk.get_element_by_id("main"))
    assert "h1 Glue\nCancelled. This session does not take place.\nh2 When and where\n" in said
    assert "\nCancelled\nSaturday, 2 June\n13:00\nShed\n" in said
    assert told["eventStatus"] == "https://schema.org/EventCancelled"
    assert [rest.partition("STATUS:")[2].split("\n")[0] for rest in calendars] == ["CANCELLED"] * 4
    assert not talk.xpath("//a[contains(@href, '.ics') or starts-with(@href, 'webcal:')]")
    for whole in ("schedule/", "schedule/2012-06-02/", "booklet/"):
        assert "Glue\nCancelled\n" in main_of(small, f"events/tiny/{whole}"), whole


def test_moved_and_repeated_talks_say_so_to_machines(small: SiteFolder) -> None:
    (moved,) = structured(page(small, "events/hard/talks/moved/"))["@graph"]
    first, second = structured(page(small, "events/hard/talks/long/"))["@graph"]

    assert (moved["eventStatus"], moved["previousStartDate"], moved["startDate"]) == (
        "https://schema.org/EventRescheduled",
        "2012-10-27T15:00:00+02:00",
        "2012-10-28T10:00:00+01:00",
    )
    assert (first["startDate"], second["startDate"]) == (
        "2012-10-27T10:00:00+02:00",
        "2012-10-28T12:00:00+01:00",
    )
    assert first["superEvent"]["@id"] == "https://tiny.example/site/events/hard/#event"


def test_later_time_of_a_talk_leads_to_the_first(small: SiteFolder) -> None:
    redirect = small.page("events/hard/talks/long-2/index.html")

    assert 'content="0; url=/site/events/hard/talks/long/"' in redirect


def test_files_that_heads_name_are_published(small: SiteFolder) -> None:
    talk, hub = page(small, "events/hard/talks/long/"), page(small, "events/hard/")

    assert talk.xpath("//a[text()='Slides']/@href") == ["/site/events/hard/talks/long.pdf"]
    assert hub.xpath("//a[text()='Read it in full']/@href") == ["/site/events/hard/conduct.txt"]
    assert (small.output / "events/hard/talks/long.pdf").is_file()


def test_posts_lead_to_their_event_and_talks_to_their_recap(small: SiteFolder) -> None:
    recap, talk = page(small, "posts/recap/"), page(small, "events/hard/talks/long/")

    assert recap.xpath("//a[text()='Hard 2012']/@href") == ["/site/events/hard/"]
    assert talk.xpath("//a[text()='How hard it was']/@href") == ["/site/posts/recap/"]


def test_front_page_begins_with_the_next_event(small: SiteFolder) -> None:
    badges = page(small, "").xpath("//event-badges/article")
    (lead,) = (badge for badge in badges if "data-lead" in badge.attrib)

    assert [badge.get("data-starts") for badge in badges] == [
        "2011-12-30T00:00:00-08:00",
        "2012-06-02T00:00:00+02:00",
        "2012-10-27T00:00:00+02:00",
    ]
    assert spoken(lead) == (
        "2 June 2012\n"
        "Event\n"
        "h2 Tiny 2012\n"
        "The Shed, Delft\n"
        "One room, one day.\n"
        "Schedule\n"
        "My programme\n"
    )


def test_feed_has_plain_programmes(small: SiteFolder) -> None:
    feed = small.page("feeds/all.atom.xml")

    assert "What I saw" in feed
    assert "plan-entry" not in feed
