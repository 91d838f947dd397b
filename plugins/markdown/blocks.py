"""The blocks of a document: CommonMark's, tables, and those that are ours, each with its lines.

    tab        = "===" [ "+" ] [ "!" ] blanks quoted EOL indented
    details    = "???" [ "+" ] titled EOL indented
    admonition = "!!!" titled EOL indented
    titled     = [ blank ] 1*( word ) [ quoted ] / quoted
    indented   = *( line that is indented by four columns / empty line )
    definition = 1*( term EOL ) 1*( [ empty line ] ":" blanks blocks )
    note       = "[^" label "]:" blocks                 ; later lines are indented by four columns
    formula    = "$$" latex "$$"                        ; the dollars begin and end lines
    abbr       = "*[" word "]:" text EOL
    element    = "<" name … 'markdown="1"' … ">" blocks "</" name ">"

markdown-it-py finds CommonMark's blocks and tables. It tries each rule at each line; `Blocks` asks
the first character of a line first, which halves the time. A paragraph and a heading that is
underlined are read by one rule, since both read the same lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import accumulate
from typing import Any

from markdown_it.parser_block import ParserBlock
from markdown_it.ruler import Ruler
from markdown_it.rules_block import (
    StateBlock,
    blockquote,
    code,
    fence,
    heading,
    hr,
    html_block,
    list_block,
    reference,
)
from msgspec import Struct

from .token import Token

Rule = Callable[[StateBlock, int, int, bool], bool]

INDENT = 4
"""The columns by which the content of a tab, of details and of a note is indented."""

DEEPEST = 102
"""Blocks in blocks; a list in a list counts twice, for its items. What is deeper is not read."""

# Matches `=== "Debian"`, `===+ "Fedora"` and `===! "New set"`; not `===`, which underlines.
TAB = re.compile(r'===(?P<signs>\+!|!\+|\+|!)?[ \t]+"(?P<title>.*?)"[ \t]*$')

# Matches `??? note "A title"`, `???+ tip`, `??? "A title"`; not `???`.
TITLED = re.compile(
    r"""
    (?:\?\?\?(?P<open>\+)? | !!!) [ \t]*
    (?: (?P<kind>[\w-]+(?:[ ]+[\w-]+)*)? (?:[ \t]*"(?P<title>.*?)")
      | (?P<only>[\w-]+(?:[ ]+[\w-]+)*) )
    [ \t]*$
    """,
    re.VERBOSE,
)

# Matches `*[HTML]: Hypertext`; not `*[a](b)`.
ABBREVIATION = re.compile(r"\*\[(?P<word>[^\]\\]+)\][ ]?:[ \t]*(?P<title>.*?)[ \t]*$")

# Matches `$$` and `$$a`; not `$$$`.
FORMULA = re.compile(r"\$\$(?!\$)")

# Matches `[^name]: `; not `[name]:`.
NOTE = re.compile(r"\[\^(?P<label>[^\]\n]+)\]:")

# Matches `:   A definition`; not `::` or `:smile:`.
DEFINITION = re.compile(r":[ \t]+(?=\S)")

# Matches a line that may be a definition, in quotations and lists too.
MAY_DEFINE = re.compile(r"\n[ \t>]*:[ \t]")

# Matches `<div class="x" markdown="1">`; not `<div>` or `<div markdown="0">`.
OPENING = re.compile(
    r"""<(?P<tag>[A-Za-z][\w-]*)(?P<attributes>(?:\s[^<>]*?)?\smarkdown(?:=["']?(?P<kind>1|block|span)["']?)?(?=[\s>])[^<>]*)>"""
)

# Elements that hold running text, not blocks.
RUNNING = frozenset("p h1 h2 h3 h4 h5 h6 span a b i em strong small summary dt th td".split())

# Matches `| --- | :-: |` and `---|---`, and nothing else that a line may say.
DELIMITERS = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")

# Matches `|`, but not that of `\|`.
SEPARATOR = re.compile(r"(?<!\\)\|")

MOST_CELLS = 100_000
"""Empty cells that are added to the short rows of a table; one that needs more is a trap."""

SETEXT = re.compile(r"(?:=+|-+)[ \t]*$")

ALL = ("paragraph", "reference", "blockquote", "list")
MOST = ("paragraph", "reference", "blockquote")


class Row(Struct, frozen=True):
    """A row of a table."""

    line: int
    cells: tuple[tuple[str, int], ...]
    """The text of each cell, and the column that it begins in."""


class State(StateBlock):
    """The lines of a text while their blocks are found."""

    def __init__(self, src: str, md: Any, env: Any, tokens: list[Any]) -> None:
        super().__init__("", md, env, tokens)
        lines = src.split("\n")
        if not lines[-1]:
            lines.pop()
        self.src = src
        ends = list(accumulate([len(line) + 1 for line in lines]))
        self.bMarks = [0, *ends]
        self.bMarks[-1] = len(src)
        self.eMarks = [*[end - 1 for end in ends], len(src)]
        self.tShift = [*[len(line) - len(line.lstrip(" \t")) for line in lines], 0]
        self.sCount = self.tShift.copy()
        if "\t" in src:
            for number, line in enumerate(lines):
                self.sCount[number] = len(line[: self.tShift[number]].expandtabs(4))
        self.bsCount = [0] * (len(lines) + 1)
        self.lineMax = len(lines)

    def push(self, ttype: str, tag: str, nesting: int) -> Any:
        """Add a token."""
        token = Token(ttype, tag, nesting)
        if nesting < 0:
            self.level -= 1
        token.level = self.level
        if nesting > 0:
            self.level += 1
        tokens: list[Any] = self.tokens
        tokens.append(token)
        return token


class Blocks(ParserBlock):
    """Finds the blocks of a text."""

    def __init__(self) -> None:
        super().__init__()
        self.starts = _by_character(RULES)
        chains = {name: _by_character([r for r in RULES if name in r[2]]) for name in ALL}
        self.ruler = _Chains(chains)

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803
        """Add the tokens of some lines to the state."""
        line, has_empty = startLine, False
        while line < endLine:
            state.line = line = state.skipEmptyLines(line)
            if line >= endLine or state.sCount[line] < state.blkIndent:
                return
            if state.level >= DEEPEST:
                state.env["page"].too_deep(line)
                state.line = endLine
                return
            self._block(state, line, endLine)
            state.tight = not has_empty
            line = state.line
            if (line - 1) < endLine and state.isEmpty(line - 1):
                has_empty = True
            if line < endLine and state.isEmpty(line):
                has_empty = True
                line += 1
                state.line = line

    def _block(self, state: StateBlock, line: int, end: int) -> None:
        if state.sCount[line] - state.blkIndent >= 4:
            code(state, line, end, False)
            return
        env, at = state.env, state.bMarks[line] + state.tShift[line]
        for rule in self.starts.get(state.src[at], ()):
            if rule(state, line, end, False):
                return
        if env["has_tables"] and _table(state, line, end):
            return
        if not (env["has_definitions"] and _definitions(state, line, end)):
            _paragraph(state, line, end, self.ruler.getRules("paragraph")[0])


class _Chains(Ruler[Rule]):
    """The rules that may end a block, for markdown-it's own rules: one, that knows all."""

    def __init__(self, chains: Mapping[str, Mapping[str, tuple[Rule, ...]]]) -> None:
        super().__init__()
        self.push("code", code)  # markdown-it asks whether there is code
        self.chains = {
            name: [partial(_interrupts, rules, name in {"paragraph", "reference"})]
            for name, rules in chains.items()
        }

    def getRules(self, chainName: str = "") -> Any:  # noqa: N802, N803
        """Return the rules that end what the chain is named for."""
        return self.chains.get(chainName, [])


def _interrupts(
    rules: Mapping[str, tuple[Rule, ...]],
    is_paragraph: bool,  # noqa: FBT001
    state: StateBlock,
    line: int,
    end: int,
    silent: bool,  # noqa: FBT001
) -> bool:
    """Return True if another block begins at a line and so ends the current one."""
    at = state.bMarks[line] + state.tShift[line]
    if at < state.eMarks[line]:
        for rule in rules.get(state.src[at], ()):
            if rule(state, line, end, True):
                return True
    return is_paragraph and state.env["has_tables"] and bool(_alignments(state, line, end))


def _by_character(rules: Any) -> dict[str, tuple[Rule, ...]]:
    signs = sorted({sign for _, first, _ in rules for sign in first})
    return {sign: tuple(rule for rule, first, _ in rules if sign in first) for sign in signs}


def find_blocks(text: str, md: Any, env: dict[str, Any]) -> list[Any]:
    """Return the tokens of a text's blocks; what is defined in it is left in `env`."""
    env.update(
        has_tables="|" in text,
        has_definitions=MAY_DEFINE.search(text) is not None,
        notes={},
        abbreviations={},
    )
    tokens: list[Any] = []
    if text:
        state = State(text, md, env, tokens)
        md.block.tokenize(state, 0, state.lineMax)
    return tokens


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _paragraph(state: StateBlock, start: int, end: int, interrupts: Rule) -> None:
    """Add a paragraph, or a heading that is underlined."""
    parent, state.parentType = state.parentType, "paragraph"
    level, line = "", start + 1
    for line in range(start + 1, state.lineMax):
        if state.isEmpty(line):
            break
        indent = state.sCount[line]
        if indent - state.blkIndent > 3:
            continue
        sign = state.src[state.bMarks[line] + state.tShift[line]]
        may_underline = sign in "=-" and line < end and indent >= state.blkIndent
        if may_underline and SETEXT.match(_line(state, line)):
            level = "h1" if sign == "=" else "h2"
            break
        if indent >= 0 and interrupts(state, line, state.lineMax, True):
            break
    else:
        line = max(start + 1, state.lineMax)
    state.parentType = parent
    state.line = line + 1 if level else line
    content = state.getLines(start, line, state.blkIndent, False).strip(" \t\n")
    _around(state, "heading" if level else "paragraph", level or "p", start, content, line)


def _around(state: StateBlock, name: str, tag: str, start: int, content: str, last: int) -> None:
    """Add a block that holds running text."""
    state.push(f"{name}_open", tag, 1).map = [start, state.line]
    inline = state.push("inline", "", 0)
    inline.content, inline.map = content, [start, last]
    state.push(f"{name}_close", tag, -1)


# Tables -------------------------------------------------------------------------------------


def _table(state: StateBlock, start: int, end: int) -> bool:
    """Add a table, if one begins at a line."""
    alignments = _alignments(state, start, end)
    if not alignments:
        return False
    parent, state.parentType = state.parentType, "table"
    interrupts = state.md.block.ruler.getRules("blockquote")[0]
    rows = [Row(start, _cells(state, start))]
    line, missing = start + 2, 0
    while line < end and _is_row(state, line) and not interrupts(state, line, end, True):
        rows.append(Row(line, _cells(state, line)[: len(alignments)]))
        missing += len(alignments) - len(rows[-1].cells)
        if missing > MOST_CELLS:
            break
        line += 1
    token = state.push("table", "table", 0)
    token.map, token.meta = [start, line], {"alignments": alignments, "rows": rows}
    state.parentType, state.line = parent, line
    return True


def _is_row(state: StateBlock, line: int) -> bool:
    return not state.isEmpty(line) and 0 <= state.sCount[line] - state.blkIndent <= 3


def _alignments(state: StateBlock, line: int, end: int) -> list[str]:
    """Return the alignment of each column, if a line is the head of a table; else nothing."""
    below = line + 1
    if below >= end or not _is_row(state, below):
        return []
    at = state.bMarks[below] + state.tShift[below]
    if state.src[at] not in "|-:" or state.src[at : at + 2] in {"- ", "-\t"}:
        return []
    head = _line(state, line)
    if "|" not in head or not _is_row(state, line) or not DELIMITERS.match(_line(state, below)):
        return []
    rules = [rule.strip() for rule in _line(state, below).strip().strip("|").split("|")]
    found = [SIDES[rule[0] == ":", rule[-1] == ":"] for rule in rules]
    return found if len(found) == len(_cells(state, line)) else []


SIDES = {
    (False, False): "",
    (True, False): "left",
    (False, True): "right",
    (True, True): "center",
}


def _cells(state: StateBlock, line: int) -> tuple[tuple[str, int], ...]:
    """Return the cells of a row, each with the column that it begins in."""
    written = _line(state, line)
    at = state.bMarks[line] + state.tShift[line]
    column = at - state.src.rfind("\n", 0, at)
    if written[:1] == "|":
        written, column = written[1:], column + 1
    parts = SEPARATOR.split(written)
    if len(parts) > 1 and not parts[-1].strip(" \t"):
        parts.pop()
    cells: list[tuple[str, int]] = []
    for part in parts:
        begins = column + len(part) - len(part.lstrip(" \t"))
        cells.append((part.strip(" \t").replace("\\|", "|"), begins))
        column += len(part) + 1
    return tuple(cells)


# Blocks of ours -----------------------------------------------------------------------------


@contextmanager
def _inside(state: StateBlock, *, indent: int, end: int) -> Iterator[None]:
    """Have what is read now be the content of a block that ends before a line."""
    before = state.parentType, state.lineMax, state.listIndent, state.tight
    state.parentType, state.lineMax, state.listIndent = "ours", end, -1
    state.blkIndent += indent
    yield
    state.blkIndent -= indent
    state.parentType, state.lineMax, state.listIndent, state.tight = before
    state.line = end


@contextmanager
def _cut(state: StateBlock, line: int, *, width: int, indent: int) -> Iterator[None]:
    """Have a line begin after its first characters, as if it were indented by some columns."""
    saved = state.bMarks[line], state.tShift[line], state.sCount[line]
    rest = _line(state, line)[width:]
    state.bMarks[line] = saved[0] + saved[1] + width
    state.tShift[line] = len(rest) - len(rest.lstrip(" \t"))
    state.sCount[line] = state.blkIndent + indent
    yield
    state.bMarks[line], state.tShift[line], state.sCount[line] = saved


def _indented_end(state: StateBlock, start: int, end: int) -> int:
    """Return the line after those that are indented below the line before `start`."""
    last = start
    for line in range(start, end):
        if state.isEmpty(line):
            continue
        if state.sCount[line] < state.blkIndent + INDENT:
            break
        last = line + 1
    return last


def _indented(
    state: StateBlock, start: int, end: int, *, name: str, meta: Mapping[str, Any]
) -> None:
    last = _indented_end(state, start + 1, end)
    token = state.push(f"{name}_open", "div", 1)
    token.map, token.meta = [start, last], dict(meta)
    with _inside(state, indent=INDENT, end=last):
        state.md.block.tokenize(state, start + 1, last)
    state.push(f"{name}_close", "div", -1)


def _tab(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    match = TAB.match(_line(state, start))
    if match and not silent:
        _indented(state, start, end, name="tab", meta=match.groupdict(""))
    return match is not None


def _titled(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    line = _line(state, start)
    match = TITLED.match(line)
    if match and not silent:
        name = "details" if line[0] == "?" else "admonition"
        _indented(state, start, end, name=name, meta=match.groupdict())
    return match is not None


def _formula(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    last = _formula_end(state, start, end)
    if last and not silent:
        state.line = last
        token = state.push("formula", "div", 0)
        token.map = [start, last]
        token.content = state.getLines(start, last, state.blkIndent, False).strip()
    return last > 0


def _formula_end(state: StateBlock, start: int, end: int) -> int:
    """Return the line after a formula that begins at a line; 0 if none does."""
    for line in range(start, end):
        text = _line(state, line).rstrip()
        if state.isEmpty(line) or state.sCount[line] < state.blkIndent:
            return 0
        if line == start and not FORMULA.match(text):
            return 0
        rest = text[2:] if line == start else text
        if "$$" in rest:
            return line + 1 if rest.endswith("$$") and rest.count("$$") == 1 else 0
    return 0


def _abbreviation(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    match = ABBREVIATION.match(_line(state, start))
    if match and not silent:
        state.env["abbreviations"][match["word"]] = match["title"]
        state.line = start + 1
    return match is not None


def _note(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    match = NOTE.match(_line(state, start))
    if match and not silent:
        label = match["label"]
        state.env["notes"].setdefault(label, start)
        token = state.push("note_open", "li", 1)
        token.meta = {"label": label}
        _after_marker(state, start, end, width=match.end(), indent=INDENT)
        token.map = [start, state.line]
        state.push("note_close", "li", -1)
    return match is not None


def _after_marker(state: StateBlock, start: int, end: int, *, width: int, indent: int) -> None:
    """Add the blocks that begin after a marker in a line; later lines are indented."""
    last = state.lineMax
    with _cut(state, start, width=width, indent=indent), _inside(state, indent=indent, end=last):
        state.md.block.tokenize(state, start, end)
        last = max(state.line, start + 1)
    state.line = last


def _definitions(state: StateBlock, start: int, end: int) -> bool:
    """Add a list of definitions, if one begins at a line."""
    first = _first_definition(state, start, end)
    if not first:
        return False
    token = state.push("dl_open", "dl", 1)
    line = start
    while first:
        terms = [n for n in range(line, first) if not state.isEmpty(n)]
        for term in terms:
            state.line = term + 1
            _around(state, "dt", "dt", term, _line(state, term).rstrip(), term + 1)
        line = _read_definitions(state, first, end, is_loose=state.isEmpty(first - 1))
        first = _first_definition(state, line, end)
    token.map = [start, line]
    state.push("dl_close", "dl", -1)
    state.line = line
    return True


def _first_definition(state: StateBlock, start: int, end: int) -> int:
    """Return the line of the first definition of the terms that begin at a line; 0 without any."""
    interrupts = state.md.block.ruler.getRules("paragraph")[0]
    line = state.skipEmptyLines(start)
    if line >= end or state.sCount[line] != max(state.sCount[line], state.blkIndent):
        return 0
    if _is_definition(state, line):
        return line if line > start else 0
    while line < end and not state.isEmpty(line):
        if state.sCount[line] < state.blkIndent or state.sCount[line] - state.blkIndent > 3:
            return 0
        if interrupts(state, line, end, True):
            return 0
        line += 1
        if line < end and _is_definition(state, line):
            return line
    line = state.skipEmptyLines(line)
    return line if line < end and _is_definition(state, line) else 0


def _is_definition(state: StateBlock, line: int) -> bool:
    indent = state.sCount[line] - state.blkIndent
    return 0 <= indent <= 3 and DEFINITION.match(_line(state, line)) is not None


def _read_definitions(state: StateBlock, line: int, end: int, *, is_loose: bool) -> int:
    """Add the definitions of a term; they are paragraphs if they stand apart from it."""
    while line < end and _is_definition(state, line):
        match = DEFINITION.match(_line(state, line))
        width = match.end() if match else 0
        opening = state.push("dd_open", "dd", 1)
        _after_marker(state, line, end, width=width, indent=min(width, INDENT))
        opening.map = [line, state.line]
        state.push("dd_close", "dd", -1).meta = {"is_loose": is_loose}
        line = state.skipEmptyLines(state.line)
    return state.line


def _element(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Add an element with `markdown="1"`, and what it holds as blocks or running text."""
    match = OPENING.match(_line(state, start))
    if not match:
        return False
    last, closing = _closing(state, start, end, match)
    if last < 0 or silent:
        return last >= 0
    token = state.push("element_open", match["tag"].lower(), 1)
    token.map, token.content = [start, last + 1], match["attributes"]
    is_running = match["kind"] == "span" or match["tag"].lower() in RUNNING
    ends, state.eMarks[last] = state.eMarks[last], closing
    if is_running:
        _running(state, start, last, match.end())
    else:
        end = last + 1
        with _inside(state, indent=0, end=end), _cut(state, start, width=match.end(), indent=0):
            state.md.block.tokenize(state, start, end)
    state.eMarks[last] = ends
    state.line = last + 1
    state.push("element_close", match["tag"].lower(), -1)
    return True


def _closing(state: StateBlock, start: int, end: int, opening: re.Match[str]) -> tuple[int, int]:
    """Return the line of the end tag, and where in the text the tag begins; -1 if there is none."""
    tag = re.escape(opening["tag"])
    pattern = re.compile(rf"<(?P<close>/)?{tag}(?:\s[^<>]*)?>", re.IGNORECASE)
    depth = 0
    for line in range(start, end):
        at, to = state.bMarks[line] + state.tShift[line], state.eMarks[line]
        for found in pattern.finditer(state.src, at, to):
            depth += -1 if found["close"] else 1
            if depth == 0:
                rest = state.src[found.end() : to].strip()
                return (-1, 0) if rest else (line, found.start())
    return -1, 0


def _running(state: StateBlock, start: int, last: int, width: int) -> None:
    at = state.bMarks[start] + state.tShift[start] + width
    token = state.push("inline", "", 0)
    written = state.src[at : state.eMarks[last]]
    token.content = "\n".join(line.strip() for line in written.strip().split("\n"))
    token.map = [start + (len(written) - len(written.lstrip()) > 0 and written[0] == "\n"), last]


RULES: tuple[tuple[Rule, str, tuple[str, ...]], ...] = (
    (fence, "`~", ALL),
    (blockquote, ">", ALL),
    (hr, "*-_", ALL),
    (_abbreviation, "*", MOST),
    (list_block, "*+-0123456789", MOST),
    (_note, "[", MOST),
    (reference, "[", ()),
    (_element, "<", MOST),
    (html_block, "<", MOST),
    (heading, "#", MOST),
    (_tab, "=", MOST),
    (_titled, "?!", MOST),
    (_formula, "$", MOST),
)
"""Each rule with the characters that its blocks begin with, and what they may interrupt."""
