"""What is no programme is refused with what it seems to be."""

from __future__ import annotations

import pytest

from plugins.schedule.foreign.model import RefusedError
from plugins.schedule.foreign.tree import DEEPEST
from plugins.schedule.formats.detect import MOST_BYTES, read_foreign

BOMB = '<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><schedule>&b;</schedule>'
FILE_ENTITY = '<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><schedule>&x;</schedule>'
DEEP = "<schedule>" + "<a>" * DEEPEST
CUT_CALENDAR = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:A\r\n"


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "an empty file"),
        (b" \n\t", "an empty file"),
        (b"PK\x03\x04\x14\x00", "a zip archive"),
        (b"\x00\x01\x02\x03 binary", "a binary file"),
        (b"<!DOCTYPE html>\n<title>404 Not Found</title>", "an HTML page called “404 Not Found”"),
        (b"<html><body>Down for repair", "an HTML page"),
        (BOMB.encode(), "XML with a document type (DTD)"),
        (BOMB.encode("utf-16"), "XML with a document type (DTD)"),
        (FILE_ENTITY.encode(), "XML with a document type (DTD)"),
        (DEEP.encode(), f"XML nested over {DEEPEST} levels deep"),
        (b"<schedule><day>", "XML that is cut off"),
        (b"<schedule><day></schedule>", "broken XML (mismatched tag)"),
        (b"<schedule>\x0b</schedule>", "broken XML (not well-formed (invalid token))"),
        (
            b'<?xml version="1.0" encoding="x-none"?><schedule/>',
            "an XML file in an encoding that cannot be read (unknown encoding: x-none)",
        ),
        (
            b"<schedule><entry/></schedule>",
            "XML whose root is “schedule” with “entry” in it, a format of its own",
        ),
        (b"<schedule><conference/><day/></schedule>", "frab XML without a session"),
        (b"<feed/>", "an Atom feed"),
        (b"<rss/>", "an RSS feed or a WordPress export"),
        (b"<note/>", "XML whose root is “note”"),
        (b"[" * 100_000, "JSON nested over 60 levels deep"),
        (b'{"a": ' * 61 + b"1" + b"}" * 61, "JSON nested over 60 levels deep"),
        (b'{"schedule": {"conference": ', "JSON that is cut off"),
        (b'{"a" 1}', "broken JSON (Expecting ':' delimiter)"),
        (b'{"a": ' + b"9" * 5000 + b"}", "JSON with a number of thousands of digits"),
        (b'{"2014-07-21": {}}', "a JSON object with “2014-07-21” in it, a format of its own"),
        (b'["vcalendar", [], []]', "a JSON list that is no programme known here"),
        (CUT_CALENDAR.encode(), "a calendar that is cut off: VEVENT has no end"),
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "a calendar without an entry (VEVENT) in it"),
        (b"BEGIN:VEVENT\n", "a part of a calendar, “VEVENT”, without the calendar around it"),
        (b"title,room\n", "a table without a row"),
        (b"title,room\r", "a table without a row"),
        (b"Dear all, the schedule is:", "text that begins “Dear all, the schedule is:”"),
        (b"a" * (MOST_BYTES + 1), "a file of 20 MB, where 20 are the most"),
    ],
)  # fmt: skip
def test_file_is_refused(data: bytes, found: str) -> None:
    with pytest.raises(RefusedError) as refused:
        read_foreign(data)

    assert refused.value.found == found
