"""The running text of a block: CommonMark's inline rules, and those that are ours.

    mark   = "==" text "=="         del = "~~" text "~~"
    sub    = "~" word "~"           sup = "^" word "^"        ; without blanks
    keys   = "++" key *( "+" key ) "++"
    note   = "[^" label "]"
    math   = as dollars.py has it
    field  = what a feature's pattern matches

markdown-it-py has CommonMark's rules; here each is tried only at the characters that it begins
with. Each token that a problem may be about says in `meta["at"]` where in the text it begins. A
character that was escaped, or written as an entity, stands after `tree.ESCAPED`, so that no later
pass takes it for a sign; what writes the tree leaves the mark out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import (
    StateInline,
    autolink,
    backtick,
    emphasis,
    entity,
    escape,
    fragments_join,
    html_inline,
    image,
    link,
    link_pairs,
)
from pymdownx import keymap_db

from . import slips
from .dollars import find_formula
from .reading import InlineReader
from .token import Token

Rule = Callable[[Any, bool], bool]
IsText = Callable[[str, int, int], bool]
"""Tells of a text, and of where two signs in it begin, whether they are no more than text."""

DEEPEST = 100
"""Levels of links, marks and pictures in each other."""

# Matches `++ctrl+alt+del++` and `++"a b"++`; not `a++b` or `x++y++`.
KEYS = re.compile(
    r"""(?<!\w)\+\+((?:[\w-]+|"(?:\\.|[^\\"\n])+"|'(?:\\.|[^\\'\n])+')
        (?:\+(?:[\w-]+|"(?:\\.|[^\\"\n])+"|'(?:\\.|[^\\'\n])+'))*)\+\+""",
    re.VERBOSE,
)
KEY = re.compile(r"""[\w-]+|"((?:\\.|[^\\"])+)"|'((?:\\.|[^\\'])+)'""")

NOTE = re.compile(r"\[\^([^\]\n]+)\]")

# Matches `[ref][missing]` and `[the text][]`; not `[0][1]` or `[a](b)`.
REFERENCE = re.compile(
    r"\[(?P<label>[^\[\]]*[^\W\d_][^\[\]]*)\](?P<second>\[(?P<name>[^\[\]^][^\[\]]*|)\])"
)

# Matches `[a]({tag}x y)`; not `[a](b "c")` or `[a](<b c>)`.
WITH_BLANKS = re.compile(r"""\[[^\[\]]+\]\((?P<address>[^\s()<>"'][^()<>"'\n]*[ ][^()<>"'\n]*)\)""")

# Matches `[a](javascript:b)` and the like, which CommonMark's reader refuses; not `[a](data)`.
REFUSED = re.compile(r"\[[^\[\]]+\]\((?P<address>(?i:javascript|vbscript|file|data):[^()\s]*)")

# Matches `[the text](https://example.org/)`; not `[a](b "c")` or `[a](<b>)`.
PLAIN_LINK = re.compile(r"\[(?P<text>[^\[\]]+)\]\((?P<address>[^\s()<>\\&]+)\)")

# Matches `**two words**` and `_a_` before a blank, a stop or the end; not `**a*b**` or `*a*b`.
PLAIN_EMPHASIS = re.compile(
    r"(?P<sign>\*\*?|__?)(?P<words>[^\W_](?:[^\W_ ]|[ ](?=[^\W_]))*)(?P=sign)(?=[\s.,;:!?)]|$)"
)

# Matches what `==` compares with what follows, in `a==b`, `f(x)==1`; not in `(==a==)`.
OPERAND = re.compile(r"[A-Za-z0-9_)\]]")

BLANK = re.compile(r"\s")
BLANKS = re.compile(r"[ \t]*")


class State(StateInline):
    """The running text of a block while it is read."""

    def __init__(self, src: str, md: Any, env: Any, tokens: list[Any]) -> None:
        super().__init__(src, md, env, tokens)
        self.unclosed: dict[tuple[str, int], int] = {}
        """By a sign and the end of a text, from where on nothing closes it."""
        self.has_emphasis = False
        """True if there is emphasis whose pairs have to be found."""

    def pushPending(self) -> Any:  # noqa: N802
        """Add the text that was read since the last token."""
        token = Token("text", "", 0)
        token.content, token.level = self.pending, self.pendingLevel
        tokens: list[Any] = self.tokens
        tokens.append(token)
        self.pending = ""
        return token

    def push(self, ttype: str, tag: str, nesting: int) -> Any:
        """Add a token, after the text before it."""
        if self.pending:
            self.pushPending()
        token, meta = Token(ttype, tag, nesting), None
        if nesting < 0:
            self.level -= 1
            self.delimiters = self._prev_delimiters.pop()
        token.level = self.level
        if nesting > 0:
            self.level += 1
            self._prev_delimiters.append(self.delimiters)
            self.delimiters = []
            meta = {"delimiters": self.delimiters}
        self.pendingLevel = self.level
        tokens: list[Any] = self.tokens
        tokens.append(token)
        self.tokens_meta.append(meta)
        return token


class Inlines(ParserInline):
    """Finds what stands in the running text of a block."""

    def __init__(self, readers: Iterable[InlineReader]) -> None:
        super().__init__()
        starts: dict[str, list[Rule]] = {sign: list(rules) for sign, rules in RULES.items()}
        for reader in readers:
            starts.setdefault(reader.first[0], []).insert(0, _field(reader))
        self.starts: Mapping[str, tuple[Rule, ...]] = {s: tuple(r) for s, r in starts.items()}
        self.special = re.compile(f"[{''.join(map(re.escape, self.starts))}]")
        """Matches where a text is more than text."""

    def tokenize(self, state: StateInline) -> None:
        """Add the tokens of the text up to `state.posMax`."""
        src, end, special = state.src, state.posMax, self.special
        while state.pos < end:
            found = special.search(src, state.pos, end)
            at = found.start() if found else end
            if at > state.pos:
                state.append_pending(src[state.pos : at])
                state.pos = at
            if found and not self._rule(state, src[at], False):
                state.append_pending(src[at])
                state.pos += 1
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802
        """Go on to what follows the token that begins here."""
        at = state.pos
        if at in state.cache:
            state.pos = state.cache[at]
            return
        sign = state.src[at]
        if sign in self.starts:
            state.level += 1
            is_read = self._rule(state, sign, True)
            state.level -= 1
            if not is_read:
                state.pos += 1
        else:
            found = self.special.search(state.src, at, state.posMax)
            state.pos = max(at + 1, found.start() if found else state.posMax)
        state.cache[at] = state.pos

    def _rule(self, state: StateInline, sign: str, silent: bool) -> bool:  # noqa: FBT001
        if state.level >= DEEPEST:
            if silent:
                state.pos = state.posMax
            return silent
        for rule in self.starts[sign]:  # noqa: SIM110  a generator takes as long as the rules
            if rule(state, silent):
                return True
        return False

    def parse(self, src: str, md: Any, env: Any, tokens: list[Any]) -> list[Any]:
        """Add the tokens of a text to the list."""
        state = State(src, md, env, tokens)
        self.tokenize(state)
        if state.has_emphasis:
            link_pairs(state)
            emphasis.postProcess(state)
            fragments_join(state)
        return state.tokens


def _placed(rule: Rule, *kinds: str) -> Rule:
    """Return the rule, with the position of its tokens of these types in their `meta`."""

    def placed(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
        at, before = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            for token in state.tokens[before : before + 2]:  # pending text comes first
                if token.type in kinds:
                    token.meta["at"] = at
                    break
        return True

    return placed


def _plain_emphasis(state: State, silent: bool) -> bool:  # noqa: FBT001
    """Add emphasis around plain words: signs that can only open, and signs that can only close."""
    at = state.pos
    if at and not state.src[at - 1].isspace():
        return False
    match = PLAIN_EMPHASIS.match(state.src, at, state.posMax)
    if not match:
        return False
    if not silent:
        tag = "strong" if match.end("sign") - at == 2 else "em"
        state.push(f"{tag}_open", tag, 1)
        state.append_pending(match["words"])
        state.push(f"{tag}_close", tag, -1)
    state.pos = match.end()
    return True


def _plain_link(state: State, silent: bool) -> bool:  # noqa: FBT001
    """Add a link whose text and address are without signs: the usual one."""
    match = PLAIN_LINK.match(state.src, state.pos, state.posMax)
    inline: Any = state.md.inline
    if not match or inline.special.search(match["text"]):
        return False
    if not silent:
        opening = state.push("link_open", "a", 1)
        opening.attrs, opening.meta = {"href": match["address"]}, {"at": state.pos}
        state.append_pending(match["text"])
        state.push("link_close", "a", -1)
    state.pos = match.end()
    return True


def _emphasis(state: State, silent: bool) -> bool:  # noqa: FBT001
    state.has_emphasis = state.has_emphasis or not silent
    return emphasis.tokenize(state, silent)


def _break(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Leave blanks around the end of a line out; two before it break the line."""
    if not silent:
        text = state.pending
        kept = text.rstrip(" ")
        state.pending = kept
        if len(text) - len(kept) > 1:
            state.push("hardbreak", "br", 0)
        else:
            state.append_pending("\n")
    match = BLANKS.match(state.src, state.pos + 1, state.posMax)
    state.pos = match.end() if match else state.pos + 1
    return True


def _note(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    match = NOTE.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if match[1] not in state.env["notes"]:
        if not silent:
            slips.report_undefined_note(state.env["page"], match[1], state.pos)
        return False
    if not silent:
        state.push("note_ref", "sup", 0).meta = {"label": match[1]}
    state.pos = match.end()
    return True


def _dangling(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Report a reference that nothing defines; it stays text."""
    at = state.pos
    before = state.src[at - 1] if at else " "
    if not silent and not (before.isalnum() or before in "_])"):
        match = REFERENCE.match(state.src, at, state.posMax)
        if match and match["label"][0] != "^":
            slips.report_undefined_reference(state.env["page"], match)
        elif match := WITH_BLANKS.match(state.src, at, state.posMax):
            slips.report_blanks(state.env["page"], match)
        elif match := REFUSED.match(state.src, at, state.posMax):
            slips.report_refused(state.env["page"], match)
    return False


def _pair(sign: str, tag: str, *, may_hold_blanks: bool, is_text: IsText) -> Rule:
    """Return a rule for text between two of a sign, unless the two are text."""
    width = len(sign)

    def pair(state: State, silent: bool) -> bool:  # noqa: FBT001
        start = state.pos
        if not _opens(state, sign):
            return False
        close = _close(state, sign, start + width, may_hold_blanks=may_hold_blanks)
        if close < 0 or is_text(state.src, start, close):
            return False
        if not silent:
            end = state.posMax
            state.push(f"{tag}_open", tag, 1)
            state.pos, state.posMax = start + width, close
            state.md.inline.tokenize(state)
            state.push(f"{tag}_close", tag, -1)
            state.posMax = end
        state.pos = close + width
        return True

    return pair


def _compares(src: str, start: int, close: int) -> bool:
    """Return whether the signs compare, as in `a==b and c==d`."""
    return start > 0 and OPERAND.match(src, start - 1) is not None


def _never(src: str, start: int, close: int) -> bool:
    return False


def _is_apart(src: str, start: int, close: int) -> bool:
    """Return whether each sign is for itself, as in `x^2+y^2`, `HEAD~1..HEAD~3` and `~/a:~/b`."""
    inside, after = src[start + 1 : close], src[close + 1 : close + 2]
    is_word = inside.lstrip("+-\u2212").isalnum()
    return inside[0] == "/" or (not is_word and (after.isalnum() or after == "/"))


def _opens(state: State, sign: str) -> bool:
    start, src, width = state.pos, state.src, len(sign)
    if not src.startswith(sign, start) or start + width >= state.posMax:
        return False
    before, after = src[start - 1] if start else " ", src[start + width]
    return sign[0] not in (before, after) and not after.isspace()


def _close(state: State, sign: str, start: int, *, may_hold_blanks: bool) -> int:
    """Return the position of the closing sign; -1 if there is none, which is remembered."""
    src, end = state.src, state.posMax
    blank = None if may_hold_blanks else BLANK.search(src, start, end)
    end = blank.start() if blank else end
    if start >= state.unclosed.get((sign, end), end) or src.find(sign, start, end) < 0:
        return -1
    saved, state.pos = state.pos, start
    while state.pos < end:
        at = state.pos
        if src[at] != sign[0]:
            _skip(state, end)
            continue
        width = _run(src, at)
        if width == len(sign) and at > start and not src[at - 1].isspace():
            state.pos = saved
            return at
        state.pos += width
    state.pos = saved
    state.unclosed[sign, end] = start
    return -1


def _run(src: str, at: int) -> int:
    """Return the number of times that a character is repeated from a position on."""
    end = at
    while src.startswith(src[at], end):
        end += 1
    return end - at


def _skip(state: State, end: int) -> None:
    """Go on over a token, or over text to the next sign."""
    inline: Any = state.md.inline
    if state.src[state.pos] in inline.starts:
        inline.skipToken(state)
    else:
        found = inline.special.search(state.src, state.pos + 1, end)
        state.pos = found.start() if found else end


def _formula(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    found = find_formula(state.src, state.pos)
    if not found or found.end > state.posMax:
        return False
    if not silent:
        element = state.env["page"].formula(found)
        state.push("element", "span", 0).meta = {"element": element}
    state.pos = found.end
    return True


def _keys(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    match = KEYS.match(state.src, state.pos, state.posMax)
    element = _key_element(match[1]) if match else None
    if match is None or element is None:
        return False
    if not silent:
        state.push("element", "span", 0).meta = {"element": element}
    state.pos = match.end()
    return True


def _key_element(written: str) -> Element | None:
    """Return the keys as an element; None when one has no name."""
    element = Element("span", {"class": "keys"})
    for match in KEY.finditer(written):
        own = match[1] or match[2]
        key = keymap_db.aliases.get(match[0], match[0])
        name = unescape(re.sub(r"\\(.)", r"\1", own)).strip() if own else keymap_db.keymap.get(key)
        if name is None:
            return None
        if len(element):
            SubElement(element, "span").text = "+"
        SubElement(element, "kbd", {} if own else {"class": f"key-{key}"}).text = name
    return element


def _field(reader: InlineReader) -> Rule:
    """Return a rule for what a feature's pattern matches."""
    pattern = re.compile(reader.pattern)

    def field(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
        match = pattern.match(state.src, state.pos, state.posMax)
        if not match:
            return False
        if not silent:
            page = state.env["page"]
            found = reader.read(match, page.reading, lambda: page.place(match.start()))
            if found is None:
                return False
            if isinstance(found, str):
                state.append_pending(found)
            else:
                state.push("element", "span", 0).meta = {"element": found}
        state.pos = match.end()
        return True

    return field


LINK = _placed(link, "link_open")

RULES: Mapping[str, tuple[Rule, ...]] = {
    "\\": (escape,),
    "`": (backtick,),
    "*": (_plain_emphasis, _emphasis),
    "_": (_plain_emphasis, _emphasis),
    "[": (_note, _plain_link, LINK, _dangling),
    "]": (),
    "!": (_placed(image, "image"),),
    "<": (_placed(autolink, "link_open"), _placed(html_inline, "html_inline")),
    "&": (entity,),
    "\n": (_break,),
    "+": (_keys,),
    "=": (_pair("==", "mark", may_hold_blanks=True, is_text=_compares),),
    "~": (
        _pair("~~", "del", may_hold_blanks=True, is_text=_never),
        _pair("~", "sub", may_hold_blanks=False, is_text=_is_apart),
    ),
    "^": (_pair("^", "sup", may_hold_blanks=False, is_text=_is_apart),),
    "$": (_formula,),
}
"""By the character that they begin with, the rules to try, in their order."""
