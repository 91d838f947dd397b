"""LaTeX becomes MathML, and what LaTeX cannot mean becomes faults with their place.

The LaTeX stays in the MathML as an annotation, from where feeds and whoever copies have it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, SubElement

from latex2mathml import exceptions
from latex2mathml.commands import MATRICES
from latex2mathml.converter import Converter
from msgspec import Struct

from ..source.problem import did_you_mean, quoted

LONGEST = 4000
"""Characters of one formula."""

DEEPEST = 50
"""Levels of braces, and of the MathML that comes of them (twice as many)."""

# Matches what opens or closes a group, comments, and escaped braces, which do neither.
GROUPS = re.compile(
    r"%[^\n]*|\\[^a-zA-Z]|\\(?P<word>left|right)(?![a-zA-Z])"
    r"|\\(?P<edge>begin|end)\s*\{(?P<name>[^{}]*)\}|(?P<brace>[{}])"
)

ENTITY = re.compile("&#x([0-9A-Fa-f]+);")

COMMAND = re.compile(r"\\[a-zA-Z]+")

REFUSED: Mapping[str, str] = {
    "\\class": "a formula has no classes",
    "\\def": "formulas have no macros here",
    "\\DeclareMathOperator": "formulas have no macros here",
    "\\href": "make the link around the formula",
    "\\newcommand": "formulas have no macros here",
    "\\newenvironment": "formulas have no macros here",
    "\\style": "a formula has no style of its own",
    "\\unicode": "type the character itself",
}
"""Commands of the library that we do not pass on, and why."""

RENAMED: Mapping[str, str] = {
    "align": "align*",
    "aligned": "align*",
    "dcases": "cases",
    "equation": "equation*",
    "gather": "matrix",
    "gather*": "matrix",
    "gathered": "matrix",
}
"""Environments that the library (3.81) numbers or does not know, and what serves for them."""

ENVIRONMENTS = frozenset({name[1:] for name in MATRICES} | {*RENAMED, "equation*"})

MEANINGS: Mapping[type[Exception], str] = {
    exceptions.DenominatorNotFoundError: "a fraction without its lower part",
    exceptions.DoubleSubscriptsError: "two subscripts after each other, like a_b_c",
    exceptions.DoubleSuperscriptsError: "two superscripts after each other, like a^b^c",
    exceptions.ExtraLeftOrMissingRightError: "\\left, \\middle or \\right without the others",
    exceptions.InvalidAlignmentError: "an alignment of columns other than l, c and r",
    exceptions.InvalidStyleForGenfracError: "a style of \\genfrac that is not 0 to 3",
    exceptions.InvalidWidthError: "a width of \\skew that is no number",
    exceptions.LimitsMustFollowMathOperatorError: "\\limits after what is no operator",
    exceptions.MissingEndError: "\\begin without its \\end",
    exceptions.MissingSuperScriptOrSubscriptError: "“^” or “_” with nothing after it",
    exceptions.NoAvailableTokensError: "a command without all that it needs",
    exceptions.NumeratorNotFoundError: "a fraction without its upper part",
}

LIBRARY_FAULTS: tuple[type[Exception], ...] = (
    *MEANINGS,
    *(LookupError, ValueError, TypeError, AttributeError, RuntimeError, StopIteration),
)
"""Exceptions that the library (3.81) raises; the last six when a formula ends too early."""


class Fault(Struct, frozen=True):
    """A mistake in a formula, at a character of its LaTeX."""

    offset: int
    found: str
    expected: str
    hint: str = ""


def read_formula(latex: str, *, is_block: bool) -> tuple[Element, tuple[Fault, ...]]:
    """Return the MathML of a formula; the LaTeX as code, with the faults, where there are any."""
    faults = tuple(_faults(latex))
    math = None if faults else _mathml(latex, is_block=is_block)
    if isinstance(math, Element):
        faults = tuple(_unread(latex, math))
        if not faults:
            return _annotated(math, latex), ()
    code = Element("code")
    code.text = latex
    return code, faults or ((math,) if isinstance(math, Fault) else ())


def _faults(latex: str) -> Iterator[Fault]:
    """Yield the mistakes that can be found before the formula is read."""
    if not latex.strip():
        yield Fault(0, "a formula with nothing in it", "LaTeX between the dollars")
    elif len(latex) > LONGEST:
        expected = f"at most {LONGEST}"
        yield Fault(0, f"a formula of {len(latex)} characters", expected, "make it several")
    else:
        yield from _unbalanced(latex)
        for match in COMMAND.finditer(latex):
            if reason := REFUSED.get(match[0]):
                yield Fault(
                    match.start(), quoted(match[0]), "a command that shows something", reason
                )


def _unbalanced(latex: str) -> Iterator[Fault]:
    """Groups that are not closed, or not by what opened them, or too deep; the first of them."""
    opened: list[tuple[str, int]] = []
    for match in GROUPS.finditer(latex):
        sign = _group(match)
        if match["edge"] == "begin" and match["name"] not in ENVIRONMENTS:
            yield _unknown_environment(match)
            return
        if _closing(sign):
            opened.append((sign, match.start()))
        elif sign and (not opened or _closing(opened[-1][0]) != sign):
            yield _stray(match, opened)
            return
        elif sign:
            opened.pop()
        if len(opened) > DEEPEST:
            yield Fault(match.start(), f"more than {DEEPEST} groups in each other", "fewer")
            return
    if opened:
        sign, offset = opened[-1]
        yield Fault(offset, f"{quoted(sign)} that nothing closes", quoted(_closing(sign)))


def _closing(sign: str) -> str:
    """Return the sign that closes the group which a sign opens; empty if it opens none."""
    known = {"{": "}", "\\left": "\\right"}
    return known.get(sign) or (sign.replace("\\begin", "\\end") if "\\begin" in sign else "")


def _group(match: re.Match[str]) -> str:
    if match["edge"]:
        return f"\\{match['edge']}{{{match['name']}}}"
    return match["brace"] or (f"\\{match['word']}" if match["word"] else "")


def _stray(match: re.Match[str], opened: list[tuple[str, int]]) -> Fault:
    expected = f"{quoted(_closing(opened[-1][0]))} first" if opened else "what it closes before it"
    return Fault(match.start(), quoted(match[0]), expected)


def _unknown_environment(match: re.Match[str]) -> Fault:
    known = sorted(ENVIRONMENTS)
    hint = did_you_mean(match["name"], known) or f"there are {', '.join(known)}"
    return Fault(match.start(), quoted(match[0]), "an environment of mathematics", hint)


def _mathml(latex: str, *, is_block: bool) -> Element | Fault:
    text = re.sub(
        r"\\(begin|end)\s*\{([^{}]*)\}",
        lambda match: f"\\{match[1]}{{{RENAMED.get(match[2], match[2])}}}",
        latex,
    )
    try:
        math = Converter(display="block" if is_block else "inline").convert_to_element(text)
    except LIBRARY_FAULTS as error:
        found = MEANINGS.get(type(error), "LaTeX that ends too early")
        return Fault(0, found, "LaTeX that can be read")
    math.attrib.pop("xmlns", None)
    return Fault(0, "too many levels in each other", "fewer") if _is_deep(math) else math


def _is_deep(math: Element) -> bool:
    level = [math]
    for _ in range(2 * DEEPEST):
        level = [child for element in level for child in element]
    return bool(level)


def _unread(latex: str, math: Element) -> Iterator[Fault]:
    """Commands that the library (3.81) passes on as they stand, since it does not know them."""
    for element in math.iter():
        text = element.text = _with_characters(element.text)
        if element.tag == "mi" and text and (text == "&" or COMMAND.fullmatch(text)):
            sign = "(?<!\\\\)&" if text == "&" else re.escape(text) + "(?![a-zA-Z])"
            place = re.search(sign, latex)
            offset = place.start() if place else 0
            if text == "&":
                yield Fault(offset, "“&” outside an environment", "“\\&” for the sign itself")
            else:
                yield Fault(
                    offset, f"the command {quoted(text)}", "a command of LaTeX's mathematics"
                )


def _with_characters(text: str | None) -> str | None:
    """Return the text with the characters that the library names by their number."""
    return ENTITY.sub(lambda match: chr(int(match[1], 16)), text) if text else text


def _annotated(math: Element, latex: str) -> Element:
    """Return the formula with the LaTeX in it, which browsers do not show."""
    semantics = Element("semantics")
    semantics.extend(list(math))
    for child in list(math):
        math.remove(child)
    math.append(semantics)
    SubElement(semantics, "annotation", {"encoding": "application/x-tex"}).text = latex
    return math
