"""The ledger's text is read as it was written, and everything that is wrong with it is told."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.ledger.parse import parse_ledger
from plugins.ledger.render import END, render_ledger
from plugins.site.ledger import (
    Change,
    DocumentRecord,
    EntryState,
    Ledger,
    RevisionRecord,
    Seen,
    SessionRecord,
    SessionState,
    Sort,
)
from plugins.source.problem import Problem, Source

TEA = DocumentRecord(
    ("tea/index.html", "posts/tea/index.html"),
    title="Tea “for two”",
    id="urn:uuid:1",
    published="2012-05-14T00:00:00+02:00",
)
ABOUT = DocumentRecord(("about/index.html",), title="About")
OPENING = SessionRecord(
    "opening@fair",
    2,
    "2012-05-14T00:00:00+00:00",
    SessionState(title="Opening", rooms=("aula", "yard"), was_rooms=("shed",)),
)
PLANE = SessionRecord(
    "lax@trip", 0, "2012-05-14T00:00:00+00:00", EntryState(day_after="2012-05-15")
)
SECOND = RevisionRecord(
    "2012-05-14T00:00:00+00:00",
    7,
    (Change("opening", (Sort.MOVED, Sort.ROOM), None, Seen("Opening", "2012-06-01", is_on=False)),),
)
FULL = Ledger(
    site="Tiny",
    documents={"pages/about.md": ABOUT, "posts/tea.md": TEA},
    sessions={"fair/opening": OPENING, "posts/trip.md#lax": PLANE},
    pages={"tags/oolong/index.html": "tags/tea/index.html", "tags/tea/index.html": ""},
    feeds={"feeds/all.atom.xml": "", "feeds/all.rss.xml": ""},
    revisions={"fair/2": SECOND},
)

TEXT = f"""\
{{
"ledger": 1,
"site": "Tiny",
"document pages/about.md": {{"addresses": ["about/index.html"], "title": "About"}},
"document posts/tea.md": {{"addresses": ["tea/index.html", "posts/tea/index.html"], \
"title": "Tea “for two”", "id": "urn:uuid:1", "published": "2012-05-14T00:00:00+02:00"}},
"feed feeds/all.atom.xml": {{}},
"feed feeds/all.rss.xml": {{}},
"page tags/oolong/index.html": {{"to": "tags/tea/index.html"}},
"page tags/tea/index.html": {{}},
"revision fair/2": {{"date": "2012-05-14T00:00:00+00:00", "sessions": 7, "changes": \
[{{"id": "opening", "sorts": ["moved", "other room"], "before": null, "after": \
{{"title": "Opening", "day": "2012-06-01", "is_on": false}}}}]}},
"session fair/opening": {{"uid": "opening@fair", "sequence": 2, \
"stamp": "2012-05-14T00:00:00+00:00", "state": \
{{"title": "Opening", "rooms": "aula yard", "was rooms": "shed"}}}},
"session posts/trip.md#lax": {{"uid": "lax@trip", "sequence": 0, \
"stamp": "2012-05-14T00:00:00+00:00", "state": {{"day after": "2012-05-15"}}}},
"end": "{END}"
}}
"""

words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\u2028\u2029")
)
names = words.filter(lambda word: not {"", ".", ".."} & set(word.split("/")))
moments = st.datetimes(timezones=st.timezones()).map(lambda moment: moment.isoformat())


ids = st.lists(st.from_regex(r"[a-z*]+", fullmatch=True), max_size=3).map(tuple)
entries = st.none() | st.builds(EntryState, title=words, note=words.filter(bool))
sessions_of = st.none() | st.builds(SessionState, title=words.filter(bool), rooms=ids, speakers=ids)
seen = st.builds(Seen, words, words, rooms=ids, is_on=st.booleans())
found = st.builds(Change, words, st.lists(st.sampled_from(Sort)).map(tuple), st.none() | seen, seen)
revisions_of = st.builds(RevisionRecord, moments, st.integers(0, 9), st.lists(found).map(tuple))


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    sources = draw(st.lists(names, unique=True, max_size=4))
    documents = {
        source: DocumentRecord(
            addresses=(draw(names), f"{number}/index.html"),
            title=draw(words),
            id=draw(st.sampled_from(["", f"urn:{number}"])),
            published=draw(moments),
            gone=draw(st.booleans()),
        )
        for number, source in enumerate(sources)
    }
    sessions = {
        s: SessionRecord(f"{s}@x", 1, draw(moments), draw(entries if "#" in s else sessions_of))
        for s in sources
    }
    pages, feeds = (draw(st.dictionaries(names, st.just("") | names, max_size=3)) for _ in "12")
    revisions = {s: draw(revisions_of) for s in sources}
    return Ledger(draw(words), documents, sessions, pages, feeds, revisions)


def read(text: str) -> tuple[Ledger, list[str]]:
    problems: list[Problem] = []
    ledger = parse_ledger(Source("ledger.json", text), problems)
    return ledger, [str(problem) for problem in problems]


def test_ledger_is_one_entry_a_line() -> None:
    assert render_ledger(FULL).decode() == TEXT
    assert read(TEXT) == (FULL, [])


@settings(max_examples=40)
@given(ledgers())
def test_any_ledger_is_read_as_it_was_written(ledger: Ledger) -> None:
    assert read(render_ledger(ledger).decode()) == (ledger, [])


def test_ledger_that_an_editor_has_formatted_is_the_same() -> None:
    assert read(json.dumps(json.loads(TEXT), indent=4)) == (FULL, [])


def test_revision_of_the_first_version_is_the_same() -> None:
    """It held its release as JSON text."""
    new = json.loads(TEXT)
    old = {"changes": json.dumps(new["revision fair/2"], sort_keys=True)}

    assert read(json.dumps({**new, "revision fair/2": old})) == (FULL, [])


def test_empty_braces_are_an_empty_ledger() -> None:
    assert read("{}\n") == (Ledger(), [])


def test_broken_lines_are_all_told() -> None:
    text = TEXT.replace('"title": "About"', '"title": About').replace('"feeds/', "feeds/")
    text = text.replace('"feed feeds/all.rss.xml": {}', '"feed feeds/all.rss.xml" {}')

    assert [problem.partition(";")[0] for problem in read(text)[1]] == [
        "ledger.json:4:73: found broken JSON (Expecting value)",
        "ledger.json:7:26: found broken JSON (Expecting ':' delimiter)",
    ]


def test_missing_comma_is_told() -> None:
    assert [p.partition(";")[0] for p in read(TEXT.replace("{},", "{}", 1))[1]] == [
        "ledger.json:7:1: found broken JSON (Expecting ',' delimiter)"
    ]


@given(st.text())
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    ledger, problems = read(text)

    assert (ledger, bool(problems)) == (Ledger(), True)


def test_ledgers_of_two_branches_merge_line_by_line(tmp_path: Path) -> None:
    """Each branch published a post; git's own merge joins their lines, and the ledger is whole."""
    milk, sugar = (
        DocumentRecord((f"posts/{name}/index.html",), title=name) for name in ("milk", "sugar")
    )
    ours = Ledger(site="Tiny", documents={**FULL.documents, "posts/milk.md": milk})
    theirs = Ledger(site="Tiny", documents={**FULL.documents, "posts/sugar.md": sugar})
    base = Ledger(site="Tiny", documents=FULL.documents)
    for name, ledger in {"ours": ours, "base": base, "theirs": theirs}.items():
        (tmp_path / name).write_bytes(render_ledger(ledger))

    merged = merge(tmp_path, "--union")

    assert read(merged)[0].documents == {**ours.documents, **theirs.documents}


def test_entry_that_two_branches_changed_is_told(tmp_path: Path) -> None:
    base = Ledger(site="Tiny", documents={"posts/tea.md": TEA})
    (tmp_path / "base").write_bytes(render_ledger(base))
    for name in ("ours", "theirs"):
        moved = DocumentRecord((*TEA.addresses, f"{name}/index.html"), id=TEA.id)
        (tmp_path / name).write_bytes(render_ledger(Ledger("Tiny", {"posts/tea.md": moved})))

    conflict, union = merge(tmp_path), merge(tmp_path, "--union")

    assert [problem.partition(";")[0] for problem in read(conflict)[1]] == [
        f"ledger.json:{line}:1: found a mark of a merge that is not done" for line in (4, 6, 8)
    ]
    assert [problem.partition(";")[0] for problem in read(union)[1]] == [
        "ledger.json:5:1: found “document posts/tea.md” again"
    ]


def merge(folder: Path, *options: str) -> str:
    command = ["git", "merge-file", "-p", *options, "ours", "base", "theirs"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout
