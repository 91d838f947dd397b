r"""Finds and fills the places of a text that a reader may fill in.

hole    = "{{" blank* name blank* "}}"      name = lower-case letters, digits, "_"
literal = any other braces: {{.Names}}, {{ .State.Running }}, {{ foo.bar }}, ${{ x }}
escaped = "\" hole                          stands for the hole's own text
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ..source.placeholder import NAME, Placeholder
from .model import Hole, Quoting

# Matches `{{database}}` and `{{ database }}`; not `{{.Names}}`, `{{ a.b }}`, `${{ x }}` (which
# CI systems use) or `\{{database}}`.
HOLE = re.compile(r"(?<![\\$])\{\{[ \t]*(" + NAME + r")[ \t]*\}\}")

# Matches braces that may have been meant as a hole: `{{dataBase}}` and `{{data-base}}`; not
# `{{.Names}}`.
ALMOST = re.compile(r"(?<![\\$])\{\{[ \t]*(?!" + NAME + r"[ \t]*\}\})([\w-]+)[ \t]*\}\}")

# Matches `\{{database}}`; not `\{{.Names}}`, which is no hole even without the backslash.
ESCAPED = re.compile(r"\\(\{\{[ \t]*" + NAME + r"[ \t]*\}\})")

# Matches what `_escaped` must escape: `{{a}}` and the braces of `\{{a}}`; not `${{a}}`.
BRACES = re.compile(r"(?<!\$)\{\{[ \t]*" + NAME + r"[ \t]*\}\}")

# Matches a value that needs no quotes in any shell: `breakpad`, `/srv/db-1`; not `a b`, `$x`, or
# `=ls` and `x:=ls`, where zsh inserts the path of a command.
SAFE = re.compile(r"(?!=|.*:=)[\w@%+=:,./-]+", re.ASCII)

# The same for PowerShell, where `@name` and `a,b` are more than one value.
SAFE_WINDOWS = re.compile(r"(?![=%@])[\w@%+=:./-]+", re.ASCII)


def find_holes(text: str) -> tuple[str, tuple[Hole, ...]]:
    """Return the text with its escaped braces made plain, and its holes."""
    pieces: list[str] = []
    holes: list[Hole] = []
    last = length = 0
    for match in HOLE.finditer(text):
        before = ESCAPED.sub(r"\1", text[last : match.start()])
        start = length + len(before)
        holes.append(Hole(match[1], start, start + len(match[0])))
        pieces += (before, match[0])
        last, length = match.end(), start + len(match[0])
    pieces.append(ESCAPED.sub(r"\1", text[last:]))
    return "".join(pieces), tuple(holes)


def filled(text: str, holes: Iterable[Hole], placeholders: Mapping[str, Placeholder]) -> str:
    """Return the text with the default of every declared placeholder, quoted for its place."""
    pieces: list[str] = []
    last = 0
    for hole in holes:
        declared = placeholders.get(hole.name)
        value = quote(declared.default, hole.quoting) if declared else text[hole.start : hole.end]
        pieces += (text[last : hole.start], value)
        last = hole.end
    return "".join([*pieces, text[last:]])


def template(text: str, holes: Iterable[Hole]) -> str:
    """Return the text with holes as `{{name}}` and any other braces like them escaped.

    The theme's script makes the clipboard's text from it; `find_holes` gives the text back.
    """
    pieces: list[str] = []
    last = 0
    for hole in holes:
        pieces += (_escaped(text[last : hole.start]), "{{", hole.name, "}}")
        last = hole.end
    return "".join([*pieces, _escaped(text[last:])])


def quote(value: str, quoting: Quoting) -> str:
    """Return the value as it must be written at such a place, so that it stays one value."""
    match quoting:
        case Quoting.WORD:
            return value if SAFE.fullmatch(value) else "'" + value.replace("'", "'\\''") + "'"
        case Quoting.WINDOWS:
            is_safe = SAFE_WINDOWS.fullmatch(value)
            return value if is_safe else "'" + value.replace("'", "''") + "'"
        case Quoting.SINGLE:
            return value.replace("'", "'\\''")
        case Quoting.DOUBLED:
            return value.replace("'", "''")
        case Quoting.DOUBLE:
            # An interactive shell expands `!` and `^` from its history, even in double quotes.
            marked = re.sub(r'[\\"$`]', r"\\\g<0>", value)
            return re.sub(r"[!^]+", "\"'\\g<0>'\"", marked)
        case _:
            return re.sub(_MARKED.get(quoting, r"(?!)"), _MARK.get(quoting, "\\") + r"\g<0>", value)


_MARKED = {
    Quoting.HERE: r"[\\$`]",
    Quoting.TICK: r'[`"$]',
    Quoting.PYTHON: r"""[\\'"]""",
}
_MARK = {Quoting.TICK: "`", **dict.fromkeys([Quoting.HERE, Quoting.PYTHON], r"\\")}


def _escaped(text: str) -> str:
    return BRACES.sub(r"\\\g<0>", text)
