"""Formulas as elements of a document: in running text, as a block, and in a fence."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from .reading import Fence, Reading

Where = Callable[[int], tuple[int, int]]
"""Gives the line and column of a character of the LaTeX."""


def formula(latex: str, reading: Reading, where: Where, *, is_block: bool) -> Element:
    """Return the element of a formula; what is wrong with it is reported."""
    # What it needs takes long to import, and most documents hold no formula.
    from .mathematics import read_formula  # noqa: PLC0415

    element, faults = read_formula(latex, is_block=is_block)
    for fault in faults:
        reading.problems.append(
            reading.source.problem(
                *where(fault.offset), found=fault.found, expected=fault.expected, hint=fault.hint
            )
        )
    return element


def formula_block(latex: str, reading: Reading, where: Where) -> Element:
    """Return the element of a formula that stands on its own."""
    text = latex.strip()
    start = len(latex) - len(latex.lstrip())
    block = Element("div", {"class": "formula"})
    block.append(formula(text, reading, lambda at: where(start + at), is_block=True))
    return block


def read_math_fence(fence: Fence, reading: Reading) -> Element:
    """Return the formula in a fence."""

    def where(at: int) -> tuple[int, int]:
        before = fence.body.text[:at]
        line = fence.body.first_line + before.count("\n")
        column = at - (before.rfind("\n") + 1) + 1
        return line, fence.body.place(line, column).column

    return formula_block(fence.body.text, reading, where)
