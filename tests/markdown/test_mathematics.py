"""Formulas: where they begin, their MathML, and their faults; each line of a case is one."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.markdown.dollars import find_formula
from plugins.markdown.mathematics import Fault, read_formula
from plugins.markdown.plain import plain_html
from plugins.markdown.tree import latex_of, render_fragment
from tests.cases import read_cases
from tests.markdown.reading import read_body
from tests.markdown.reading import told as told_all

CASES = Path(__file__).parent / "cases"


def dollars(line: str) -> str:
    formula = find_formula(line, 0)
    if not formula:
        return "none"
    return f"{'block' if formula.is_block else 'inline'}, {formula.end}: {formula.latex}"


def formulas(latex: str) -> str:
    element, faults = read_formula(latex, is_block=False)
    if faults:
        return "\n".join(map(told, faults))
    return markup(element)


def markup(element: Element) -> str:
    root = Element("div")
    root.append(element)
    return render_fragment(root).replace("\u00a0", "&nbsp;")


def told(fault: Fault) -> str:
    hint = f"; hint: {fault.hint}" if fault.hint else ""
    return f"{fault.offset}: found {fault.found}; expected {fault.expected}{hint}"


WAYS: dict[str, Callable[[str], str]] = {"dollars": dollars, "formulas": formulas}


@pytest.mark.parametrize(
    ("way", "given", "wanted"),
    [
        pytest.param(way, *case.values, id=f"{name}: {case.id}")
        for name, way in WAYS.items()
        for case in read_cases(CASES / f"{name}.md")
    ],
)
def test_formula(way: Callable[[str], str], given: str, wanted: str) -> None:
    assert "\n".join(map(way, given.split("\n"))) == wanted


@pytest.mark.parametrize(("given", "wanted"), read_cases(CASES / "formula_places.md"))
def test_fault_has_its_line_and_column(given: str, wanted: str) -> None:
    assert told_all(read_body(given + "\n")[1]) == wanted


PIECES = st.sampled_from(
    [
        *("{", "}", "[", "]", "&", "\\\\", "_", "^", "a", "1", " ", "%", "'", "\n", "é", "$", "<"),
        *("\\frac", "\\sqrt", "\\left(", "\\right)", "\\begin{matrix}", "\\end{matrix}", "\\over"),
        *("\\text", "\\hspace", "\\genfrac", "\\sideset", "\\skew", "\\not", "\\raise", "\\foo"),
        *("\\begin{array}{cc}", "\\end{array}", "\\mathbb{R}", "\\limits", "\\unicode", "\\tag"),
    ]
)


@given(st.lists(PIECES, max_size=20).map("".join))
def test_any_latex_is_a_formula_or_faults_at_its_characters(latex: str) -> None:
    element, faults = read_formula(latex, is_block=True)

    assert (element.tag == "math") == (faults == ())
    assert all(0 <= fault.offset <= len(latex) for fault in faults)
    assert markup(element)
    if not faults:
        assert latex_of(element) == latex


@pytest.mark.parametrize(
    "latex",
    [
        *("x" * 3999, "x" * 100_000, "{" * 3999, "{x}" * 1300, "x^{" * 1000 + "}" * 1000),
        *("\\sqrt" * 800, "\\frac" * 800, "x_1^2" * 800, "'" * 3999, "\\left(" * 600),
        *("\\begin{matrix}" * 250, "\\displaystyle " * 280, "\\over " * 600, "\\text{" * 600),
    ],
    ids=range(14),
)
def test_long_formula_ends_at_once(latex: str) -> None:
    start = time.process_time()

    element, _ = read_formula(latex, is_block=False)

    assert markup(element)
    assert time.process_time() - start < 1


@pytest.mark.parametrize("part", ["$", "$a", "$$", "$`", "$\\", "$$a"])
def test_many_dollars_end_at_once(part: str) -> None:
    text = part * 20_000
    start = time.process_time()

    for place in range(0, len(text), len(part)):
        find_formula(text, place)

    assert time.process_time() - start < 2


def test_feeds_and_descriptions_have_the_latex() -> None:
    document, _ = read_body("So $a_1$ it is.\n")

    html = document.body.html(lambda link: link.target)
    assert plain_html(html, (), has_blocks=False) == "<p>So <code>a_1</code> it is.</p>"
    assert document.text == "So a_1 it is."
    assert not document.is_cut


def test_heading_with_a_formula_has_the_id_that_github_gives() -> None:
    document, _ = read_body("## The $x_1$ join\n")

    assert [heading.id for heading in document.headings] == ["the-x_1-join"]
