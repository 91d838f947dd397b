"""What an author probably did not mean, found where it stands while the tree is built.

A reference that nothing defines, a footnote without its note, an alert or an element that is
misspelt, a link to nowhere: Markdown passes them on as they stand, and they show on the page. Most
are warnings, since they may be meant.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from pygments.lexers import get_all_lexers

from ..source.problem import Problem, Severity, nearest, one_of, quoted
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

AS_TEXT = "what is meant as text goes between backquotes"

ALIKE = 0.75


def report_undefined_note(page: Builder, label: str, place: tuple[int, int]) -> None:
    """Warn of a reference to a note that is nowhere."""
    if any(blank in label for blank in " \t"):
        return
    page.warn(
        place,
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


def check_markup(page: Builder, html: str, line: int, column: int = 0) -> None:
    """Warn of elements that no browser knows, of which a reader sees the inside at most.

    The column is that of markup in a line of text; a block begins a line of its own.
    """
    if not TAG.search(html):
        return
    seen = FOREIGN.sub(lambda match: " " * len(match[0]), html)
    for match in TAG.finditer(seen):
        name = match[1]
        if name.lower() in ELEMENTS or page.is_foreign:
            continue
        at = line + html.count("\n", 0, match.start())
        written = page.reading.source.excerpt(at)
        page.warn(
            (at, column + match.start() if column else written.find(f"<{name}") + 1),
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
    """The known word that is nearest; ours first, which do more than give colours."""
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
