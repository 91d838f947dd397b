"""Where commands end, whatever they are fed as."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.command.model import Dialect, Open, Quoting
from plugins.command.parse import LANGUAGES, parse_session
from plugins.command.unfinished import scan, scanner
from plugins.source.problem import Source

SIGNS = ["a", " ", "\n", "'", '"', "`", "\\", "$", "(", ")", "{", "}", "#", "<<E", "E", "|", ";"]
WORDS = [
    "for x in y",
    "; do",
    "done",
    "if",
    "then",
    "fi",
    "case x in",
    "esac",
    "\n$ ",
    "\n# ",
    "\n> ",
]

texts = st.lists(st.sampled_from(SIGNS + WORDS), max_size=25).map("".join)


@given(texts)
def test_reading_by_lines_is_reading_at_once(text: str) -> None:
    reader = scanner(Dialect.SHELL)
    for line in text.split("\n"):
        reader.feed(line)

    assert reader.left() == scan(text, Dialect.SHELL).open


@given(texts, st.sampled_from(sorted(LANGUAGES)))
def test_any_text_is_read_and_nothing_is_made_up(text: str, language: str) -> None:
    session, _ = parse_session(Source("post.md", text), language=language)

    written = set(text.split("\n"))
    assert {line for step in session.steps for line in step.output} <= written
    for step in session.commands:
        assert all(line.prompt + line.text in written for line in step.lines if not step.holes)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("ls", None),
        ("ls 'a", Open("quote", 3, "'")),
        ("ls \\", Open("more", 3)),
        ("cat <<'A B'", Open("here", 4, "A B")),
        ("if a; then", Open("block", 0, "fi")),
        ("f() {", Open("block", 4, "}")),
        ("echo $(a", Open("block", 5, ")")),
        ("echo $((1 +", Open("block", 5, "))")),
        ("echo ${a", Open("block", 5, "}")),
    ],
)
def test_shell_leaves_open(text: str, left: Open | None) -> None:
    assert scan(text, Dialect.SHELL).open == left


@pytest.mark.parametrize(
    ("text", "quotings"),
    [
        ("X 'X' \"X\"", [Quoting.WORD, Quoting.SINGLE, Quoting.DOUBLE]),
        ("\"$(a X 'X')\" # X", [Quoting.WORD, Quoting.SINGLE, Quoting.NONE]),
        ("${a:-X} $((X)) $'X'", [Quoting.PLAIN, Quoting.PLAIN, Quoting.PLAIN]),
        ("a <<E <<'F'\nX\nE\nX\nF", [Quoting.HERE, Quoting.NONE]),
    ],
)
def test_each_place_has_its_quoting(text: str, quotings: list[Quoting]) -> None:
    scanned = scan(text, Dialect.SHELL)

    places = [index for index, character in enumerate(text) if character == "X"]
    assert [scanned.quoting_at(place) for place in places] == quotings
