"""A programme that leaves in another format and comes back is the same programme."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from plugins.markdown.converter import Converter
from plugins.markdown.reading import Reading
from plugins.markdown.write import Written
from plugins.schedule.exports.model import Export, ExportedSession
from plugins.schedule.foreign.settle import settle
from plugins.schedule.formats.detect import read_foreign
from plugins.schedule.formats.frab.writer import write_schedule_json
from plugins.schedule.formats.frab.xml_writer import write_frab
from plugins.schedule.imports.texts import texts_of, whole_schedule
from plugins.source.checked import checked
from plugins.source.problem import Source
from plugins.source.schema import PageFrontMatter
from tests.schedule.formats.exporting import export
from tests.schedule.formats.test_exports import HARD

Write = Callable[[Export], bytes]

FRAB = """\
<schedule>
<version>1</version>
<conference><title>Ropes 2026</title><acronym>ropes</acronym>
<time_zone_name>Europe/Amsterdam</time_zone_name></conference>
<day index="1" date="2026-10-24" start="2026-10-24T09:00:00+02:00" end="2026-10-25T02:00:00+02:00">
<room name="Attic" guid="469d1b04-0b11-5f2c-8451-1f9387f6f6b1">
<event guid="10b11a00-1719-5c16-a7ee-a9b7122d4caf" id="7" code="XFUR3C">
<date>2026-10-24T10:00:00+02:00</date><start>10:00</start><duration>00:45</duration>
<room>Attic</room><slug>ropes-7-knots</slug><url>https://old.example/knots</url>
<title>Knots &amp; bends</title><subtitle>And hitches</subtitle><track>Rope</track>
<type>Lightning talk</type><language>en</language><abstract>Five of them.</abstract>
<description>Long.</description><recording><license>CC BY</license><optout>true</optout></recording>
<feedback_url>https://old.example/feedback</feedback_url>
<persons><person id="3">Wanda Weft</person><person id="4">Otto Oak</person></persons>
<links><link href="https://knots.example/">Site</link></links>
</event>
<event guid="25861926-6d88-5c79-9e30-d0ae99fedf9a" id="8">
<date>2026-10-25T00:30:00+02:00</date><start>00:30</start><duration>01:00</duration>
<room>Attic</room><title>Night</title><track/><type>talk</type><abstract/>
</event>
</room>
</day>
</schedule>
"""


ONE = "2026-10-24:\n  - 10:00-10:45 Knots | Wanda Weft\n"


STRICT = f"strict: true\nbreaks: [Mittag, Kaffee]\n{HARD}".replace(
    "Only a start | Wanda Weft", "Only a start |"
).replace("note: Bring a rope", 'note: "Bring\\na rope"')


def again(data: bytes) -> Export:
    """What is made of a file when it is imported."""
    programme = settle(read_foreign(data))
    assert programme.zone == "Europe/Amsterdam"
    return export(whole_schedule(texts_of(programme, title="Ropes 2026")))


def rendered(markdown: str) -> str:
    """A long text as its page has it."""
    source = Source("talk.md", markdown)
    reading = Reading(source, checked(PageFrontMatter, {"title": "T"}), "t")
    root = Converter([]).convert(source, reading).root
    return Written(reading).write(root).body.html(lambda link: link.target)


def facts(each: ExportedSession) -> dict[str, object]:
    """What has to come back of a session."""
    session = each.session
    return {
        "id": session.id,
        "uid": each.identity.uid,
        "guid": each.guid,
        "title": each.title,
        "day": session.day,
        "start": session.start and session.start.iso,
        "end": session.end and session.end.iso,
        "rooms": each.rooms,
        "everywhere": session.is_everywhere,
        "people": each.people,
        "track": each.track,
        "kind": session.kind,
        "type": each.type,
        "status": session.status,
        "language": session.language,
        "subtitle": session.texts.subtitle,
        "group": session.texts.group,
        "abstract": each.texts.abstract,
        "note": each.texts.note,
        "slides": each.texts.slides,
        "recording": each.texts.recording,
        "links": each.texts.links,
        "repeat": session.repeat_of,
        "was": session.origin and (session.origin.start, session.origin.rooms),
        "code": each.code,
        "origin": each.texts.url,
    }


@pytest.mark.parametrize("write", [write_frab, write_schedule_json])
def test_what_only_we_can_say_survives(write: Write) -> None:
    before = export(STRICT)
    after = again(write(before))

    expected = [facts(each) for each in before.sessions]
    assert sorted(map(facts, after.sessions), key=_id) == sorted(expected, key=_id)
    assert [(replace(r.room, guid=""), r.guid) for r in after.rooms] == [
        (r.room, r.guid) for r in before.rooms
    ]
    assert [t.name for t in after.tracks] == [t.name for t in before.tracks]
    assert [(day.date, day.title) for day in after.days] == [
        (day.date, day.title) for day in before.days
    ]
    assert after.days[0].title == "High water"
    assert after.languages == before.languages == ("en", "ar")
    assert after.breaks == before.breaks == ("kaffee", "mittag")
    assert after.strict


def _id(known: dict[str, object]) -> str:
    return str(known["id"])


LONG = f"""\
One line{"  "}
and another

-   Hemp
    -   in the wet
        1. slowly
        2. twice
-   Jute

## Then

> Cut it.

```text
  knot --twice
```

[Knots](https://knots.example/?a=1&b=2) and [the next](https://harbour.example/fairs/x/)."""


@pytest.mark.parametrize("write", [write_frab, write_schedule_json])
def test_shape_of_a_long_text_survives(write: Write) -> None:
    html = rendered(LONG).replace('href="https://harbour.example', 'href="')

    before = export(f"{ONE}  - Whenever\n", talks={"knots": html, "whenever": "<p>Plain.</p>"})
    texts = texts_of(settle(read_foreign(write(before))), title="F")

    assert {id: talk["text"] for id, talk in texts.talks.items()} == {
        "knots": LONG, "whenever": "Plain.",
    }  # fmt: skip


@pytest.mark.parametrize("write", [write_frab, write_schedule_json])
def test_what_is_said_of_a_speaker_survives(write: Write) -> None:
    head = "speakers: [{name: Wanda Weft, pronouns: she, affiliation: Mill, summary: Weaves.}]\n"

    texts = texts_of(settle(read_foreign(write(export(head + ONE)))), title="F")

    assert texts.speakers == {
        "wanda-weft": {
            "title": "Wanda Weft", "affiliation": "Mill", "pronouns": "she", "text": "Weaves.",
        }
    }  # fmt: skip


@pytest.mark.parametrize("write", [write_frab, write_schedule_json])
def test_imported_programme_is_written_as_it_was(write: Write) -> None:
    first = again(FRAB.encode())
    second = again(write(first))

    assert [facts(each) for each in first.sessions] == [facts(each) for each in second.sessions]
    knots = facts(first.sessions[0])
    assert knots["guid"] == "10b11a00-1719-5c16-a7ee-a9b7122d4caf"
    assert (knots["code"], knots["type"], knots["origin"]) == (
        "XFUR3C", "Lightning talk", "https://old.example/knots",
    )  # fmt: skip
