"""Draw an event's pattern from its name: the same name always makes the same pattern.

A tile of 6 × 4 cells repeats, each cell 24 px wide and high. The SHA-256 digest of the name selects
one of four sets of shapes, and a shape of the set for each cell. The drawing has the colour of the
text around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

COLUMNS, ROWS, CELL = 6, 4, 24

SHAPES = (
    # quarter circles that meet at the middles of edges
    (
        "m0 12a12 12 0 0 0 12-12m0 24a12 12 0 0 1 12-12",
        "m12 0a12 12 0 0 0 12 12m-24 0a12 12 0 0 1 12 12",
    ),
    # waves: a crest first, a trough first, and still water
    ("m0 12q6-12 12 0t12 0", "m0 12q6 12 12 0t12 0", "m0 12h24m-18 6h12"),
    # rings, dots and crosses
    (
        "m12 3a9 9 0 0 1 0 18a9 9 0 0 1 0-18",
        "m12 10a2 2 0 0 1 0 4a2 2 0 0 1 0-4",
        "m3 12h18m-9-9v18",
    ),
    # slants and sails
    ("m0 24 24-24", "m0 0 24 24", "m4 20h16l-8-16z"),
)
"""Sets of shapes for a cell; all commands are relative, so that a shape fits any cell."""


def pattern_svg(name: str, *, id: str) -> str:
    """Return the pattern as SVG markup; `id` must be unique on the page."""
    whole = "".join(_cells(sha256(name.encode()).digest()))
    width, height = COLUMNS * CELL, ROWS * CELL
    return (
        '<svg class="pattern" aria-hidden="true" width="100%" height="100%">'
        f'<pattern id="{id}" width="{width}" height="{height}" patternUnits="userSpaceOnUse">'
        f'<path d="{whole}" fill="none" stroke="currentColor" stroke-width="2"/></pattern>'
        f'<rect width="100%" height="100%" fill="url(#{id})"/></svg>'
    )


def _cells(digest: bytes) -> Iterator[str]:
    """Yield the path of each cell, row by row."""
    shapes = SHAPES[digest[0] % len(SHAPES)]
    for number in range(COLUMNS * ROWS):
        row, column = divmod(number, COLUMNS)
        shape = shapes[digest[number + 1] % len(shapes)]
        yield f"M{column * CELL} {row * CELL}{shape}"
