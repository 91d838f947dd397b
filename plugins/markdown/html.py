"""Small changes to finished markup: its links, its ids, its plain text.

The markup may hold HTML that authors wrote, so it is read by pattern, tag by tag, and everything
that is not changed keeps its bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape, unescape
from html.parser import HTMLParser
from typing import NamedTuple

# Matches a comment, a script or style element with its text (both up to the end where nothing
# closes them, as to a browser), or one start tag with its
# attributes: `<a href="x">`, `<input checked>`; not `<p>`, `</a>` or a lone `<`.
MARKUP = re.compile(
    r"""
    <!--.*?(?:-->|\Z)
    | <(?P<raw>script|style)\b(?P<raw_attributes>[^>]*)>.*?(?:</(?P=raw)\s*>|\Z)
    | <(?P<tag>[a-zA-Z][\w:-]*+)(?!>)
      (?P<attributes>(?:[^<>"']++|"[^"]*"|'[^']*')*+)
      >
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)

# The same without `<p>`, `<span class="x">` and the like, of which pages are full.
POINTING_MARKUP = re.compile(
    r"""
    <(?:
      !--.*?(?:-->|\Z)
      | (?i:(?P<raw>script|style)\b(?P<raw_attributes>[^>]*)>.*?(?:</(?P=raw)\s*>|\Z))
      | (?![a-z0-9]++(?:\ class="[\w -]*")?>)(?P<tag>[a-zA-Z][\w:-]*+)
        (?P<attributes>(?:[^<>"']++|"[^"]*"|'[^']*')*+)
        >
    )
    """,
    re.VERBOSE | re.DOTALL,
)

# Matches a comment, and an element that is not read out with its text.
SILENT = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<name>script|style|template)\b[^>]*>.*?(?:</(?P=name)\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)

# Matches the mark of a footnote and a heading's own link, with their text.
MARK = re.compile(
    r"""<(?P<name>sup|a)\b[^>]*="(?:fnref[^"]*|heading-anchor|footnote-backref)"[^>]*>.*?</(?P=name)>""",
    re.DOTALL | re.IGNORECASE,
)

# Matches the tags of elements that do not part words.
INLINE = re.compile(
    r"""
    </?(?:a|abbr|b|code|del|em|i|kbd|mark|s|small|span|strong|sub|sup|u)
    (?![\w:-])(?:[^<>"']++|"[^"]*"|'[^']*')*+>
    """,
    re.VERBOSE | re.IGNORECASE,
)

# Matches any tag; not a lone `<`.
TAG = re.compile(r"""</?[a-zA-Z][\w:-]*+(?:[^<>"']++|"[^"]*"|'[^']*')*+>""")

# Matches ` href="x"`, ` href='x'` and ` href=x` inside a tag; not a bare ` checked`.
ATTRIBUTE = re.compile(
    r"""(?<=\s)(?P<name>[\w:-]+)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))"""
)

ID_REFERENCES = frozenset(
    "id for name aria-labelledby aria-describedby aria-controls aria-owns headers list form".split()
)
"""Attributes that hold ids or lists of them; `name` groups the radio buttons of tabs."""

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())

POINTER_NAMES = frozenset({"id", "href", "src", "poster", "srcset", "xlink:href"})
"""The id, and attributes that name an address in any element; `data` does so in an object."""

POINTING = ("id", "href", "src", "poster", "data")
"""One of these stands in every tag that names an address or has an id."""

# Matches `<span>`, `<span class="k">` and `</span>`, of which coloured code is full.
PLAIN_SPAN = re.compile(r'</?span(?: class="[\w -]*")?>')

MORE = "<!-- more -->"

# Matches `<!-- more -->` and `<!--more-->`.
MORE_MARK = re.compile(r"<!--\s*more\s*-->", re.IGNORECASE)


def map_attributes(html: str, change: Callable[[str, str, str], str | None]) -> str:
    """Return the markup with the attribute values that `change(tag, name, value)` returns.

    Names come in lower case, values unescaped; None leaves the attribute as it is.
    """

    def tag(match: re.Match[str]) -> str:
        if not match["tag"]:
            return match[0]
        name = match["tag"].lower()
        start = match.start("attributes") - match.start()

        def attribute(found: re.Match[str]) -> str:
            value = found["double"] or found["single"] or found["bare"] or ""
            new = change(name, found["name"].lower(), unescape(value))
            return found[0] if new is None else f'{found["name"]}="{escape(new)}"'

        return match[0][:start] + ATTRIBUTE.sub(attribute, match["attributes"]) + ">"

    return MARKUP.sub(tag, html)


class Pointer(NamedTuple):
    """An attribute that names an address or an id, where it stands in the markup."""

    tag: str
    name: str
    value: str
    """Unescaped."""
    start: int
    end: int
    attributes: str
    """All of the tag's."""


def pointers_of(html: str) -> list[Pointer]:
    """Return every attribute that names an address, and every `id`, in order."""
    return list(_pointers(html))


def _pointers(html: str) -> Iterator[Pointer]:
    for match in POINTING_MARKUP.finditer(html):
        group = "raw_attributes" if match["raw"] else "attributes"
        attributes = match[group]
        if not attributes or not _may_point(attributes):
            continue
        tag, offset = (match["raw"] or match["tag"]).lower(), match.start(group)
        for found in ATTRIBUTE.finditer(attributes):
            name = found["name"].lower()
            if name in POINTER_NAMES or (tag, name) == ("object", "data"):
                value = found["double"] or found["single"] or found["bare"] or ""
                start, end = offset + found.start(), offset + found.end()
                yield Pointer(tag, name, unescape(value), start, end, attributes)


def _may_point(attributes: str) -> bool:
    """Return True if a tag may hold an address or an id."""
    text = attributes.lower()
    for name in POINTING:  # noqa: SIM110  a generator would take longer than what it spares
        if name in text:
            return True
    return False


def ids_in(pointers: Iterable[Pointer]) -> list[str]:
    """Return the ids among the attributes, in order."""
    return [pointer.value for pointer in pointers if pointer.name == "id"]


def links_in(pointers: Iterable[Pointer]) -> list[Pointer]:
    """Return the attributes that name an address, in order."""
    return [pointer for pointer in pointers if pointer.name != "id"]


def ids_of(html: str) -> frozenset[str]:
    """Return every id in the markup."""
    return frozenset(ids_in(_pointers(html)))


def with_unique_ids(html: str, *, prefix: str, url: str) -> str:
    """Return the markup with `prefix-` before each id, so that no other text shares one.

    A link to an id that the markup does not hold leads to that id on the page at `url`.
    """
    ids = ids_of(html)

    def change(tag: str, name: str, value: str) -> str | None:
        if name == "href" and value.startswith("#"):
            return f"#{prefix}-{value[1:]}" if value[1:] in ids else url + value
        if name == "name" and tag != "input":
            return None
        if name in ID_REFERENCES:
            return " ".join(f"{prefix}-{part}" for part in value.split())
        return None

    return map_attributes(html, change)


def plain_text(html: str) -> str:
    """Return the text of the markup on one line, without comments, scripts and templates."""
    if "<" not in html:
        return " ".join(unescape(html).split())
    text = MARK.sub("", SILENT.sub(" ", html))
    return " ".join(unescape(TAG.sub(" ", INLINE.sub("", text))).split())


def open_elements(html: str) -> tuple[str, ...]:
    """Return the elements that the markup opens and does not close, outermost first."""
    collector = _OpenElements()
    collector.feed(html)
    return tuple(collector.open)


def first_block(html: str) -> str:
    """Return the first paragraph of the markup, with its tags; empty when it has none."""
    match = re.search(r"<p(?:\s[^>]*)?>.*?</p>", html, re.DOTALL)
    return match[0] if match else ""


def shortened(text: str, limit: int) -> str:
    """Return at most `limit` characters, cut between words and ended with an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut else cut}…".replace(",…", "…").replace(".…", "…")


# Matches one character of a script that is written without blanks between words.
WORDLESS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def reading_minutes(text: str) -> int:
    """Return the minutes of reading, at least 1: 230 words or 500 characters of CJK each."""
    parted, wordless = WORDLESS.subn(" ", text)
    words = len(parted.split())
    return max(1, round(words / 230 + wordless / 500))


def names_size(attributes: str) -> bool:
    """Return True if a tag's attributes state its width or height."""
    names = {found["name"].lower() for found in ATTRIBUTE.finditer(attributes)}
    return not names.isdisjoint({"width", "height"})


class _OpenElements(HTMLParser):
    """Keeps the stack of open elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: FBT001, FBT002
        """Read `<![…` as browsers do, as a comment; Python 3.11 stops at one without a name."""
        return self.parse_bogus_comment(i, report)
