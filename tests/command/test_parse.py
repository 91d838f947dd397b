"""Sessions as documents: a case in `cases/` is a title, a fence's text and what is read of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from plugins.command.model import Session, Step
from plugins.command.parse import parse_session
from plugins.source.problem import Problem, Source

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """A title `language: what holds`, the text, and the expected reading."""

    title: str
    text: str
    expected: str

    @property
    def language(self) -> str:
        return self.title.partition(":")[0]


def read_cases(path: Path) -> Iterator[Case]:
    """Every case of a file: title, `.`, text, `.`, reading, `.`."""
    parts = [part.strip("\n") for part in f"\n{path.read_text('utf-8')}".split("\n.\n")]
    for title, text, expected in zip(parts[::3], parts[1::3], parts[2::3], strict=False):
        yield Case(title.strip(), text.replace("␍", "\r").replace("␠", " "), expected)


ALL = [case for path in sorted(CASES.glob("*.md")) for case in read_cases(path)]


def readable(session: Session, problems: list[Problem]) -> str:
    """What was read, a line a fact."""
    lines = [line for step in session.steps for line in readable_step(step)]
    return "\n".join([*lines, *(readable_problem(problem) for problem in problems)])


def readable_step(step: Step) -> Iterator[str]:
    yield from (f"remark {comment}".rstrip() for comment in step.comments)
    for line in step.lines[:1]:
        yield f"{step.prompt.kind.value} {line.prompt!r}{whose(step)}"
        yield f"  types {line.text}".rstrip()
    for line in step.lines[1:]:
        word = f"after {line.prompt!r}" if line.prompt else "types"
        yield f"  {word} {line.text}".rstrip()
    for hole in step.holes:
        yield f"  fills {hole.name} as {hole.quoting.value}, {hole.accepts.value}"
    yield from (f"  prints {line}".rstrip() for line in step.output)


def whose(step: Step) -> str:
    prompt = step.prompt
    facts = {
        "user": prompt.user,
        "host": prompt.host,
        "directory": prompt.directory,
        "environment": prompt.environment,
        "database": prompt.database,
    }
    return "".join(f" {name}={value}" for name, value in facts.items() if value)


def readable_problem(problem: Problem) -> str:
    place = f"{problem.place.line}:{problem.place.column}"
    return f"problem {place} found {problem.found}; expected {problem.expected}"


def read(language: str, text: str) -> str:
    return readable(*parse_session(Source("post.md", text), language=language))


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.title)
def test_session_reads_as_its_case_says(case: Case) -> None:
    assert read(case.language, case.text) == case.expected


def test_cases_are_many() -> None:
    assert len(ALL) >= 60


def test_problem_counts_columns_of_the_file() -> None:
    body = Source("post.md", "$ echo 'a", 12, Source("post.md", "    $ echo 'a", 12))

    _, problems = parse_session(body, language="console")

    assert [str(problem) for problem in problems] == [
        "post.md:12:12: found an unbalanced quote at “'a”; expected “'” before the next prompt\n"
        "    12 |     $ echo 'a\n"
        "       |            ^\n"
        "    hint: close it; a quote that is meant as a character needs a backslash or other quotes"
    ]


def test_local_hosts_are_not_remote() -> None:
    body = Source("post.md", "ada@laptop:~$ ls")

    session, _ = parse_session(body, language="console", local_hosts=["laptop"])

    assert [step.prompt.kind.value for step in session.steps] == ["user"]
