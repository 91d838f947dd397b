"""The rules find the faults that files of other systems have, and none in ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.schedule.formats.ical.calendar_rules import RULES, broken_rules

GOOD = (Path(__file__).parent / "cases" / "clocks-go-back.ics").read_bytes()
ZONE = GOOD[GOOD.index(b"BEGIN:VTIMEZONE") : GOOD.index(b"BEGIN:VEVENT")]

FAULTS = {
    "line feeds alone": ("crlf", b"\r\n", b"\n"),
    "a line before the calendar (EuRuKo)": ("begins_at_once", b"BEGIN:VCAL", b"\r\nBEGIN:VCAL"),
    "a byte order mark": ("begins_at_once", b"BEGIN:VCAL", b"\xef\xbb\xbfBEGIN:VCAL"),
    "a line that goes on": ("folded", b"\r\n ", b""),
    "a character cut in two": ("folded", "ق".encode(), "ق".encode()[:1] + b"\r\n \x82"),
    "a control character": ("no_controls", b"SUMMARY:Nets", b"SUMMARY:N\x07ets"),
    "an event that does not end": ("structure", b"END:VEVENT\r\nEND:VCAL", b"END:VCAL"),
    "no version": ("head", b"VERSION:2.0\r\n", b""),
    "no DTSTAMP (FOSDEM)": ("needed", b"DTSTAMP:20260501T100000Z\r\n", b""),
    "no place (Giggity shows none)": ("shown", b"LOCATION:Attic", b"X-PLACE:Attic"),
    "an end and a length (OSEM)": ("one_end", b"DTEND;", b"DURATION:PT45M\r\nDTEND;"),
    "an end before the start": ("one_end", b"20261024T104500", b"20261024T094500"),
    "a comma as it is (FOSDEM)": ("escaped", b"SUMMARY:Knots\\,", b"SUMMARY:Knots,"),
    "markup for text": ("plain", b"SUMMARY:Nets", b"SUMMARY:<b>Nets</b>"),
    "a UID that others have too (DjangoCon)": ("lasting_ids", b"@ropes-2026.harbour.example", b""),
    "a UID twice": ("lasting_ids", b"UID:night@", b"UID:nets@"),
    "a start for a stamp (DjangoCon)": (
        "stamps",
        b"DTSTAMP:20260501T100000Z\r\nLAST-MODIFIED:20260501T100000Z\r\nSEQUENCE:0\r\nDTSTART",
        b"DTSTAMP:20261024T080000Z\r\nLAST-MODIFIED:20261024T080000Z\r\nSEQUENCE:0\r\nDTSTART",
    ),
    "the clock for a stamp (Indico)": (
        "stamps", b"DTSTAMP:20260501T100000Z", b"DTSTAMP:20260607T080910Z"
    ),
    "no VTIMEZONE": ("zones_are_told", ZONE, b""),
    "a VTIMEZONE and floating times (FOSDEM)": (
        "zones_are_told", b";TZID=Europe/Amsterdam", b""
    ),
    "a zone as an abbreviation (pretalx)": ("zones_are_right", b"Europe/Amsterdam", b"CEST"),
    "a zone one hour off": ("zones_are_right", b"TZOFFSETTO:+0200", b"TZOFFSETTO:+0100"),
    "a zone on UTC": ("no_zone_on_utc", b"20261024T100000\r\n", b"20261024T100000Z\r\n"),
    "floating times (FOSDEM)": ("nothing_floats", b";TZID=Europe/Amsterdam", b""),
    "a status of its own": ("states", b"STATUS:CANCELLED", b"STATUS:CANCELED"),
    "no way to tell what moved (pretalx)": ("revisions", b"SEQUENCE:0\r\n", b""),
    "a calendar without a name (pretalx)": ("named", b"X-WR-CALNAME:Ropes 2026\r\n", b""),
    "an interval without a type (icalendar)": ("typed", b";VALUE=DURATION", b""),
    "an address within the site (wafer)": ("addresses", b"URL:https://harbour.example", b"URL:"),
}  # fmt: skip


@pytest.mark.parametrize("what", sorted(FAULTS))
def test_fault_is_found(what: str) -> None:
    rule, old, new = FAULTS[what]
    bad = GOOD.replace(old, new)
    assert bad != GOOD
    assert rule in broken_rules(bad)


def test_good_file_breaks_no_rule() -> None:
    assert broken_rules(GOOD) == {}


def test_every_rule_has_a_fault() -> None:
    assert {rule for rule, _, _ in FAULTS.values()} == set(RULES)
