"""Broken YAML is reported where its author broke it."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.source.marked import parse_yaml
from plugins.source.problem import Problem, Source
from tests.cases import read_cases

CASES = Path(__file__).parent / "cases" / "broken-yaml.md"


@pytest.mark.parametrize(("text", "expected"), read_cases(CASES))
def test_problem_is_at_its_own_line(text: str, expected: str) -> None:
    problems: list[Problem] = []

    assert parse_yaml(Source("post.md", text, first_line=2), problems) is None
    assert "\n".join(map(str, problems)) == expected
