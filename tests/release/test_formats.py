"""Files for programs: our JSON and its schema, OSV, endoflife.date's shape, a calendar."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from icalendar import Calendar
from jsonschema import Draft202012Validator

from plugins.release.model import Condition, Type
from plugins.release.osv import osv_id, write_osv
from plugins.release.severity import parse_severity
from tests.release.making import change, product
from tests.site_folder import SiteFolder

OSV_PREFIX = r"^(x_|CVE-\d{4}-\d{4,}$)"
STAMP = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"
V2 = r"^((AV:[NAL]|AC:[LMH]|Au:[MSN]|[CIA]:[NPC])/){5}A:[NPC]$"
V3 = r"^CVSS:3[.][01]/((AV:[NALP]|AC:[LH]|PR:[NLH]|UI:[NR]|S:[UC]|[CIA]:[NLH])/?)+$"
V4 = r"^CVSS:4[.]0/AV:[NALP]/AC:[LH]/AT:[NP]/PR:[NLH]/UI:[NPA]/V[CIA]:[HLN]/.*$"

TEXT = {"type": "string", "minLength": 1}
EVENT = {
    "type": "object",
    "minProperties": 1,
    "maxProperties": 1,
    "properties": {"introduced": TEXT, "fixed": TEXT, "last_affected": TEXT, "limit": TEXT},
    "additionalProperties": False,
}

OSV_RULES: dict[str, Any] = {
    "type": "object",
    "required": ["id", "modified"],
    "additionalProperties": False,
    "properties": {
        "schema_version": {"const": "1.7.0"},
        "id": {"type": "string", "pattern": OSV_PREFIX},
        "modified": {"type": "string", "pattern": STAMP},
        "published": {"type": "string", "pattern": STAMP},
        "aliases": {"type": "array", "items": TEXT},
        "summary": TEXT,
        "details": TEXT,
        "severity": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", "score"],
                "additionalProperties": False,
                "properties": {"type": TEXT, "score": TEXT},
                "oneOf": [
                    {
                        "properties": {
                            "type": {"const": kind},
                            "score": {"pattern": pattern},
                        }
                    }
                    for kind, pattern in (("CVSS_V2", V2), ("CVSS_V3", V3), ("CVSS_V4", V4))
                ],
            },
        },
        "affected": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "package": {
                        "type": "object",
                        "required": ["ecosystem", "name"],
                        "properties": {"ecosystem": {"enum": ["PyPI", "npm", "Bitnami"]}},
                    },
                    "versions": {"type": "array", "items": TEXT},
                    "ranges": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["type", "events"],
                            "properties": {
                                "type": {"enum": ["SEMVER", "ECOSYSTEM"]},
                                "events": {
                                    "type": "array",
                                    "minItems": 1,
                                    "items": EVENT,
                                    "contains": {"required": ["introduced"]},
                                },
                            },
                        },
                    },
                },
            },
        },
        "references": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", "url"],
                "properties": {
                    "type": {"enum": ["ADVISORY", "REPORT"]},
                    "url": {"type": "string", "pattern": "^https?://"},
                },
            },
        },
        "credits": {
            "type": "array",
            "items": {"type": "object", "required": ["name"], "properties": {"name": TEXT}},
        },
    },
}
"""The rules of OSV's schema (1.7) for all that we write, stricter where we write less."""

DAY = datetime(2012, 2, 27, tzinfo=UTC)


def problems_of(schema: dict[str, Any], data: Any) -> list[str]:
    return [error.message for error in Draft202012Validator(schema).iter_errors(data)]


def test_our_json_holds_to_its_schema(real_site: SiteFolder) -> None:
    schema = json.loads(real_site.page("products/product.schema.json"))
    data = json.loads(real_site.page("products/postgresql/product.json"))

    Draft202012Validator.check_schema(schema)
    assert problems_of(schema, data) == []
    assert problems_of(schema, {**data, "versions": [{"name": 1}]}) != []


def test_osv_records_of_the_site_hold_to_the_rules(real_site: SiteFolder) -> None:
    folder = real_site.output / "products/postgresql/osv"
    records = {file.stem: json.loads(file.read_text()) for file in sorted(folder.iterdir())}

    assert list(records) == ["CVE-2011-2483", "CVE-2012-0866", "CVE-2012-0867", "CVE-2012-0868"]
    assert [problems_of(OSV_RULES, record) for record in records.values()] == [[], [], [], []]
    assert records["CVE-2012-0867"] == {
        "schema_version": "1.7.0",
        "id": "CVE-2012-0867",
        "modified": "2012-02-27T08:00:00Z",
        "published": "2012-02-27T08:00:00Z",
        "summary": "when the common name in an SSL certificate was checked, "
        "it was cut to 32 characters first",
        "details": "CVE-2012-0867: when the common name in an SSL certificate was checked, it was "
        "cut to 32 characters first. What came after them did not count, so a longer name could "
        "pass for another one.",
        "severity": [{"type": "CVSS_V2", "score": "AV:N/AC:M/Au:N/C:N/I:P/A:N"}],
        "affected": [
            {
                "versions": [
                    *(f"8.4.{n}" for n in range(11)),
                    *(f"9.0.{n}" for n in range(7)),
                    *(f"9.1.{n}" for n in range(3)),
                ]
            }
        ],
        "references": [
            {
                "type": "ADVISORY",
                "url": f"{address(real_site)}/posts/postgresql-9-1-3/#cve-2012-0867",
            }
        ],
        "credits": [{"name": "Heikki Linnakangas"}],
    }


def address(site: SiteFolder) -> str:
    """The site's address, as its home page has it."""
    match = re.search(r'<link rel="?canonical"? href="?(.*?)/?"?>', site.page("index.html"))
    assert match
    return match[1]


@pytest.mark.parametrize(
    "vector",
    [
        "AV:N/AC:M/Au:N/C:N/I:P/A:N",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
    ],
)
def test_osv_record_of_a_package_has_ranges(vector: str) -> None:
    from msgspec.structs import replace  # noqa: PLC0415  only here

    told = replace(
        change("leak", 1, 4, type=Type.SECURITY, affects=((0, 0), (3, 3), (5, 5))),
        severity=parse_severity(vector),
        condition=Condition("you tea"),
        issues=("https://tea.example/1",),
    )
    tea = replace(product("1.0 1.1 1.2 2.0 2.1 3.0", told), ecosystem="PyPI", package="tea")

    url = "https://tiny.example/tea/"
    record = json.loads(write_osv(tea, told, published=DAY, modified=DAY, url=url))

    assert problems_of(OSV_RULES, record) == []
    assert osv_id(tea, told) == "x_tea-leak"
    assert record["affected"] == [
        {
            "package": {"ecosystem": "PyPI", "name": "tea"},
            "versions": ["1.0", "2.0", "3.0"],
            "ranges": [
                {"type": "ECOSYSTEM", "events": [{"introduced": "1.0"}, {"fixed": "1.1"}]},
                {"type": "ECOSYSTEM", "events": [{"introduced": "2.0"}, {"fixed": "2.1"}]},
                {"type": "ECOSYSTEM", "events": [{"introduced": "3.0"}, {"last_affected": "3.0"}]},
            ],
        }
    ]


def test_branches_have_the_shape_of_endoflife_date(real_site: SiteFolder) -> None:
    cycles = json.loads(real_site.page("products/postgresql/endoflife.json"))

    assert [cycle["cycle"] for cycle in cycles] == ["9.1", "9.0", "8.4", "8.3", "8.2"]
    assert cycles[0] == {
        "cycle": "9.1",
        "releaseDate": "2011-09-12",
        "eol": "2016-10-27",
        "latest": "9.1.3",
        "latestReleaseDate": "2012-02-27",
        "lts": False,
    }


def test_calendar_has_a_day_for_each_end(real_site: SiteFolder) -> None:
    text = (real_site.output / "products/postgresql/support.ics").read_bytes()
    events = Calendar.from_ical(text.decode()).walk("VEVENT")

    assert {str(event["SUMMARY"]): event.decoded("DTSTART") for event in events} == {
        "Support of PostgreSQL 8.2 ends": date(2011, 12, 5),
        "Support of PostgreSQL 8.3 ends": date(2013, 2, 7),
        "Support of PostgreSQL 8.4 ends": date(2014, 7, 24),
        "Support of PostgreSQL 9.0 ends": date(2015, 10, 8),
        "Support of PostgreSQL 9.1 ends": date(2016, 10, 27),
    }
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
