"""Pages whose commands are run for real, and what is remembered of them."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from plugins.blog.kinds import KINDS
from plugins.command.model import CommandBlock
from plugins.command.read import INLINES, TREES, fence_readers
from plugins.command.settings import Settings
from plugins.command.verify.collect import Page, collect_pages
from plugins.command.verify.compare import compare
from plugins.command.verify.environment import environment_for
from plugins.command.verify.record import (
    Check,
    PageRecord,
    block_keys,
    holding,
    inputs_of,
    read_record,
    record_text,
    write_record,
)
from plugins.command.verify.run import run_page
from plugins.command.verify.sandbox import Sandbox, find_sandbox
from plugins.command.view import view_check
from plugins.markdown.converter import Converter
from plugins.markdown.document import Document
from plugins.site.feature import Feature, Section
from plugins.site.read import DocumentReader
from plugins.source.errors import ConfigurationError
from plugins.source.front_matter import read_post
from plugins.source.kinds import in_order
from plugins.source.problem import Problem, sorted_problems
from tests.site_folder import SiteFolder

CASES = Path(__file__).parent / "cases" / "verify"
PATH = "content/posts/guide.md"
HEAD = """\
---
title: A guide
kind: guide
date: 2027-03-01
placeholders: {file: notes.md}
verify: {folder: project, timeout: 1}
---
"""
FOUND = find_sandbox()
PLACES = [None, FOUND] if isinstance(FOUND, Sandbox) else [None]
"""Where the commands of pages run here: without a sandbox, and in one if there is one."""

FILES = {"data.txt": "one\ntwo\n", "steps.py": 'NAME = "steps"\n'}


def cases(name: str) -> list[object]:
    """The cases of a file: each a title, its input and outputs, ended by lines of one dot."""
    text = (CASES / name).read_text("utf-8").replace("␠", " ").replace("␛", "\x1b")
    wanted = 4 if name == "compare.md" else 3
    parts = f"\n{text}".split("\n.\n")
    starts = range(0, len(parts) - 1, wanted)
    return [
        pytest.param(*parts[n + 1 : n + wanted], id=parts[n].strip().partition("\n")[0])
        for n in starts
    ]


# Comparing ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("written", "printed", "outcome"), cases("compare.md"))
def test_output_compares_as_its_case_says(written: str, printed: str, outcome: str) -> None:
    comparison = compare(written.split("\n") if written else [], printed, {})

    difference = comparison.difference
    lines = ["same"]
    if difference:
        found, expected = difference.found, difference.expected
        lines = [f"line {difference.line}: found {found}; expected {expected}", *difference.diff]
        lines += [f"hint: {difference.hint}"] if difference.hint else []
    lines += [f"{name} = {text}" for name, text in comparison.captures.items()]
    assert "\n".join(lines) == outcome


def test_output_of_many_lines_is_compared() -> None:
    many = [f"line {number}" for number in range(5000)]

    comparison = compare([*many, "..."], "\n".join([*many[:2500], "other", *many[2500:]]), {})

    assert comparison.difference is not None


# Running ------------------------------------------------------------------------------------


@pytest.mark.parametrize("sandbox", PLACES, ids=str)
@pytest.mark.parametrize(("body", "report"), cases("pages.md"))
def test_page_is_reported_as_its_case_says(
    body: str, report: str, sandbox: Sandbox | None, tmp_path: Path
) -> None:
    assert "\n".join(str(problem) for problem in verified(body, tmp_path, sandbox)) == report


def test_folder_stays_as_it_was(tmp_path: Path) -> None:
    body = "```console {run}\n$ echo three >> data.txt; rm steps.py; mkdir new\n```\n"

    assert verified(body, tmp_path) == []

    folder = tmp_path / "posts" / "project"
    assert {file.name: file.read_text() for file in folder.iterdir()} == FILES


def test_page_that_does_not_say_where_is_told(tmp_path: Path) -> None:
    head = HEAD.replace("verify: {folder: project, timeout: 1}\n", "")

    assert faults(head + "```console {run}\n$ ls\n```\n", tmp_path) == [
        f"{PATH}:7: found a block marked “run” on a page that does not say where; "
        "expected “verify: {folder: …}” in the front matter\n"
        "    hint: the folder stands beside the file; its commands run in a copy of it"
    ]


@pytest.mark.parametrize(
    ("verify", "found", "expected"),
    [
        ("folder: nowhere", "the folder “nowhere”, which is not there", "a folder"),
        (
            "folder: ../..",
            "the folder “../..” outside the content folder",
            "a folder beside this file",
        ),
        (
            "folder: project, requires: lock.txt",
            "the requirements “lock.txt”, which are not in “project”",
            "a locked requirements file",
        ),
    ],
)
def test_folder_and_requirements_have_to_be_there(
    verify: str, found: str, expected: str, tmp_path: Path
) -> None:
    head = HEAD.replace("folder: project, timeout: 1", verify)

    (told,) = faults(head + "```console {run}\n$ ls\n```\n", tmp_path / "content")

    assert told.partition("\n")[0] == f"{PATH}:6:9: found {found}; expected {expected}"


def test_environment_is_made_once(tmp_path: Path) -> None:
    lock, cache = tmp_path / "requirements.txt", tmp_path / "cache"
    lock.write_text("# nothing at all\n")

    first = environment_for(lock, cache)
    made = first.python.lstat().st_mtime_ns
    second = environment_for(lock, cache)

    assert second == first
    assert second.python.lstat().st_mtime_ns == made
    assert first.python.is_relative_to(cache)
    assert first.versions(["pytest", "no-such-package"]) == {}


# Remembering --------------------------------------------------------------------------------

BLOCKS = """\
```console {title="One" run}
$ echo one
one
```

```console {title="Not run"}
$ echo nothing
```

```console {title="Two" run}
$ echo {{file}}
notes.md
```
"""
RECORD = {
    "posts/guide.md": PageRecord(
        folder="project",
        inputs="1f",
        packages={"SQLAlchemy": "2.1.0", "Alembic": "1.20.1"},
        blocks={
            "command-two": Check(
                "2e",
                date(2026, 11, 22),
                "Debian GNU/Linux 13, Python 3.13.5",
                "bubblewrap 0.8.0",
            ),
            "command-one": Check("3d", date(2026, 11, 21), "Debian GNU/Linux 13, Python 3.13.5"),
        },
    )
}


def test_record_has_one_block_a_line_and_reads_back(tmp_path: Path) -> None:
    write_record(RECORD, tmp_path)

    assert (tmp_path / ".verified.json").read_text("utf-8") == (
        "{\n"
        '  "posts/guide.md": {\n'
        '    "blocks": {\n'
        '      "command-one": {"checked": "2026-11-21", "key": "3d", '
        '"platform": "Debian GNU/Linux 13, Python 3.13.5", "sandbox": "none"},\n'
        '      "command-two": {"checked": "2026-11-22", "key": "2e", '
        '"platform": "Debian GNU/Linux 13, Python 3.13.5", "sandbox": "bubblewrap 0.8.0"}\n'
        "    },\n"
        '    "folder": "project",\n'
        '    "inputs": "1f",\n'
        '    "packages": {"Alembic": "1.20.1", "SQLAlchemy": "2.1.0"}\n'
        "  }\n"
        "}\n"
    )
    assert read_record(tmp_path) == RECORD
    assert [file.name for file in tmp_path.iterdir()] == [".verified.json"]


def test_record_of_nothing_is_valid(tmp_path: Path) -> None:
    assert read_record(tmp_path) == {}
    assert json.loads(record_text({})) == {}


def test_record_that_is_broken_is_told(tmp_path: Path) -> None:
    (tmp_path / ".verified.json").write_text('{"posts/guide.md": {}}')

    with pytest.raises(ConfigurationError) as error:
        read_record(tmp_path)

    assert error.value.errors == (
        f"{tmp_path}/.verified.json: found a record that cannot be read (Object missing "
        "required field `folder` - at `$[...]`); "
        "expected what `make verify` writes: delete the file and run it again",
    )


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("$ echo nothing", "$ echo something", []),
        ('title="Two"', 'title="2"', []),
        ("notes.md\n```", "notes.txt\n```", ["command-two"]),
        ("{{file}}", "x{{file}}", ["command-two"]),
        ("one\n```", "two\n```", ["command-one"]),
        ("echo one", "echo on", ["command-one", "command-two"]),
        ("file: notes.md", "file: other.md", ["command-two"]),
        ("folder: project", "folder: other", ["command-one", "command-two"]),
        ("timeout: 1", "timeout: 2", []),
        ("timeout: 1", "timeout: 1, network: true", ["command-one", "command-two"]),
    ],
)
def test_key_changes_with_what_decides_the_output(
    old: str, new: str, changed: list[str], tmp_path: Path
) -> None:
    before = keys(HEAD + BLOCKS, tmp_path)
    after = keys((HEAD + BLOCKS).replace(old, new), tmp_path)

    assert [block for block, key in before.items() if key not in after.values()] == changed


def test_page_whose_folder_changed_holds_no_longer(tmp_path: Path) -> None:
    page = verifiable(HEAD + BLOCKS, tmp_path)
    recorded = PageRecord("project", inputs_of(page.folder), {}, {})
    record = {"posts/guide.md": recorded}
    (page.folder / "__pycache__").mkdir()
    (page.folder / "__pycache__" / "steps.pyc").write_bytes(b"left over")

    (page.folder / "data.txt").chmod(0o755)

    assert holding(record, tmp_path) == record

    (page.folder / "data.txt").write_text("other data")

    assert holding(record, tmp_path) == {}
    assert holding({"posts/gone/guide.md": recorded}, tmp_path) == {}


@pytest.mark.parametrize(
    ("packages", "note"),
    [
        ({}, "checked on 22 November 2026"),
        ({"Alembic": "1.20.1"}, "checked on 22 November 2026 with Alembic 1.20.1"),
        (
            {"Mako": "1.4.3", "Alembic": "1.20.1", "SQLAlchemy": "2.1.0"},
            "checked on 22 November 2026 with Alembic 1.20.1, Mako 1.4.3 and SQLAlchemy 2.1.0",
        ),
    ],
)
def test_note_names_day_and_packages(packages: dict[str, str], note: str) -> None:
    assert view_check(date(2026, 11, 22), packages) == note


# The whole ----------------------------------------------------------------------------------

SETTINGS = """\
from pelicanconf import *

PLUGINS = [*PLUGINS, "plugins.command"]
"""
GUIDE = """\
---
title: A guide
kind: guide
date: 2012-05-01
verify: {folder: project, about: [Markdown]}
---

```console {title="One" run}
$ cat data.txt
one
```

```console {title="Two" run}
$ echo two
two
```
"""
NOTE = re.compile(r'<p class="command-checked">(.*?)</p>')
WRITTEN = ".verified.json is written: commit it.\nexit 0\n"
UNCHANGED = ".verified.json is unchanged.\nexit 0\n"


@pytest.fixture
def guide(site: Callable[[str], SiteFolder]) -> SiteFolder:
    """A site with a guide whose two blocks do what they say."""
    folder = site("minimal")
    folder.write("settings.py", SETTINGS)
    folder.write("content/posts/guide.md", GUIDE)
    folder.write("content/posts/project/data.txt", "one\n")
    return folder


def test_notes_appear_with_the_record_and_go_with_a_change(guide: SiteFolder) -> None:
    assert notes(guide) == []

    assert verify(guide) == f"Checked 2 blocks of 1 page; {WRITTEN}"
    version = environment_for(None, Path()).versions(["markdown"])["markdown"]
    note = f"checked on 1 June 2012 with Markdown {version}"
    assert notes(guide) == [note, note]

    guide.write("content/posts/guide.md", GUIDE.replace("echo two", "echo  two"))
    assert notes(guide) == [note]

    guide.write("content/posts/project/data.txt", "one \n")
    assert notes(guide) == []


def test_record_stays_until_something_changes(guide: SiteFolder) -> None:
    verify(guide)
    first = recorded(guide)

    assert verify(guide, day=2) == f"Checked 2 blocks of 1 page; {UNCHANGED}"
    assert recorded(guide) == first

    guide.write("content/posts/guide.md", GUIDE.replace("echo two", "echo  two"))
    verify(guide, day=3)
    assert days(guide) == {"command-one": "2012-06-01", "command-two": "2012-06-03"}

    verify(guide, "--refresh", day=4)
    assert days(guide) == {"command-one": "2012-06-04", "command-two": "2012-06-04"}

    guide.write("content/posts/guide.md", GUIDE.replace(" run}", "}"))
    assert verify(guide) == f"Checked 0 blocks of 0 pages; {WRITTEN}"
    assert json.loads(recorded(guide)) == {}


def test_check_writes_nothing_and_fails_when_the_record_would_change(guide: SiteFolder) -> None:
    hint = "    hint: it does what it says: run `make verify` and commit that file\n"
    found = "found a block that is not as it was when it was last verified"

    assert verify(guide, CI="true") == (
        f"content/posts/guide.md:8: {found}; expected its check in .verified.json\n{hint}"
        f"content/posts/guide.md:13: {found}; expected its check in .verified.json\n{hint}"
        "2 problems: .verified.json is as it was\nexit 1\n"
    )
    assert not (guide.folder / "content/.verified.json").exists()

    verify(guide)
    assert verify(guide, "--check", day=9) == (
        "Checked 2 blocks of 1 page; .verified.json is up to date.\nexit 0\n"
    )

    (guide.folder / "content/posts/guide.md").unlink()
    assert verify(guide, "--check") == (
        "content/.verified.json: found a record of posts/guide.md; "
        "expected no record: nothing there is run\n"
        "1 problem: .verified.json is as it was\nexit 1\n"
    )


def test_failure_is_told_whole_and_the_record_stays(guide: SiteFolder) -> None:
    verify(guide)
    first = recorded(guide)
    wrong = GUIDE.replace("\none\n", "\n1\n").replace("\ntwo\n", "\n")
    guide.write("content/posts/guide.md", wrong)

    assert verify(guide) == (
        "content/posts/guide.md:10: found “one”; expected “1”\n"
        "    $ cat data.txt\n"
        "    - 1\n"
        "    + one\n"
        "content/posts/guide.md:14: found “two”; expected no output\n"
        "    $ echo two\n"
        "    + two\n"
        "    hint: write what it prints below it; a line “...” stands for any output\n"
        "2 problems: .verified.json is as it was\n"
        "exit 1\n"
    )
    assert recorded(guide) == first


def test_posts_are_named_by_file_or_slug(guide: SiteFolder) -> None:
    guide.write("content/posts/other.md", GUIDE.replace("$ echo two", "$ echo 2"))

    assert verify(guide, "content/posts/guide.md") == f"Checked 2 blocks of 1 page; {WRITTEN}"
    assert verify(guide, "guide") == f"Checked 2 blocks of 1 page; {UNCHANGED}"
    assert verify(guide, "other").endswith("1 problem: .verified.json is as it was\nexit 1\n")
    assert verify(guide, "othr") == (
        "configuration: othr: found no such post; expected a post's file or slug; "
        "did you mean “other”?\nexit 2\n"
    )
    assert list(json.loads(recorded(guide))) == ["posts/guide.md"]


def test_packages_have_to_be_installed(guide: SiteFolder) -> None:
    guide.write("content/posts/guide.md", GUIDE.replace("[Markdown]", "[Markdwn]"))

    assert verify(guide).partition("\n")[0] == (
        "content/posts/guide.md:5:9: found “Markdwn” under “about”, which is not installed; "
        "expected a package that the environment names"
    )


# Helpers ------------------------------------------------------------------------------------


POST = Section("post", "posts/", lambda source: True, read_post, in_order(KINDS))


def document(text: str, content: Path) -> tuple[Document, list[Problem]]:
    """A post, read, with a project beside it."""
    folder = content / "posts" / "project"
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in FILES.items():
        (folder / name).write_text(data)
    feature = Feature(
        name="command", fences=fence_readers(Settings()), inlines=INLINES, trees=TREES
    )
    reader = DocumentReader(Converter([feature]), ZoneInfo("UTC"))
    read, problems = reader.read("posts/guide.md", PATH, text.encode(), section=POST)
    assert read, [str(problem) for problem in problems]
    return read, problems


def faults(text: str, content: Path) -> list[str]:
    """What keeps the blocks of a post from being run."""
    read, problems = document(text, content)
    collect_pages([read], content, problems)
    return [str(problem) for problem in problems]


def verifiable(text: str, content: Path) -> Page:
    """A post whose blocks can be run."""
    read, problems = document(text, content)
    (page,) = collect_pages([read], content, problems)
    assert problems == []
    return page


def verified(
    body: str, content: Path, sandbox: Sandbox | None = None, *, head: str = HEAD
) -> list[Problem]:
    """What is wrong with a post of this body; its blocks are run when they can be."""
    read, problems = document(head + body, content)
    (page,) = collect_pages([read], content, problems)
    if not problems:
        environment = environment_for(None, content / "cache")
        problems = run_page(page, environment, lambda *_: None, sandbox)
    return sorted_problems(problems)


def keys(text: str, content: Path) -> dict[str, str]:
    """The keys of a post's blocks."""
    read, _ = document(text, content)
    return block_keys(read.parts_of(CommandBlock), read.front_matter)


def verify(site: SiteFolder, *arguments: str, day: int = 1, **environment: str) -> str:
    """What `make verify` says on that day of June 2012, without seconds, and its exit code."""
    command = [sys.executable, "-m", "plugins.command.verify", "content", "-s", "settings.py"]
    moment = str(1338508800 + (day - 1) * 86400)
    finished = site.run([*command, *arguments], SOURCE_DATE_EPOCH=moment, **environment)
    # Where there is no sandbox, that is said first; test_sandbox.py holds what.
    told = re.sub(r"\ARunning without a sandbox: .*\n", "", finished.whole)
    return re.sub(r" in \d+\.\d s", "", told)


def notes(site: SiteFolder) -> list[str]:
    """The notes on the guide's page, built now."""
    return NOTE.findall(site.built().page("posts/guide/index.html"))


def recorded(site: SiteFolder) -> str:
    """The text of the record."""
    return (site.folder / "content/.verified.json").read_text("utf-8")


def days(site: SiteFolder) -> dict[str, str]:
    """When the guide's blocks were checked."""
    blocks = json.loads(recorded(site))["posts/guide.md"]["blocks"]
    return {block: check["checked"] for block, check in blocks.items()}
