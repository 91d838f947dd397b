"""The support of a product's branches as a picture, with a bar for each branch."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from ..source.times import day_in_words
from .model import Branch, Product
from .support import support_state, support_words

WIDTH, LEFT, RIGHT, ROW, BAR, TOP = 720, 64, 16, 30, 14, 26
"""Units of the picture: its width, the margins, a branch's row, its bar, the years' row."""


def timeline(product: Product, today: date) -> str:
    """Return the picture as SVG; empty if no branch has a bar."""
    rows = [(branch, *span) for branch in product.branches if (span := _span(branch, product))]
    if not rows:
        return ""
    first = min(start for _, start, _ in rows).year
    last = max(end for _, _, end in rows).year + 1
    height = TOP + ROW * len(rows)
    svg = _svg(product, height)
    scale = (WIDTH - LEFT - RIGHT) / (date(last, 1, 1) - date(first, 1, 1)).days

    def at(day: date) -> float:
        return round(LEFT + (day - date(first, 1, 1)).days * scale, 1)

    for year in range(first, last + 1):
        _year(
            svg,
            at(date(year, 1, 1)),
            year,
            height,
            is_named=(year - first) % _step(first, last) == 0,
        )
    for number, (branch, start, end) in enumerate(reversed(rows)):
        y = TOP + ROW * number
        _row(svg, branch, at(start), at(end), y, support_state(branch, today))
        for version in product.versions_of(branch.name):
            day = product.versions[version].date
            if day and start <= day <= end:
                tick = {"cx": str(at(day)), "cy": str(y + ROW / 2), "r": "2.5"}
                SubElement(svg, "circle", {"class": "timeline-version", **tick})
    return ElementTree.tostring(svg, encoding="unicode")


def _span(branch: Branch, product: Product) -> tuple[date, date] | None:
    """Return the first and last day of a branch's bar; None if one of them is unknown.

    A branch without a release date begins with its first version, one without an end of support
    ends with its last.
    """
    days = [d for n in product.versions_of(branch.name) if (d := product.versions[n].date)]
    start = branch.released or min(days, default=None)
    end = branch.ends or max(days, default=None)
    return (start, max(start, end)) if start and end else None


def _step(first: int, last: int) -> int:
    """Return the number of years from one label to the next, so that labels do not touch."""
    return 1 + (last - first) // 12


def _svg(product: Product, height: int) -> Element:
    attributes = {"class": "timeline", "viewBox": f"0 0 {WIDTH} {height}", "role": "img"}
    svg = Element("svg", attributes)
    svg.set("aria-label", f"Support of {product.name}: the table says the same in words")
    return svg


def _year(svg: Element, x: float, year: int, height: int, *, is_named: bool) -> None:
    ends = {"x1": str(x), "x2": str(x), "y1": str(TOP - 6), "y2": str(height)}
    SubElement(svg, "line", {"class": "timeline-year", **ends})
    if is_named:
        text = SubElement(svg, "text", {"class": "timeline-label", "x": str(x), "y": "12"})
        text.set("text-anchor", "middle")
        text.text = str(year)


def _row(svg: Element, branch: Branch, x: float, end: float, y: int, state: str) -> None:
    label = SubElement(svg, "text", {"class": "timeline-branch", "x": "0", "y": str(y + 20)})
    label.text = branch.name
    box = {"x": str(x), "y": str(y + (ROW - BAR) / 2), "height": str(BAR), "rx": "3"}
    box["width"] = str(round(max(end - x, 2), 1))
    bar = SubElement(svg, "rect", {"class": f"timeline-bar timeline-{state}", **box})
    released = f", released on {day_in_words(branch.released)}" if branch.released else ""
    SubElement(bar, "title").text = f"{branch.name}{released}. {support_words(branch, state)}"
