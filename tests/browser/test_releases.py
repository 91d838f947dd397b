"""From A to B and “Am I affected?”: by mouse, keyboard and address, without script, in print."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from msgspec.json import decode
from playwright.sync_api import Page, expect

from plugins.release.affected import status
from plugins.release.data import ProductData
from plugins.release.model import Change, Condition, Product, Type, Version
from plugins.release.upgrade import upgrade
from tests.browser.conftest import NewReader
from tests.browser.visit import Reader, clipboard

AFFECTED = "/products/postgresql/affected/"
UPGRADES = "/products/postgresql/upgrade/"


@pytest.fixture
def reader(lend: NewReader, real: tuple[str, Path]) -> Reader:
    return lend(real[0])


def product_of(output: Path) -> Product:
    """The product as the published JSON has it."""
    text = (output / "products/postgresql/product.json").read_text("utf-8")
    data = decode(text, type=ProductData)
    names = [version.name for version in data.versions]

    def change(each: Any) -> Change:
        condition = Condition(each.condition.words) if each.condition else None
        fixed = tuple(names.index(name) for name in each.fixed)
        affects = each.affects and tuple((names.index(a), names.index(b)) for a, b in each.affects)
        unknown = tuple((names.index(a), names.index(b)) for a, b in each.unknown)
        return Change(
            each.id,
            Type(each.type),
            "",
            each.html,
            fixed,
            affects,
            unknown,
            condition=condition,
        )

    versions = tuple(Version(version.name, version.branch) for version in data.versions)
    changes = tuple(map(change, data.changes))
    return Product("postgresql", data.name, "", "", data.scheme, (), versions, changes)


BY_SCRIPT = """async (base) => {
    const { indexed, between, status } = await import(base);
    const answer = await fetch("/products/postgresql/product.json");
    const product = indexed(await answer.json());
    const count = product.versions.length;
    const pairs = [];
    for (let from = 0; from < count; from += 1) for (let to = from; to < count; to += 1)
        pairs.push(between(product, from, to).map(({ id }) => id));
    const repairs = product.changes.filter(({ type }) => type === "Security");
    const states = repairs.map((change) => product.versions.map((_, at) =>
        [undefined, true, false].map((holds) => status(product, change, at, holds))));
    return { pairs, states };
}"""


def test_script_answers_as_the_build_does(reader: Reader, real: tuple[str, Path]) -> None:
    product = product_of(real[1])
    page = reader.open(UPGRADES)
    module = page.locator("script[type=module]").first.get_attribute("src") or ""

    found = page.evaluate(BY_SCRIPT, re.sub(r"site\.js$", "release/changes.js", module))

    count = len(product.versions)
    pairs = [(start, end) for start in range(count) for end in range(start, count)]
    repairs = [change for change in product.changes if change.is_security]
    assert found == {
        "pairs": [[c.id for c in upgrade(product, *pair).changes] for pair in pairs],
        "states": [
            [
                [status(c, n, product.versions, holds=h).value for h in (None, True, False)]
                for n in range(count)
            ]
            for c in repairs
        ],
    }


def said(page: Page) -> str:
    return page.locator(".version-said").inner_text()


def test_way_is_shown_kept_and_shared_by_its_address(reader: Reader) -> None:
    page = reader.open(UPGRADES)
    page.get_by_label("I run").select_option("8.4.8")
    page.get_by_label("I want").select_option("9.1.3")

    assert said(page) == "From 8.4.8 to 9.1.3: 21 changes."
    assert page.url.endswith("#from=8.4.8&to=9.1.3")
    headings = page.locator(".version-answer h2").all_inner_texts()
    assert headings == [
        "Before the restart",
        "After the upgrade",
        "Security",
        "Migration",
        "Everything else",
        "Versions on the way",
    ]

    reader.go(page, UPGRADES)
    assert page.get_by_label("I run").input_value() == "8.4.8"

    reader.go(page, f"{UPGRADES}#from=9.1.3&to=8.4.8")
    expect(page.locator(".version-said")).to_have_text(
        "8.4.8 comes before 9.1.3: this page leads forward only."
    )


def test_withdrawn_version_on_the_way_is_told(reader: Reader) -> None:
    page = reader.open(f"{UPGRADES}#from=8.3.1&to=8.3.3")

    expect(page.locator(".release-withdrawn")).to_have_text(
        "8.3.2 was withdrawn. It was never released."
    )


def states(page: Page) -> dict[str, str]:
    """What the tool says of each vulnerability."""
    items = page.locator(".version-answer .changes > li").all()
    return {
        str(item.get_attribute("data-change")): item.locator(".affected").inner_text()
        for item in items
    }


def test_reader_of_8_4_9_with_ssl_is_affected_by_the_short_name(reader: Reader) -> None:
    page = reader.open(AFFECTED)
    page.get_by_label("I run PostgreSQL").select_option("8.4.9")
    assert states(page) == {
        "cve-2012-0866": "Perhaps",
        "cve-2012-0868": "Perhaps",
        "cve-2012-0867": "Perhaps",
        "cve-2011-2483": "Not affected",
    }

    page.get_by_role("group", name="SSL certificates").get_by_label("Yes").check()
    page.get_by_role("group", name="SECURITY DEFINER").get_by_label("No", exact=True).check()

    assert states(page) == {
        "cve-2012-0867": "Affected",
        "cve-2012-0868": "Perhaps",
        "cve-2011-2483": "Not affected",
        "cve-2012-0866": "Not affected",
    }
    assert page.url.endswith("#version=8.4.9&cve-2012-0866=no&cve-2012-0867=yes")
    page.get_by_role("button", name="Copy this text").click()
    expect(page.locator(".version-said")).to_have_text("Copied.")
    assert clipboard(page) == (
        "PostgreSQL 8.4.9 to 8.4.11\n"
        "Why:\n"
        "- CVE-2012-0867: when the common name in an SSL certificate was checked, it was cut to "
        "32 characters first. (affected)\n"
        "- CVE-2012-0868: pg_dump writes the names of objects into comments of its script output."
        " (perhaps)\n"
        "After the upgrade:\n"
        "- If you rely on information_schema.referential_constraints, create the schema "
        "information_schema anew from information_schema.sql, in each database\n"
        "- If an index gives wrong results or “could not read block”, reindex it\n"
        "Downtime: one restart; how long it takes, and any migration, is to be tried before.\n"
        "Support of 8.4 ends, or ended, on 2014-07-24.\n"
        f"Source: {page.url}"
    )


def test_unknown_version_is_never_not_affected(reader: Reader) -> None:
    page = reader.open(f"{AFFECTED}#version=%3F")

    expect(page.locator(".version-said")).to_have_text("4 not known")
    assert set(states(page).values()) == {"Not known"}


def test_answers_stand_in_the_address(reader: Reader) -> None:
    page = reader.open(f"{AFFECTED}#version=9.0.4&cve-2012-0868=yes")

    expect(page.locator(".version-said")).to_have_text("1 affected, 3 perhaps")
    assert states(page)["cve-2012-0868"] == "Affected"


def test_tools_work_by_keyboard(reader: Reader) -> None:
    page = reader.open(AFFECTED)
    page.get_by_label("I run PostgreSQL").focus()
    page.keyboard.type("9.1.2")
    expect(page.locator(".version-said")).to_have_text("3 perhaps, 1 not affected")
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.type") != "radio":
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")

    assert sorted(states(page).values()) == [
        "Not affected",
        "Not affected",
        "Perhaps",
        "Perhaps",
    ]
    assert page.evaluate("document.activeElement.value") == "no"


def test_version_is_shared_with_guides_once_the_reader_agreed(reader: Reader) -> None:
    page = reader.open(AFFECTED)
    page.evaluate("localStorage.setItem('value:agreed', 'true')")
    reader.reload(page)
    page.get_by_label("I run PostgreSQL").select_option("8.4.9")

    kept = json.loads(page.evaluate("localStorage.getItem('value:*')"))
    assert kept == {"postgresql_version": "8.4.9"}


def test_without_script_pairs_and_vulnerabilities_are_there(
    lend: NewReader, real: tuple[str, Path]
) -> None:
    reader = lend(real[0], script=False)

    page = reader.open(UPGRADES)
    assert not page.get_by_label("I run").is_visible()
    page.get_by_role("link", name="9.0.7 to 9.1.3").click()
    assert page.locator("h1").inner_text() == "From 9.0.7 to 9.1.3"

    page = reader.open(AFFECTED)
    text = page.locator("[data-change=cve-2012-0867]").inner_text()
    assert "Affects 9.1.0 to 9.1.2, 9.0.0 to 9.0.6, 8.4.0 to 8.4.10" in text
    assert "Only if you rely on the common name in SSL certificates" in text


def test_answer_is_printed_and_its_controls_are_not(reader: Reader) -> None:
    page = reader.open(f"{AFFECTED}#version=9.0.4")
    expect(page.locator(".version-said")).to_have_text("4 perhaps")
    page.emulate_media(media="print")

    assert page.locator(".affected-request").is_visible()
    assert not page.get_by_role("button", name="Copy this text").is_visible()
    assert page.locator(".affected").first.is_visible()


def test_support_is_corrected_by_the_readers_day(reader: Reader) -> None:
    """The tests' sites are built in June 2012, when 9.1 was supported."""
    page = reader.open("/products/postgresql/9.1/")

    expect(page.locator("support-state")).to_have_text("Support ended on 27 October 2016")


def test_five_questions_of_a_new_reader_are_answered(reader: Reader) -> None:
    """Each from the page of the newest release, by the links and fields that a reader sees."""
    page = reader.open("/posts/postgresql-9-1-3/")

    # I run 8.2.22, which gets no fixes any more. Am I affected?
    page.get_by_role("link", name="Am I affected?").click()
    page.get_by_label("I run PostgreSQL").select_option("8.2.22")
    expect(page.locator(".version-said")).to_have_text("2 not known, 2 not affected")

    # I run 8.4.9 and my clients check certificates.
    page.get_by_label("I run PostgreSQL").select_option("8.4.9")
    page.get_by_role("group", name="SSL certificates").get_by_label("Yes").check()
    expect(page.locator(".version-said")).to_have_text("1 affected, 2 perhaps, 1 not affected")
    expect(page.locator(".affected-request")).to_contain_text("PostgreSQL 8.4.9 to 8.4.11")

    # What do I have to do after going from 9.0.4 to 9.1.3?
    page.get_by_role("link", name="From A to B").click()
    page.get_by_label("I run").select_option("9.0.4")
    page.get_by_label("I want").select_option("9.1.3")
    actions = page.locator("section", has_text="After the upgrade").locator("ol li")
    assert [text[:40] for text in actions.all_inner_texts()] == [
        "Have passwords with Blowfish hashes set ",
        "If you rely on information_schema.refere",
        "If an index gives wrong results or “coul",
        "If you use citext and came from an older",
    ]

    # Until when is 8.3 supported, and is 8.3.2 a version that I could run?
    page.get_by_role("link", name="Versions", exact=True).click()
    row = page.get_by_role("row", name="8.3 8.3.18")
    expect(row).to_contain_text("Support ended on 7 February 2013")
    row.get_by_role("link", name="8.3", exact=True).click()
    expect(page.get_by_role("row", name=re.compile("^8.3.2 "))).to_contain_text(
        "Withdrawn: It was never released."
    )
