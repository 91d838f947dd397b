"""What changed since the last publish: told rightly, and known by calendars for what it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar
from msgspec.structs import replace

from plugins.ledger.records import known_again, records_of
from plugins.markdown.document import Document
from plugins.schedule.formats.ical.itinerary import downloads
from plugins.schedule.history.diff import changes
from plugins.schedule.history.publish import remember
from plugins.schedule.history.releases import history_of, published_of
from plugins.schedule.model import EventFacts, TalkFile
from plugins.schedule.pages.changes import Changes
from plugins.site.ledger import Ledger, Seen, Sort
from plugins.source.problem import Place, Source
from tests.schedule.formats.exporting import (
    files,
    post_with_itinerary,
    presenter_of,
    publish,
    site_of,
)
from tests.schedule.parsing.parsed import schedule_in

FIRST = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)

TEN, ELEVEN = "2026-10-24T10:00:00+02:00", "2026-10-24T11:00:00+02:00"


def state(title: str = "Knots", start: str = TEN, rooms: str = "attic", **more: object) -> Seen:
    return Seen(title, "2026-10-24", start, rooms=tuple(rooms.split()), **more)  # type: ignore[arg-type]


OFF = state(is_on=False)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        pytest.param(state(), state(), [], id="nothing"),
        pytest.param(None, state(), [Sort.NEW], id="new"),
        pytest.param(None, OFF, [], id="new and cancelled at once is no news"),
        pytest.param(state(), None, [Sort.CANCELLED], id="gone"),
        pytest.param(OFF, None, [], id="gone after it was cancelled"),
        pytest.param(state(), OFF, [Sort.CANCELLED], id="cancelled"),
        pytest.param(
            state(), state(start=ELEVEN, is_on=False), [Sort.CANCELLED], id="cancelled, moved"
        ),
        pytest.param(OFF, state(), [Sort.BACK], id="back again"),
        pytest.param(OFF, state(start=ELEVEN), [Sort.BACK, Sort.MOVED], id="back at another time"),
        pytest.param(state(), state(start=ELEVEN), [Sort.MOVED], id="moved"),
        pytest.param(state(end=ELEVEN), state(), [Sort.MOVED], id="another end"),
        pytest.param(state(start=""), state(), [Sort.MOVED], id="its time is known"),
        pytest.param(state(), state(start=""), [Sort.MOVED], id="its time is not known any more"),
        pytest.param(state(), state(rooms="cellar"), [Sort.ROOM], id="other room"),
        pytest.param(state(), state(rooms="*"), [Sort.ROOM], id="in all rooms"),
        pytest.param(state(), state("Bends"), [Sort.RENAMED], id="renamed"),
        pytest.param(
            state(),
            state("Bends", ELEVEN, "cellar"),
            [Sort.MOVED, Sort.ROOM, Sort.RENAMED],
            id="all",
        ),
        pytest.param(state(places="Attic"), state(places="Loft"), [], id="a room's other name"),
    ],
)
def test_change_is_told(before: Seen | None, after: Seen | None, told: list[Sort]) -> None:
    found = changes({"a": before} if before else {}, {"a": after} if after else {})

    assert [sort for change in found for sort in change.sorts] == told


PROGRAMME = """\
rooms: [Attic, Cellar]
2026-10-24:
  - 10:00-10:45 Knots | Wanda Weft | Attic
  - 11:00-11:45 Nets | Otto Oak | Attic
  - 12:00-12:45 Again | Ada Ash | Attic
  - 14:00-14:45 Again | Ada Ash | Cellar
  - Sails | Cy Cork
"""


def publishes(*programmes: str) -> list[dict[str, tuple[str, int, str, str, str]]]:
    """By id of a session, after each publish: UID, sequence, day of the stamp, state, start."""
    ledger, found = Ledger(), []
    for number, programme in enumerate(programmes):
        presenter, ledger = publish(programme, ledger, FIRST + number * DAY)
        events = Calendar.from_ical(files(presenter)["schedule.ics"]).events
        found.append(
            {
                str(e["UID"]).partition("@")[0]: (
                    int(e["SEQUENCE"]), f"{e.DTSTAMP:%d}", str(e["STATUS"]), f"{e.DTSTART:%H:%M}"
                )
                for e in events
            }
        )  # fmt: skip
    return found


def releases(*programmes: str) -> list[list[str]]:
    """What each publish tells, a line a session."""
    ledger, found = Ledger(), []
    for number, programme in enumerate(programmes):
        presenter, ledger = publish(programme, ledger, FIRST + number * DAY)
        newest = presenter.edition.history.releases[0]
        is_new = newest.moment == FIRST + number * DAY
        lines = [f"{c.id}: {', '.join(c.sorts)}" for c in newest.changes if is_new]
        found.append(lines if is_new else ["nothing"])
    return found


def test_three_publishes_tell_what_changed() -> None:
    second = PROGRAMME.replace("11:00-11:45", "15:00-15:45").replace(
        "Knots | Wanda Weft | Attic", "Knots | Wanda Weft | Cellar"
    )
    third = second.replace("  - 15:00-15:45 Nets | Otto Oak | Attic\n", "")
    fourth = second + "  - 16:00 1h Ropes\n"

    assert releases(PROGRAMME, PROGRAMME, second, third, fourth) == [
        [],
        ["nothing"],
        ["knots: other room", "nets: moved"],
        ["nets: cancelled"],
        ["nets: back again", "ropes: new"],
    ]


def test_calendars_know_a_session_that_moved_and_one_that_is_gone() -> None:
    second = PROGRAMME.replace("11:00-11:45", "15:00-15:45")
    third = second.replace("  - 15:00-15:45 Nets | Otto Oak | Attic\n", "")
    first, moved, gone = publishes(PROGRAMME, second, third)

    assert first["nets"] == (0, "01", "CONFIRMED", "11:00")
    assert moved["nets"] == (1, "02", "CONFIRMED", "15:00")
    assert gone["nets"] == (2, "03", "CANCELLED", "15:00")
    assert first["knots"] == moved["knots"] == gone["knots"] == (0, "01", "CONFIRMED", "10:00")


def test_same_programme_published_again_makes_the_same_bytes() -> None:
    first, ledger = publish(PROGRAMME, Ledger(), FIRST)
    again, same = publish(PROGRAMME, ledger, FIRST + DAY)

    assert files(first) == files(again)
    assert ledger == same


def test_preview_moves_no_stamp() -> None:
    _, ledger = publish(PROGRAMME, Ledger(), FIRST)
    preview = presenter_of(PROGRAMME.replace("11:00-11:45", "15:00-15:45"), ledger=ledger)

    (nets,) = [
        e for e in Calendar.from_ical(files(preview)["schedule.ics"]).events if "nets" in e["UID"]
    ]
    assert (int(nets["SEQUENCE"]), f"{nets.DTSTAMP:%d}") == (1, "01")


def test_renamed_session_keeps_its_uid() -> None:
    first, second = publishes(PROGRAMME, PROGRAMME.replace("Nets", "Nets and cages"))

    assert second["nets"] == (0, "02", "CONFIRMED", "11:00")
    assert set(second) == set(first)


def test_repeated_talk_keeps_its_ids_apart() -> None:
    without_first = PROGRAMME.replace("  - 12:00-12:45 Again | Ada Ash | Attic\n", "")
    first, second = publishes(PROGRAMME, without_first)

    assert first["again-2"] == second["again-2"] == (0, "01", "CONFIRMED", "14:00")
    assert second["again"] == (1, "02", "CANCELLED", "12:00")


OPEN = """\
2026-10-24:
  - 09:00 30m Doors open | | all rooms
  - 11:00-11:45 Nets | Otto Oak | Attic
  - 12:00-12:45 Again | Ada Ash | Attic
  - 14:00-14:45 Again | Ada Ash | Cellar
  - 16:00 1h Walk on the mud
"""
NETS = "  - 11:00-11:45 Nets | Otto Oak | Attic"
OLD = [("Nets", "Cages")]


@pytest.mark.parametrize(
    ("edits", "told"),
    [
        ([OLD, [("11:00-11:45", "17:00-17:45")]], [["nets: renamed"], ["nets: moved"]]),
        ([OLD, [("Oak | Attic", "Oak | Cellar")]], [["nets: renamed"], ["nets: other room"]]),
        (
            [OLD, [("Attic", "Loft")]],
            [["nets: renamed"], ["nets: other room", "again: other room"]],
        ),
        ([OLD, [("Otto Oak", "Ada Ash")]], [["nets: renamed"], ["nothing"]]),
        (
            [OLD, [("Cages", "Traps")], [("11:00-11:45", "17:00-17:45")]],
            [["nets: renamed"], ["nets: renamed"], ["nets: moved"]],
        ),
        (
            [OLD, [("Cages", "Nets")], [("11:00-11:45", "17:00-17:45")]],
            [["nets: renamed"], ["nets: renamed"], ["nets: moved"]],
        ),
        (
            [OLD, [("  - 16:00", "  - 15:00 30m Nets | Cy Cork\n  - 16:00")]],
            [["nets: renamed"], ["nets-2: new"]],
        ),
        (
            [OLD, [("  - 11:00-11:45 Cages | Otto Oak | Attic\n", "")]],
            [["nets: renamed"], ["nets: cancelled"]],
        ),
        ([[("11:00-11:45 Nets", "17:00-17:45 “NETS!”")]], [["nets: moved, renamed"]]),
        (
            [[("Nets", "@"), ("Walk on the mud", "Nets"), ("@", "Walk on the mud")]],
            [["walk-on-the-mud: moved, other room", "nets: moved, other room"]],
        ),
        (
            [[("Doors open", "Registration")], [("09:00 30m", "08:00 30m")]],
            [["doors-open: renamed"], ["doors-open: moved"]],
        ),
        ([[("14:00-14:45", "17:00-17:45")]], [["again-2: moved"]]),
        (
            [[("12:00-12:45 Again", "12:00-12:45 Once"), ("14:00-14:45", "17:00-17:45")]],
            [["again: renamed", "again-2: moved"]],
        ),
        (
            [
                [("12:00-12:45 Again", "12:00-12:45 Once")],
                [("  - 12:00", "  - 10:00 30m Again | Ada Ash\n  - 12:00")],
            ],
            [["again: renamed"], ["again-3: new"]],
        ),
        (
            [[(NETS, f"{NETS} | cancelled")], OLD, [("Attic | cancelled", "Attic")]],
            [["nets: cancelled"], ["nothing"], ["nets: back again"]],
        ),
        (
            [[(NETS, f"{NETS} | cancelled")], [("Nets", "Cages"), (" | cancelled", "")]],
            [["nets: cancelled"], ["cages: new"]],
        ),
        (
            [OLD, [("11:00-11:45 Cages | Otto Oak", "11:00-11:45 Ropes | Otto Oak")]],
            [["nets: renamed"]] * 2,
        ),
        (
            [[(NETS, "")], [("  - 12:00", "  - 11:00-11:45 Cages | Otto Oak | Attic\n  - 12:00")]],
            [["nets: cancelled"], ["cages: new"]],
        ),
    ],
)
def test_session_is_known_again(edits: list[list[tuple[str, str]]], told: list[list[str]]) -> None:
    programmes = [OPEN]
    for step in edits:
        text = programmes[-1]
        for old, new in step:
            text = text.replace(old, new)
        programmes.append(text)

    assert releases(*programmes)[1:] == told


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("11:00-11:45 Nets", "17:00-17:45 Cages", "while “Nets” of the same speakers is gone"),
        ("16:00 1h Walk on the mud", "15:00 1h Walk on the sand", "while “Walk on the mud” of a"),
        ("11:00-11:45 Nets | Otto Oak", "11:00-11:45 Nets, part 1 | Cy Cork", ""),
        ("16:00 1h Walk on the mud", "15:00 1h Boat trip", ""),
    ],
)
def test_doubtful_rename_is_asked_about(old: str, new: str, told: str) -> None:
    presenter, ledger = publish(OPEN, Ledger(), FIRST)
    known = published_of(ledger, presenter.slug)
    facts = EventFacts(event=presenter.edition.event, published=known)
    _, problems = schedule_in(Source("schedule.yaml", OPEN.replace(old, new)), event=facts)

    assert [told in problem.found for problem in problems] == [True] * bool(told)


MUD = TalkFile(
    id="walk-on-the-mud",
    title="Walk on the mud",
    path="events/ropes-2026/talks/walk-on-the-mud.md",
    slides="/mud.pdf",
    place=Place("content/events/ropes-2026/talks/walk-on-the-mud.md", 2, 8),
    excerpt="title: Walk on the mud",
)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "16:00 1h Walk on the mud",
            "15:00 1h Walk on the sand | Bo Bell",
            "if it is “Walk on the sand”, line 6, “id: walk-on-the-mud” there keeps its address",
        ),
        ("  - 16:00 1h Walk on the mud\n", "", "put its line back with “| cancelled”"),
    ],
)
def test_talk_file_of_what_is_gone_says_how_to_keep_it(old: str, new: str, told: str) -> None:
    presenter, ledger = publish(OPEN, Ledger(), FIRST)
    known = published_of(ledger, presenter.slug)
    facts = EventFacts(event=presenter.edition.event, published=known, talks=(MUD,))
    _, problems = schedule_in(Source("schedule.yaml", OPEN.replace(old, new)), event=facts)

    (problem,) = [problem for problem in problems if problem.place == MUD.place]
    assert told in problem.hint
    assert problem.excerpt == MUD.excerpt


def test_what_is_gone_keeps_the_slides_of_its_file() -> None:
    _, ledger = publish(OPEN, Ledger(), FIRST)
    without = presenter_of(OPEN.replace("  - 16:00 1h Walk on the mud\n", ""), ledger=ledger)
    site, programme = without.site, without.edition.programme
    history = history_of(
        replace(site, ledger=ledger), without.slug, replace(programme, days=programme.days[:0]),
        texts={}, modified=None, files={MUD.id: MUD},
    )  # fmt: skip

    walk = history.programme.session(MUD.id)
    assert walk
    assert (walk.texts.slides, walk.is_on) == ("/mud.pdf", False)


def test_doubtful_rename_is_not_guessed() -> None:
    _, ledger = publish(PROGRAMME, Ledger(), FIRST)
    other = PROGRAMME.replace("11:00-11:45 Nets", "17:00-17:45 Cages")
    presenter, _ = publish(other, ledger, FIRST + DAY)

    told = {c.id: list(c.sorts) for c in presenter.edition.history.releases[0].changes}
    assert told == {"cages": [Sort.NEW], "nets": [Sort.CANCELLED]}


def test_session_goes_for_good_when_its_state_is_taken_out_of_the_ledger() -> None:
    _, ledger = publish(PROGRAMME, Ledger(), FIRST)
    without = PROGRAMME.replace("  - 11:00-11:45 Nets | Otto Oak | Attic\n", "")
    _, ledger = publish(without, ledger, FIRST + DAY)
    key = "ropes-2026/nets"
    known = replace(ledger.sessions[key], state=None)
    presenter, after = publish(
        without, replace(ledger, sessions={**ledger.sessions, key: known}), FIRST + 2 * DAY
    )

    assert presenter.programme.session("nets") is None
    assert len(presenter.edition.history.releases) == 2
    assert after.sessions[key].uid == known.uid


def test_moved_session_says_from_where() -> None:
    _, ledger = publish(PROGRAMME, Ledger(), FIRST)
    later = PROGRAMME.replace(
        "11:00-11:45 Nets | Otto Oak | Attic", "15:00-15:45 Nets | Otto Oak | Cellar"
    )
    presenter, ledger = publish(later, ledger, FIRST + DAY)
    again, _ = publish(later, ledger, FIRST + 2 * DAY)

    for each in (presenter, again):
        origin = each.programme.session("nets").origin  # type: ignore[union-attr]
        assert origin
        assert origin.start
        assert (f"{origin.start.wall:%H:%M}", origin.rooms) == ("11:00", ("attic",))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("01:50", "02:50", "Saturday, 24 October, 02:50 instead of 01:50"),
        ("23:30", "25:30", "Saturday, 24 October, 01:30 (next day) instead of 23:30"),
        ("10:00-10:45", "10:00-11:00", "Saturday, 24 October, 10:00, until 11:00 instead of 10:45"),
        ("", "10:00", "Saturday, 24 October, 10:00 instead of a time not known yet"),
    ],
)
def test_move_reads_as_a_person_would_say_it(before: str, after: str, told: str) -> None:
    programme = "zone: Europe/Amsterdam\n2026-10-24:\n  - {{title: Knots{}}}\n"
    _, ledger = publish(programme.format(before and f", time: {before}"), Ledger(), FIRST)
    presenter, _ = publish(programme.format(f", time: {after}"), ledger, FIRST + DAY)
    (_, whole), *_ = Changes(presenter).pages()

    assert [c.words for sort in whole.releases[0].sorts for c in sort.changes] == [told]


def test_release_reads_as_a_person_would_say_it() -> None:
    _, ledger = publish(PROGRAMME, Ledger(), FIRST)
    later = PROGRAMME.replace(
        "11:00-11:45 Nets | Otto Oak | Attic",
        "15:00-15:45 Nets and cages | Otto Oak | Cellar:\n      id: nets",
    ).replace("  - 10:00-10:45 Knots | Wanda Weft | Attic\n", "  - 16:00 1h Ropes\n")
    presenter, _ = publish(later, ledger, FIRST + DAY)
    (path, whole), *_ = Changes(presenter).pages()

    assert path == "events/ropes-2026/changes/index.html"
    release = whole.releases[0]
    assert (release.number, release.date and release.date.iso) == (2, "2026-06-02")
    assert release.summary == "1 cancelled, 1 moved, 1 new"
    assert [(s.heading, c.title, c.words) for s in release.sorts for c in s.changes] == [
        ("Cancelled", "Knots", "was to be Saturday, 24 October, 10:00, Attic"),
        (
            "Moved", "Nets and cages",
            "Saturday, 24 October, 15:00 instead of 11:00; Cellar instead of Attic; was “Nets”",
        ),
        ("New", "Ropes", "Saturday, 24 October, 16:00"),
    ]  # fmt: skip
    assert [view.summary for view in whole.releases][1] == "The programme is out: 5 sessions"


TRIP = """\
zone: Europe/Amsterdam
2026-10-22:
  - 18:00 Dinner | By the lake
  - stay: Harbour Hotel until 2026-10-25 | near the dyke
  - 09:00 Breakfast
"""


def trips(*posts: Document) -> list[dict[str, tuple[int, str, str, str]]]:
    """By UID, after each publish of a post: sequence, day of the stamp, status, place."""
    ledger, found = Ledger(), []
    for number, post in enumerate(posts):
        paths = {post.source: "posts/trip/index.html"}
        ledger = known_again(ledger, [post], paths)
        site = site_of(post, ledger=ledger, publish_at=FIRST + number * DAY)
        (file,) = downloads(post, site)
        records = records_of(ledger, [post], paths, settings=site.settings)
        ledger = remember(site, replace(ledger, documents=records))
        found.append(
            {
                str(e["UID"]): (
                    int(e["SEQUENCE"]), f"{e.DTSTAMP:%d}", str(e["STATUS"]), str(e["LOCATION"])
                )
                for e in Calendar.from_ical(file.data).events
            }
        )  # fmt: skip
    return found


def test_entry_of_an_itinerary_keeps_its_uid_and_changes_only_when_it_does() -> None:
    second = TRIP.replace("lake", "sea").replace("near", "on").replace("  - 09:00 Breakfast\n", "")
    moved = replace(post_with_itinerary(TRIP, TRIP, slug="edam"), source="posts/edam.md")
    first, again, changed, back = trips(
        post_with_itinerary(TRIP), post_with_itinerary(TRIP), post_with_itinerary(second), moved
    )

    dinner, hotel, breakfast = (
        f"{id}@trip.posts.harbour.example" for id in ("dinner", "harbour-hotel", "breakfast")
    )
    assert again == first == {
        dinner: (0, "01", "CONFIRMED", "By the lake"),
        hotel: (0, "01", "CONFIRMED", "Harbour Hotel"),
        breakfast: (0, "01", "CONFIRMED", "Breakfast"),
    }  # fmt: skip
    assert changed == {
        dinner: (1, "03", "CONFIRMED", "By the sea"),
        hotel: (0, "03", "CONFIRMED", "Harbour Hotel"),
        breakfast: (1, "03", "CANCELLED", "Breakfast"),
    }
    assert {uid: back[uid] for uid in first} == {
        dinner: (2, "04", "CONFIRMED", "By the lake"),
        hotel: (0, "04", "CONFIRMED", "Harbour Hotel"),
        breakfast: (2, "04", "CONFIRMED", "Breakfast"),
    }
    assert {uid.partition("@")[0] for uid in back.keys() - first.keys()} == {
        "2/dinner", "2/harbour-hotel", "2/breakfast",
    }  # fmt: skip
