"""Likely slips of an author, reported with their place while the tree is built.

A reference that nothing defines, a footnote without its note, an alert or an element that is
misspelt, a link to nowhere: Markdown passes them on as they stand, and they show on the page. Most
are warnings, since they may be meant.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from pygments.lexers import get_all_lexers

from ..source.placeholder import NAME
from ..source.problem import Problem, Severity, nearest, one_of, quoted
from .blocks import DELIMITERS
from .colour import COLOURLESS, lexer_class
from .fences import is_closed
from .options import OF_CODE, wrong_options
from .reading import Fence, Origin

if TYPE_CHECKING:
    from .build import Builder

ALERTS = ("NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION")

# Every element of the HTML standard, and those that it calls obsolete, which browsers still show.
ELEMENTS = frozenset(
    """
    a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption
    cite code col colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input
    ins kbd label legend li link main map mark math menu meta meter nav noscript object ol optgroup
    option output p param picture pre progress q rp rt ruby s samp script search section select
    slot small source span strong style sub summary sup svg table tbody td template textarea tfoot
    th thead time title tr track u ul var video wbr
    acronym applet basefont bgsound big blink center dir font frame frameset image isindex keygen
    listing marquee menuitem multicol nextid nobr noembed noframes plaintext rb rtc spacer strike tt
    xmp
    """.split()
)

# Matches `<scrpt>` and `<name >`; not `<my-element>`, `</p>`, `<https://a.b>` or `<a@b.c>`.
TAG = re.compile(r"<([A-Za-z][A-Za-z0-9]*)(?=[\s/>])")

# Matches what may hold elements of another language, or none; up to the end where it is not closed.
FOREIGN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(svg|math|script)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)

# Matches "```python" within a fence; not "```", which would close it.
OPENING = re.compile(r"^ {0,3}(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>[^`\s][^`\n]*)$", re.MULTILINE)

# Matches `htp://`, `http:/a`, `https//a`; not `http://` or `ftp://`.
SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)(?::/{1,3}|//)(?=[^/])")

SCHEMES = ("http", "https", "ftp", "mailto")

# Matches `=== Debian`; not `=== "Debian"` or `====`.
TAB = re.compile(r"===[+!]*[ \t]+(?P<title>[^\s\"=][^\n\"]*?)[ \t]*$")

# Matches `##Heading` and `####### Seven`; not `#12` or `## A heading`.
ALMOST_HEADING = re.compile(r"(?P<signs>##+)(?P<blank>[ \t]*)(?P<words>[^#\s].*)")

# Matches `5 to 10` and `5, or about 20`; not `5 x`, `2 \cdot 10` or `n to m`.
PRICES = re.compile(r"\d[\d.,;:)]*\s(?:[^\\]|\\\$)*[A-Za-z]{2}(?:[^\\]|\\\$)*")

# Matches the placeholders of an address as they are typed, and as the address has them.
IN_ADDRESS = re.compile(rf"(?:\{{\{{|%7B%7B)\s*(?P<name>{NAME})\s*(?:\}}\}}|%7D%7D)")

AS_TEXT = "what is meant as text goes between backquotes"

ALIKE = 0.75


def report_undefined_note(page: Builder, label: str, at: int) -> None:
    """Warn of a reference to a note that is nowhere."""
    if any(blank in label for blank in " \t"):
        return
    page.warn(
        page.place(at),
        found=f"the footnote {quoted(f'[^{label}]')}, which has no note",
        expected=f"a line “[^{label}]: …” with its text",
        hint=_hint(label, page.env["notes"], "[^{}]"),
    )


def report_unused_note(page: Builder, label: str, line: int) -> None:
    """Report a note that the text never refers to."""
    source = page.reading.source
    problem = source.problem(
        line,
        source.excerpt(line).find("[^") + 1,
        found=f"the footnote {quoted(label)}, which the text never refers to",
        expected=f"“[^{label}]” somewhere in the text",
    )
    page.reading.problems.append(problem)


def report_undefined_reference(page: Builder, match: re.Match[str]) -> None:
    """Warn of a link to an address that is nowhere."""
    name = match["name"] or match["label"]
    others = [label.lower() for label in page.env.get("references", {})]
    page.warn(
        page.place(match.start("second") if match["name"] else match.start()),
        found=f"a link to {quoted(f'[{name}]')}, which has no address",
        expected=f"a line “[{name}]: …” with the address",
        hint=_hint(name, others, "[{}]"),
    )


def report_blanks(page: Builder, match: re.Match[str]) -> None:
    """Warn of a link that is text, since its address holds a blank."""
    page.warn(
        page.place(match.start("address")),
        found=f"the address {quoted(match['address'])}, whose blanks make this text and no link",
        expected=f"{quoted('(<' + match['address'] + '>)')}",
    )


def check_formula(page: Builder, latex: str, place: tuple[int, int]) -> None:
    """Warn of a formula that is probably what stands between two prices."""
    if PRICES.fullmatch(latex):
        page.warn(
            place,
            found=f"the words {quoted(latex)} as a formula, since they are between dollars",
            expected="prices as $5, with a backslash where that is not enough: \\$5",
        )


def report_refused(page: Builder, match: re.Match[str]) -> None:
    """Warn of a link that is text, since its address could run a program."""
    page.warn(
        page.place(match.start("address")),
        found=f"the address {quoted(match['address'])}, which makes this text and no link",
        expected="an address of a page or a file",
    )


def check_alert(page: Builder, kinds: str, origin: Origin) -> None:
    """Warn of an alert that is almost one of those that the theme knows."""
    word = kinds.partition("|")[0].strip()
    near = nearest(word, ALERTS) if word.upper() not in ALERTS else ""
    if near:
        page.warn(
            page.reading.place(origin),
            found=f"the alert {quoted(word)}",
            expected=one_of(ALERTS),
            hint=f"did you mean “[!{near}]”?",
        )


def check_titled(page: Builder, token: Any, kind: str) -> None:
    """Warn of a tab, details or an admonition that holds nothing or is of a misspelt kind."""
    line = page.body.first_line + token.map[0]
    written = page.body.excerpt(line)
    if token.map[1] == token.map[0] + 1:
        page.warn(
            (
                line,
                min(at for sign in ("===", "???", "!!!") if (at := written.find(sign)) >= 0) + 1,
            ),
            found="a block with nothing in it",
            expected="its text on the lines below, indented by four blanks",
        )
    near = nearest(kind, ALERTS, alike=ALIKE).lower() if kind.upper() not in ALERTS else ""
    if near:
        page.warn(
            (line, written.find(kind) + 1),
            found=f"the kind {quoted(kind)}",
            expected=one_of(alert.lower() for alert in ALERTS),
            hint=f"did you mean {quoted(near)}?",
        )


def check_paragraph(page: Builder, text: str, origin: Origin) -> None:
    """Warn of what is almost a tab, a heading or a table."""
    if text.startswith("##") and (match := ALMOST_HEADING.match(text)):
        heading = f"{match['signs'][:6]} {match['words']}"
        page.warn(
            page.reading.place(origin),
            found=f"{quoted(match[0])}, which is text",
            expected=f"{quoted(heading)} for a heading: up to six signs, then a blank",
        )
    elif text.startswith("===") and (match := TAB.match(text)):
        page.warn(
            page.reading.place(origin),
            found=f"{quoted(text)}, which is text",
            expected=f'=== "{match["title"]}" for a tab',
        )
    lines = text.split("\n") if "|" in text else []
    for number, (head, below) in enumerate(itertools.pairwise(lines), 1):
        if "|" in head and "|" in below and DELIMITERS.match(below):
            at = sum(len(line) + 1 for line in lines[:number])
            page.warn(
                page.reading.place(origin, at),
                found=f"{_columns(below)} in a table's second line",
                expected=f"{_columns(head)}, as in its head, or all of it is text",
            )


def _columns(row: str) -> str:
    inside = row.strip().removeprefix("|").removesuffix("|").replace("\\|", "")
    count = inside.count("|") + 1
    return f"{count} column{'s' if count > 1 else ''}"


def check_markup(page: Builder, html: str, line: int, column: int = 0) -> None:
    """Warn of elements that no browser knows, of which a reader sees the inside at most.

    The column is that of markup in a line of text; a block begins a line of its own.
    """
    seen = FOREIGN.sub(lambda match: " " * len(match[0]), html)

    def place(start: int) -> tuple[int, int]:
        at = line + html.count("\n", 0, start)
        tag = re.split(r"[\s>]", html[start:], maxsplit=1)[0]
        written = page.reading.source.excerpt(at)
        return at, column + start if column else written.find(tag) + 1

    if not page.is_foreign:
        page.balance.read(seen, place)
    for match in TAG.finditer(seen):
        name = match[1]
        if name.lower() in ELEMENTS or page.is_foreign:
            continue
        page.warn(
            place(match.start()),
            found=f"the element {quoted(f'<{name}>')}, which HTML does not have",
            expected="an element of HTML, or one of your own with a hyphen in its name",
            hint=_hint(name, ELEMENTS, "<{}>"),
        )


def check_fence(page: Builder, token: Any, fence: Fence) -> None:
    """Report a fence that does not end, one that another swallows, and an unknown language."""
    source = page.body
    if not is_closed(token):
        page.reading.problems.append(
            source.problem(
                fence.line,
                fence.column,
                found=f"a {quoted(fence.language or 'code')} block that does not end",
                expected="a closing fence, as long as the opening one",
            )
        )
    _check_swallowed(page, token, fence)
    if fence.language not in page.fences.languages:
        page.reading.problems += [*wrong_options(fence, source, OF_CODE)]
    if problem := _unknown_language(page, fence, page.fences.languages):
        page.reading.problems.append(problem)


def _check_swallowed(page: Builder, token: Any, fence: Fence) -> None:
    if token.markup[0] * 3 not in fence.body.text:
        return
    for match in OPENING.finditer(fence.body.text):
        if match["fence"][0] == token.markup[0] and len(match["fence"]) >= len(token.markup):
            line = fence.body.first_line + fence.body.text.count("\n", 0, match.start())
            problem = fence.body.problem(
                line,
                match.start("fence") - match.start() + 1,
                found=f"{quoted(match[0].strip())} inside the block that line {fence.line} opens",
                expected="the end of that block before it",
                hint="a block that shows fences opens and ends with a longer fence",
                severity=Severity.WARNING,
            )
            page.reading.problems.append(problem)


def _unknown_language(page: Builder, fence: Fence, readers: Collection[str]) -> Problem | None:
    language = fence.language
    if not language or language in COLOURLESS or language in readers or lexer_class(language):
        return None
    near = _nearest_language(language, frozenset(readers))
    written = page.body.excerpt(fence.line).lower()
    return page.body.problem(
        fence.line,
        written.find(language, fence.column) + 1,
        found=f"a block in {quoted(language)}, a language that nothing here knows",
        expected="one that can be coloured, or “text”",
        hint=f"did you mean {quoted(near)}?" if near else "“text” is for code without colours",
        severity=Severity.WARNING,
    )


@functools.lru_cache(maxsize=1000)
def _nearest_language(language: str, readers: frozenset[str]) -> str:
    """Return the known word that is nearest; ours first, which do more than give colours."""
    ours = nearest(language, readers, alike=ALIKE)
    return ours or nearest(language, _languages(), alike=ALIKE)


@functools.cache
def _languages() -> list[str]:
    return sorted({alias for _, aliases, _, _ in get_all_lexers() for alias in aliases})


def check_target(page: Builder, element: Element, target: str, place: tuple[int, int]) -> None:
    """Warn of a link to nowhere, of a misspelt scheme, and of a picture that nothing describes."""
    if element.tag == "img" and not element.get("alt"):
        page.warn(
            place,
            found="a picture without a description",
            expected="what it shows, between the brackets, for those who do not see it",
        )
    names = [match["name"] for match in IN_ADDRESS.finditer(target)]
    if name := next((n for n in names if n in page.reading.front_matter.placeholders), ""):
        page.warn(
            place,
            found=f"the placeholder {quoted(name)} in an address, where no reader can fill it in",
            expected="an address without placeholders, or all of it as text between backquotes",
        )
    if not target:
        page.warn(
            place, found="a link without an address", expected="an address in the parentheses"
        )
    elif (match := SCHEME.match(target)) and match["scheme"].lower() not in SCHEMES:
        near = nearest(match["scheme"], SCHEMES, alike=ALIKE)
        if near:
            page.warn(
                place,
                found=f"the address {quoted(target)}",
                expected="one that begins with http:// or https://",
                hint=f"did you mean {quoted(near)}?",
            )


def _hint(word: str, known: Iterable[str], form: str) -> str:
    near = nearest(word, known, alike=ALIKE)
    return f"did you mean {quoted(form.format(near))}? {AS_TEXT}" if near else AS_TEXT
