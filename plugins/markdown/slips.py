"""What an author probably did not mean: signs that Markdown passes on as they stand.

A reference that nothing defines, a footnote without its note, an alert or an element that is
misspelt: none is an error to Markdown, and each shows on the page. They are warnings. Each is
looked for only in a text that holds its sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..source.problem import Problem, Severity, nearest, one_of, quoted
from .html import plain_text
from .prose import Locator, Prose

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

# Matches what may hold elements of another language, or none.
FOREIGN = re.compile(r"<!--.*?-->|<(svg|math|script)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)

# Matches code in markup, with its tags.
CODE = re.compile(r"<(pre|code|samp|kbd|textarea)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)

# Matches `[ref][missing]` and `[the text][]`; not `m[i][j]`, `[0][1]` or `[a](b)`.
REFERENCE = re.compile(
    r"(?<![\w\])])\[(?P<label>[^\[\]]*[^\W\d_][^\[\]]*)\]\[(?P<name>[^\[\]^][^\[\]]*|)\]"
)

# Matches `[^note]`.
FOOTNOTE = re.compile(r"\[\^(?P<name>[^\]\s]+)\]")

# Matches `[missing]: https://example.org` and `[^note]: Its text.` at the start of a line.
DEFINITION = re.compile(r"^ {0,3}\[(?P<name>[^\]\n]+)\]:", re.MULTILINE)

# Matches `> [!WARNNG]`.
ALERT = re.compile(r">[ ]*\[!(?P<word>[\w-]+)\]")

AS_TEXT = "what is meant as text goes between backquotes"


def find_slips(prose: Prose, html: str, shown: str) -> Iterator[Problem]:
    """Warnings for what stands in a document's markup, or in `shown`, its text, as it was typed."""
    text = prose.body.text
    at = Locator(prose, may_touch=True)
    if "[^" in shown or "][" in shown:
        yield from _dangling(prose, plain_text(CODE.sub(" ", html)), at)
    if "[!" in text:
        yield from _alerts(prose, at)
    if "<" in text:
        yield from _elements(text, html, at)


def _dangling(prose: Prose, shown: str, at: Locator) -> Iterator[Problem]:
    """References and footnotes that show as text: nothing defines them."""
    defined = [match["name"] for match in DEFINITION.finditer(prose.text)]
    for match in FOOTNOTE.finditer(shown):
        notes = [name[1:] for name in defined if name.startswith("^")]
        yield _warning(
            at,
            match[0],
            found=f"the footnote {quoted(match[0])}, which has no note",
            expected=f"a line “[^{match['name']}]: …” with its text",
            hint=_hint(match["name"], notes, "[^{}]"),
        )
    for match in REFERENCE.finditer(shown):
        name = match["name"] or match["label"]
        others = [name for name in defined if not name.startswith("^")]
        yield _warning(
            at,
            f"[{name}]",
            found=f"a link to {quoted(f'[{name}]')}, which has no address",
            expected=f"a line “[{name}]: …” with the address",
            hint=_hint(name, others, "[{}]"),
        )


def _alerts(prose: Prose, at: Locator) -> Iterator[Problem]:
    """Alerts that are almost one of those that the theme knows; others are the author's own."""
    for match in ALERT.finditer(prose.text):
        word = match["word"].upper()
        if word not in ALERTS and (near := nearest(word, ALERTS)):
            yield _warning(
                at,
                f"[!{match['word']}]",
                found=f"the alert {quoted(match['word'])}",
                expected=one_of(ALERTS),
                hint=f"did you mean “[!{near}]”?",
            )


def _elements(text: str, html: str, at: Locator) -> Iterator[Problem]:
    """Elements that no browser knows, of which a reader sees the inside at most."""
    names = [name for name in dict.fromkeys(TAG.findall(text)) if name.lower() not in ELEMENTS]
    written = set(TAG.findall(FOREIGN.sub("", html))) if names else ()
    for name in names:
        if name in written:
            yield _warning(
                at,
                f"<{name}",
                found=f"the element {quoted(f'<{name}>')}, which HTML does not have",
                expected="an element of HTML, or one of your own with a hyphen in its name",
                hint=_hint(name, ELEMENTS, "<{}>"),
            )


def _hint(word: str, known: Iterable[str], form: str) -> str:
    near = nearest(word, known, alike=0.75)
    return f"did you mean {quoted(form.format(near))}? {AS_TEXT}" if near else AS_TEXT


def _warning(at: Locator, text: str, *, found: str, expected: str, hint: str) -> Problem:
    return at.problem(text, found=found, expected=expected, hint=hint, severity=Severity.WARNING)
