"""A problem shows the line it is in, with a caret under its place."""

from __future__ import annotations

import pytest

from plugins.source.problem import (
    Place,
    Problem,
    Severity,
    Source,
    did_you_mean,
    nearest,
    one_of,
    quoted,
)


def frame(line: str, column: int) -> str:
    """The excerpt and the caret of a problem in a line."""
    problem = Source("x.md", line).problem(1, column, found="a", expected="b")
    return "\n".join(str(problem).split("\n")[1:])


def test_problem_has_place_found_expected_line_caret_and_hint() -> None:
    source = Source("x.md", "one\nstatus: publised")

    problem = source.problem(2, 9, found="“publised”", expected="draft", hint="look")

    assert str(problem) == (
        "x.md:2:9: found “publised”; expected draft\n"
        "    2 | status: publised\n"
        "      |         ^\n"
        "    hint: look"
    )


def test_warning_says_so() -> None:
    problem = Problem(Place("x.md"), "a", "b", severity=Severity.WARNING)

    assert str(problem) == "x.md: warning: found a; expected b"


@pytest.mark.parametrize(
    ("line", "column", "wanted"),
    [
        ("abc", 2, "    1 | abc\n      |  ^"),
        ("\tabc", 3, "    1 | \tabc\n      | \t ^"),
        ("日本 x", 4, "    1 | 日本 x\n      |      ^"),
        ("cafe\u0301 x", 7, "    1 | cafe\u0301 x\n      |      ^"),
        ("a\x1bb", 3, "    1 | a\ufffdb\n      |   ^"),
        ("abc", 9, "    1 | abc\n      |    ^"),
    ],
    ids=["plain", "tab", "wide", "combining", "control", "after the end"],
)
def test_caret_stands_under_its_character(line: str, column: int, wanted: str) -> None:
    assert frame(line, column) == wanted


@pytest.mark.parametrize("column", [1, 50, 100, 250, 300])
def test_long_line_is_cut_around_the_place(column: int) -> None:
    line = "".join(chr(ord("a") + n % 26) for n in range(300))

    excerpt, caret = frame(line, column).split("\n")

    assert len(excerpt) == len("    1 | ") + 96
    assert excerpt[caret.index("^")] == line[column - 1]


def test_line_numbers_count_from_the_first_line_of_the_source() -> None:
    body = Source("x.md", "one\ntwo", first_line=10)

    assert body.problem(11, 1, found="a", expected="b").excerpt == "two"
    assert body.problem(3, 1, found="a", expected="b").excerpt == ""


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("sumary", "did you mean “summary”?"),
        ("SUMMARY", "did you mean “summary”?"),
        ("xyz", ""),
        ("", ""),
    ],
)
def test_nearest_word_is_offered(word: str, hint: str) -> None:
    assert did_you_mean(word, ["title", "summary"]) == hint


@pytest.mark.parametrize(("address", "near"), [("/nope/", ""), ("/posts/te/", "/posts/tea/")])
def test_slashes_make_no_address_like_another(address: str, near: str) -> None:
    assert nearest(address, ["/news/", "/posts/tea/"]) == near


def test_words_are_listed_as_people_do() -> None:
    assert [one_of(["a"]), one_of(["a", "b"]), one_of(["a", "b", "c"])] == [
        "a",
        "a or b",
        "a, b or c",
    ]


def test_quoted_text_is_one_printable_line() -> None:
    assert quoted("a\nb\x00") == "“a<U+000A>b<U+0000>”"
    assert quoted("x" * 100, limit=10) == "“xxxxxxxxx…”"
