"""Which values each place of a command accepts."""

from __future__ import annotations

import pytest

from plugins.command.parse import parse_session
from plugins.source.problem import Source
from tests.command.pasted import CONTEXTS, KNOWN


def accepted(language: str, command: str) -> str:
    """The words of all holes of a command, in order."""
    session, problems = parse_session(
        Source("a.md", command), language=language, data_commands=KNOWN
    )
    assert problems == []
    words = [hole.accepts.value for step in session.commands for hole in step.holes]
    return ", ".join(dict.fromkeys(words))


@pytest.mark.parametrize(("words", "command"), CONTEXTS, ids=[c for _, c in CONTEXTS])
def test_place_accepts_what_the_table_says(words: str, command: str) -> None:
    assert accepted("console", "$ " + command.replace("\n", "\n> ")) == words


@pytest.mark.parametrize(
    ("language", "command", "words"),
    [
        ("powershell", "PS> Write-Output '{{v}}'", "safe"),
        ("powershell", "PS> Invoke-Expression {{v}}", "offered"),
        ("powershell", "PS> iex '{{v}}'", "offered"),
        ("powershell", "PS> & {{v}}", "offered"),
        ("powershell", 'PS> powershell -Command "{{v}}"', "offered"),
        ("pycon", ">>> print('{{v}}')", "safe"),
        ("pycon", ">>> {{v}}", "offered"),
        ("psql", "crash=> SELECT '{{v}}';", "safe"),
        ("psql", "crash=> \\! {{v}}", "offered"),
    ],
)
def test_other_languages_accept_safe_signs_alone(language: str, command: str, words: str) -> None:
    assert accepted(language, command) == words


def test_many_holes_and_quotes_are_read_at_once() -> None:
    command = "$ sh -c " + "'got {{v}}' " * 3_000

    assert accepted("console", command) == "safe"
