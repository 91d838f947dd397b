"""Formulas between dollars, found as GitHub finds them.

    inline = "$" latex "$" / "$`" latex "`$"   ; no blank inside next to a dollar, no word outside
    block = "$$" latex "$$"                    ; on lines of its own, or in a line

An opening dollar follows no letter, digit or backslash, and a closing one comes before no letter or
digit: `$5 and $6` and `US$5` are prices.
"""

from __future__ import annotations

import re

from msgspec import Struct

# Matches `$x$`, `$\$5$` and `` $`x`$ ``; not `$5 and $6`, `$ x$`, `a$x$` or `$x$1`.
INLINE = re.compile(
    r"""
    (?<![\w\\$])
    \$ (?: `(?P<code>[^`]+)` | (?P<latex>(?![\s$`])(?:[^$\\]|\\.)*?(?<!\s)) ) \$
    (?![\w$])
    """,
    re.VERBOSE | re.DOTALL,
)

# Matches `$$x$$`, over several lines as well; not `$$$`.
BLOCK = re.compile(r"(?<![\\$])\$\$(?!\$)(?P<latex>(?:[^$\\]|\\.)+?)\$\$(?!\$)", re.DOTALL)


class Formula(Struct, frozen=True):
    """A formula in a line of text."""

    latex: str
    start: int
    """Where the LaTeX begins in the line, after the dollars."""
    end: int
    """Where the text goes on, after the closing dollars."""
    is_block: bool


def find_formula(text: str, start: int) -> Formula | None:
    """Return the formula that begins at a dollar, if one does."""
    match = BLOCK.match(text, start) or INLINE.match(text, start)
    if not match:
        return None
    group = "code" if match.groupdict().get("code") else "latex"
    return Formula(match[group], match.start(group), match.end(), match.re is BLOCK)
