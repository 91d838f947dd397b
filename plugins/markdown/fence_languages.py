"""Which languages a code block can be in."""

from __future__ import annotations

import functools
from collections.abc import Collection

from pygments.lexers import get_all_lexers

from ..source.problem import Problem, Severity, Source, nearest, quoted
from .fences import FoundFence
from .highlight import lexer_class

COLOURLESS = frozenset("ascii csv log none plain plaintext raw tsv txt".split())
"""Besides `text`, what people call a block that has no colours."""

ALIKE = 0.75


def unknown_language(source: Source, found: FoundFence, readers: Collection[str]) -> Problem | None:
    """The warning of a block in a language that neither a feature reads nor Pygments colours."""
    language = found.fence.language
    if not language or language in COLOURLESS or lexer_class(language):
        return None
    line = source.lines[found.first]
    near = _nearest_language(language, frozenset(readers))
    return source.problem(
        found.fence.line,
        line.lower().find(language, len(found.prefix)) + 1,
        found=f"a block in {quoted(language)}, a language that nothing here knows",
        expected="one that can be coloured, or “text”",
        hint=f"did you mean {quoted(near)}?" if near else "“text” is for code without colours",
        severity=Severity.WARNING,
    )


@functools.lru_cache(maxsize=1000)
def _nearest_language(language: str, readers: frozenset[str]) -> str:
    """The known word that is nearest; ours first, which do more than give colours."""
    ours = nearest(language, readers, alike=ALIKE)
    return ours or nearest(language, _coloured(), alike=ALIKE)


@functools.cache
def _coloured() -> list[str]:
    return sorted({alias for _, aliases, _, _ in get_all_lexers() for alias in aliases})
