"""What is copied is what is typed: every character of it, and no other."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.command.holes import filled, find_holes, quote, template
from plugins.command.model import Accepts, Quoting
from plugins.command.parse import parse_session
from plugins.command.values import takes
from plugins.command.view import copy_of
from plugins.source.placeholder import Placeholder
from plugins.source.problem import Source

# Three alphabets without a common character, but for the blank and the signs of the syntax.
TYPED = "abcdefghij"
PRINTED = "ΑΒΓΔΕΖΗαβγδε-|%>#."
NAMES = "KLMNOPQR"


words = st.text(TYPED, min_size=1, max_size=6).filter(lambda word: word not in ("if", "fi"))
quoted_lines = st.text(TYPED + " #", max_size=6)


@st.composite
def commands(draw: st.DrawFn) -> str:
    """A whole command: words, quotes, pipes, loops, here-documents."""
    first = draw(words)
    match draw(st.integers(0, 6)):
        case 0:
            return first
        case 1:
            return f"{first} \\\n  {draw(words)}"
        case 2:
            lines = draw(st.lists(quoted_lines, min_size=1, max_size=3))
            return f"{first} '" + "\n".join([*lines, ""]) + "'"
        case 3:
            return f"{first} |\n{draw(words)} &&\n{draw(words)}"
        case 4:
            return f"for {first} in {draw(words)}; do\n  {draw(words)} # it's\ndone"
        case 5:
            body = draw(st.lists(st.text(TYPED + "$#> '\"", max_size=8), max_size=4))
            return "\n".join([f"{first} <<'E F' \"x\"", *body, "E F"])
        case _:
            return f'{first} "$({draw(words)} "{draw(words)}\n{draw(words)}")"'


@st.composite
def sessions(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A session as written, and its commands."""
    lines: list[str] = []
    typed: list[str] = []
    for _ in range(draw(st.integers(1, 4))):
        command = draw(commands())
        name = draw(st.text(NAMES, min_size=1, max_size=5))
        prompt = draw(
            st.sampled_from(["$ ", f"{name}@{name}:~$ ", f"({name}) $ ", f"[{name}@{name} ~]# "])
        )
        secondary = draw(st.sampled_from(["> ", ""]))
        first, *more = command.split("\n")
        lines += [prompt + first, *(secondary + line for line in more)]
        lines += [
            f" {line}" for line in draw(st.lists(st.text(PRINTED + " ", max_size=8), max_size=3))
        ]
        typed.append(command)
    return "\n".join(lines), typed


@given(sessions())
def test_copied_text_is_what_was_typed(session: tuple[str, list[str]]) -> None:
    text, typed = session

    read, problems = parse_session(Source("post.md", text), language="console")

    assert problems == []
    assert [copy_of([step]).text for step in read.commands] == typed
    assert copy_of(read.commands).text == "\n".join(typed)


@given(sessions())
def test_no_character_of_prompts_and_output_is_copied(session: tuple[str, list[str]]) -> None:
    text, _ = session

    read, _ = parse_session(Source("post.md", text), language="console")

    copied = copy_of(read.commands).text
    assert not set(copied) & (set(NAMES + PRINTED) - set("#>|-. "))
    assert not copied.endswith("\n")


@given(st.text("{}\\$ax_ \n'", max_size=30))
def test_template_gives_its_text_again(text: str) -> None:
    plain, holes = find_holes(text)

    again, same = find_holes(template(plain, holes))

    assert (again.replace(" ", ""), len(same)) == (plain.replace(" ", ""), len(holes))


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1))
def test_value_stays_one_word_of_the_shell(value: str) -> None:
    assert shlex.split(f"x {quote(value, Quoting.WORD)}") == ["x", value]
    assert shlex.split(f"x 'a{quote(value, Quoting.SINGLE)}'") == ["x", f"a{value}"]


QUOTINGS = json.loads((Path(__file__).parent / "cases" / "quoting.json").read_text("utf-8"))


@pytest.mark.parametrize("case", QUOTINGS, ids=lambda case: f"{case['quoting']} {case['value']}")
def test_quoting_is_that_of_the_script(case: dict[str, str]) -> None:
    assert quote(case["value"], Quoting(case["quoting"])) == case["written"]


TAKES = json.loads((Path(__file__).parent / "cases" / "takes.json").read_text("utf-8"))


@pytest.mark.parametrize("case", TAKES, ids=lambda case: case["value"])
def test_places_take_what_the_script_takes(case: dict[str, list[str]]) -> None:
    taken = [a.value for a in Accepts if takes(case["value"], a, offered=("default 1",))]

    assert taken == case["taken"]


def test_defaults_are_quoted_where_they_stand() -> None:
    read, _ = parse_session(
        Source("post.md", "$ a {{m}} '{{m}}' \"{{m}}\" \\{{m}} # {{m}}"), language="console"
    )
    step = read.commands[0]

    text = filled(step.typed, step.holes, {"m": Placeholder("m", 'it\'s "$5"')})

    assert text == """a 'it'\\''s "$5"' 'it'\\''s "$5"' "it's \\"\\$5\\"" {{m}} # it's "$5\""""
