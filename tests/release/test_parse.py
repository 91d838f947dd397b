"""Entries of release posts, as cases: the body of a post, and what is read of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plugins.blog.kinds import ReleaseFrontMatter
from plugins.markdown.converter import Converter
from plugins.markdown.reading import Reading
from plugins.markdown.write import Written
from plugins.release.model import Entry, Notes
from plugins.release.read import read_tree
from plugins.site.feature import Feature
from plugins.source.problem import Source
from tests.cases import read_cases

CONVERTER = Converter([Feature(name="release", trees=(read_tree,))])


def read(text: str) -> tuple[str, Reading]:
    """The markup of a release post with this body, and what reading left."""
    source = Source("content/posts/tea.md", text)
    head = ReleaseFrontMatter(
        title="Tea 1.1",
        kind="release",
        date=datetime(2012, 1, 1, tzinfo=UTC),
        product="Tea",
        versions=("1.1",),
    )
    reading = Reading(source, head, "tea")
    root = CONVERTER.convert(source, reading).root
    return Written(reading).write(root).body.html(lambda link: link.target), reading


def as_text(reading: Reading) -> str:
    """The entries and problems of a reading."""
    entries = [entry for notes in reading.parts_of(Notes) for entry in notes.entries]
    lines = [line for entry in entries for line in _entry(entry)]
    return "\n".join([*lines, *map(str, reading.problems)])


def _entry(entry: Entry) -> Iterator[str]:
    place = f"{entry.at.place.line}:{entry.at.place.column}"
    yield f"{entry.type.value} #{entry.anchor} at {place}: {entry.html}"
    facts = {
        "name": entry.name,
        "cve": ", ".join(entry.cves),
        "severity": f"{entry.severity.rating} {entry.severity.score}" if entry.severity else "",
        "affects": "" if entry.affects is None else ", ".join(t.text for t in entry.affects),
        "not known": ", ".join(t.text for t in entry.unknown),
        "fixed in": ", ".join(f"{t.text} at {t.place.column}" for t in entry.fixed_in),
        "if": entry.condition.words if entry.condition else "",
        "check": entry.condition.check if entry.condition else "",
        "before": " / ".join(entry.before),
        "after": " / ".join(entry.after),
        "credit": ", ".join(entry.credit),
        "issues": ", ".join(entry.issues),
        "breaking": "yes" if entry.is_breaking else "",
    }
    yield from (f"  {key}: {value}" for key, value in facts.items() if value)


@pytest.mark.parametrize(
    ("given", "wanted"), read_cases(Path(__file__).parent / "cases" / "entries.md")
)
def test_entries_of_a_post(given: str, wanted: str) -> None:
    assert as_text(read(given)[1]) == wanted


def test_page_begins_with_what_to_do_and_entries_have_addresses() -> None:
    html, _ = read(
        "Words.\n\n## Security\n\n- CVE-2012-0866: leaks.\n"
        "    - Severity: AV:N/AC:M/Au:N/C:N/I:P/A:N\n    - Affects: 1.0\n"
        "    - If: you drink\n    - Name: leak\n    - After upgrade: Dry it\n"
    )

    assert html == (
        '<div class="release-head"><ul class="version-plates" role="list">'
        '<li class="version-plate"><span>1.1</span></li></ul>'
        '<div class="release-type release-type-security">Security release, '
        "1 vulnerability repaired</div>"
        '<div class="release-group"><strong>Who is affected</strong>'
        "<ul><li>CVE-2012-0866: versions 1.0, if you drink</li></ul></div>"
        '<div class="release-group"><strong>After the upgrade</strong>'
        "<ul><li>Dry it</li></ul></div>"
        '<div class="release-tools"><a href="/products/tea/affected/">Am I affected?</a> '
        '<a href="/products/tea/upgrade/">From my version to another</a> '
        '<a href="/products/tea/">All versions</a> </div></div>\n'
        "<p>Words.</p>\n"
        '<h2 id="security">Security <a aria-label="Link to this section" '
        'class="heading-anchor" href="#security">#</a></h2>\n'
        '<ul>\n<li class="change change-security" id="leak">CVE-2012-0866: leaks.\n'
        '<ul class="change-facts">\n'
        "<li><strong>Severity:</strong> Medium, 4.3 of 10, "
        "<code>AV:N/AC:M/Au:N/C:N/I:P/A:N</code></li>\n"
        "<li><strong>Affects:</strong> 1.0</li>\n<li><strong>If:</strong> you drink</li>\n"
        "<li><strong>After upgrade:</strong> Dry it</li>\n</ul>\n</li>\n</ul>"
    )
