"""What becomes of a post: blocks, fields, tabs, and their plain form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.command.model import CommandBlock
from plugins.command.render import plain
from plugins.markdown.tree import parse_fragment, render_fragment
from tests.command.reading import blocks, read

GOLDEN = Path(__file__).parent / "golden"

POSTS = {
    "block": """\
## Revisions

```console {title="Create a <revision>" run}
# Mind the message & the name.
$ alembic revision -m '{{message}}' {{database}} \\
>     --sql '{{.Names}}' "&amp;"
Generating …
one
two
three {{database}}
root@db1:~# id
```
""",
    "text": "The database {{database}} on {{system}}, `{{database}}`, \\{{database}}.",
    "tabs": """\
```console {tab="Debian"}
$ apt install alembic
```

```console {tab="macOS"}
$ brew install alembic
```
""",
}


@pytest.mark.parametrize("name", POSTS)
def test_markup_is_whole(name: str, matches: Callable[[str, Path], None]) -> None:
    html, reading = read(POSTS[name])

    assert reading.problems == []
    matches(html + "\n", GOLDEN / f"{name}.html")


@pytest.mark.parametrize("name", POSTS)
def test_plain_form_has_no_controls(name: str, matches: Callable[[str, Path], None]) -> None:
    html, _ = read(POSTS[name])

    matches(render_fragment(plain(parse_fragment(html))) + "\n", GOLDEN / f"{name}.plain.html")


def test_block_knows_its_fence_and_heading() -> None:
    block = blocks(POSTS["block"])[0]

    assert (block.id, block.title, block.line, block.is_run, block.heading) == (
        "command-create-a-revision",
        "Create a <revision>",
        3,
        True,
        "Revisions",
    )


def test_blocks_of_one_title_have_an_id_each() -> None:
    text = '```console {title="Look"}\n$ ls\n```\n\n```console {title="Look"}\n$ ls\n```\n'

    assert [block.id for block in blocks(text)] == ["command-look", "command-look-2"]


@pytest.mark.parametrize(
    ("labels", "widgets"),
    [
        ("Debian macOS", [["Debian", "macOS"]]),
        ("Debian", [["Debian"]]),
        ("Debian macOS Debian macOS", [["Debian", "macOS"], ["Debian", "macOS"]]),
        ("Debian Debian macOS", [["Debian", "macOS"]]),
        ("Debian text macOS", [["Debian"], ["macOS"]]),
        ("Debian none macOS", [["Debian"], ["macOS"]]),
        ("none", []),
    ],
)
def test_neighbours_with_tabs_are_one_widget(labels: str, widgets: list[list[str]]) -> None:
    fences = {"text": "Text.", "none": "```console\n$ ls\n```"}
    text = "\n\n".join(
        fences.get(label, f'```console {{tab="{label}"}}\n$ ls\n```') for label in labels.split()
    )

    tree = parse_fragment(read(text)[0])

    assert [
        [panel.get("data-label") for panel in widget.iter("section")]
        for widget in tree.iter("command-tabs")
    ] == widgets


def test_ids_of_panels_are_unique() -> None:
    fence = '```console {tab="Debian"}\n$ ls\n```'

    tree = parse_fragment(read(f"{fence}\n\nText.\n\n{fence}")[0])

    assert [panel.get("id") for panel in tree.iter("section")] == ["tab-debian", "tab-debian-2"]


@pytest.mark.parametrize("prefix", ["> ", "- ", "1. "])
def test_blocks_stand_in_quotes_and_lists(prefix: str) -> None:
    rest = prefix if prefix == "> " else "    "
    lines = ["Text.", "", "```console", "$ cat <<X", "  a", "X", "b", "```"]
    text = "\n".join((prefix if n == 0 else rest) + line for n, line in enumerate(lines))

    _, reading = read(text)

    steps = reading.parts_of(CommandBlock)[0].session.steps
    assert [(step.typed, step.output) for step in steps] == [("cat <<X\n  a\nX", ("b",))]


def test_tools_stand_once_before_the_first_field() -> None:
    tree = parse_fragment(read("Text.\n\n{{database}}\n\n{{database}}")[0])

    assert [child.tag for child in tree] == ["p", "place-holder-tools", "p", "p"]
