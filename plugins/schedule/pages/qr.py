"""Draw QR codes as SVG, for example for the sheets on doors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement

import segno

MARGIN = 4
"""The white modules around the code, which readers need to find it (ISO/IEC 18004, 6.3.8)."""


def qr_svg(text: str, *, label: str) -> Element:
    """Return the QR code of a text as an `svg` element with an accessible name and one path."""
    matrix = segno.make(text, error="m", micro=False).matrix
    size = len(matrix) + 2 * MARGIN
    svg = Element("svg", viewBox=f"0 0 {size} {size}", role="img")
    svg.set("class", "qr")
    svg.set("aria-label", label)
    SubElement(svg, "path", d="".join(_runs(matrix)))
    return svg


def _runs(matrix: Sequence[Sequence[int]]) -> Iterator[str]:
    """Yield a closed path for every run of dark modules in a row."""
    for y, row in enumerate(matrix):
        x = 0
        for is_dark, modules in groupby(row, key=bool):
            length = len(list(modules))
            if is_dark:
                yield f"M{x + MARGIN} {y + MARGIN}h{length}v1h-{length}z"
            x += length
