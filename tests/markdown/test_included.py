"""Included files: each case is a folder of files, and what `posts/a.md` becomes of it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from plugins.markdown.included import LONGEST, Whole, with_included
from plugins.source.problem import Place, Problem, Source, sorted_problems
from tests.cases import read_cases

CASES = Path(__file__).parent / "cases" / "included.md"


def files_of(text: str) -> dict[str, str]:
    parts = f"\n{text}".split("\n== ")[1:]
    return {name: rest for name, _, rest in (part.partition("\n") for part in parts)}


def joined(files: dict[str, str]) -> tuple[Whole, list[Problem]]:
    problems: list[Problem] = []

    def read(name: str) -> bytes:
        if name not in files:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        return files[name].encode()

    source = Source("posts/a.md", files["posts/a.md"])
    return with_included(source, "posts/a.md", read, problems), problems


@pytest.mark.parametrize(("given", "wanted"), read_cases(CASES))
def test_included(given: str, wanted: str) -> None:
    whole, problems = joined(files_of(given))

    lines = [
        f"{whole.place(Place('posts/a.md', number))} {line}"
        for number, line in enumerate(whole.source.lines, 1)
    ]
    assert "\n".join([*lines, *map(str, sorted_problems(problems))]) == wanted


def test_problem_of_an_included_line_has_the_place_in_its_file() -> None:
    whole, _ = joined({"posts/a.md": 'a\n  > --8<-- "b.txt"\n', "posts/b.txt": "one\ntwo wrong\n"})

    problem = whole.source.problem(3, 9, found="“wrong”", expected="“right”")

    assert str(whole.problem(problem)) == (
        "posts/b.txt:2:5: found “wrong”; expected “right”\n    2 | two wrong\n      |     ^"
    )


def test_files_that_double_each_other_end_with_a_problem() -> None:
    files = {f"posts/{n}.txt": f"{'x' * 2000}\n" + f'--8<-- "{n + 1}.txt"\n' * 9 for n in range(9)}
    files["posts/9.txt"] = "y"

    whole, problems = joined({"posts/a.md": '--8<-- "0.txt"', **files})

    assert len(whole.source.text) <= LONGEST + 100_000
    assert {problem.found for problem in problems} == {f"more than {LONGEST} characters in all"}


def test_files_in_a_long_row_end_with_a_problem() -> None:
    files = {f"posts/{n}.txt": f'--8<-- "{n + 1}.txt"\n' for n in range(40)}

    _, problems = joined({"posts/a.md": '--8<-- "0.txt"', **files})

    assert [str(problem.place) for problem in problems] == ["posts/9.txt:1:9"]
