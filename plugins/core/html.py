"""Small changes to finished markup: its links, its ids, its plain text.

The markup comes from Python-Markdown and from raw HTML that authors wrote, so it is read by
pattern, tag by tag, and everything that is not touched keeps its bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from html.parser import HTMLParser

# Matches a comment, a script or style element with its text, or one start tag with its
# attributes: `<a href="x">`, `<input checked>`; not `<p>`, `</a>` or a lone `<`.
MARKUP = re.compile(
    r"""
    <!--.*?-->
    | <(?P<raw>script|style)\b(?P<raw_attributes>[^>]*)>.*?</(?P=raw)\s*>
    | <(?P<tag>[a-zA-Z][\w:-]*+)(?!>)
      (?P<attributes>(?:[^<>"']++|"[^"]*"|'[^']*')*+)
      >
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)

# The same without `<span class="x">`, of which coloured code is full.
LINKING_MARKUP = re.compile(
    MARKUP.pattern.replace("<(?P<tag>", '<(?!span\\ class="[\\w ]*">)(?P<tag>'), MARKUP.flags
)

# Matches a comment, an element that is not read out with its text, the mark of a footnote or of a
# heading's own link, and any tag; the tag's name is in `name`. Not a lone `<`.
UNSPOKEN = re.compile(
    r"""
    <!--.*?-->
    | <(?P<silent>script|style|template)\b[^>]*>.*?</(?P=silent)\s*>
    | <(?P<mark>sup|a)\b[^>]*="(?:fnref[^"]*|heading-anchor|footnote-backref)"[^>]*>.*?</(?P=mark)>
    | </?(?P<name>[a-zA-Z][\w:-]*+)(?:[^<>"']++|"[^"]*"|'[^']*')*+>
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)

# Matches ` href="x"`, ` href='x'` and ` href=x` inside a tag; not a bare ` checked`.
ATTRIBUTE = re.compile(
    r"""(?<=\s)(?P<name>[\w:-]+)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))"""
)

ID_REFERENCES = frozenset(
    "id for name aria-labelledby aria-describedby aria-controls aria-owns headers list form".split()
)
"""Attributes that hold ids or lists of them; `name` groups the radio buttons of tabs."""

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())

INLINE = frozenset("a abbr b code del em i kbd mark s small span strong sub sup u".split())
"""Elements that do not part words."""

ADDRESSES = frozenset({"href", "src", "poster", "srcset", "xlink:href"})
"""Attributes that name an address in any element; `data` does so in an object."""

LINKING = ("href", "src", "poster", "data")
"""One of these stands in every tag that names an address."""

MORE = "<!-- more -->"

# Matches `<!-- more -->` and `<!--more-->`.
MORE_MARK = re.compile(r"<!--\s*more\s*-->", re.IGNORECASE)


def map_attributes(html: str, change: Callable[[str, str, str], str | None]) -> str:
    """The markup with attribute values changed: `change(tag, name, value)` gives the new value.

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


def every_id(html: str) -> Iterator[str]:
    """The value of every `id` in the markup, in order."""
    for match in LINKING_MARKUP.finditer(html):
        attributes = match["attributes"]
        if attributes and _may_name(attributes, ("id",)):
            for found in ATTRIBUTE.finditer(attributes):
                if found["name"].lower() == "id":
                    yield unescape(found["double"] or found["single"] or found["bare"] or "")


def _may_name(attributes: str, names: tuple[str, ...]) -> bool:
    """Whether the text of a tag is worth reading attribute by attribute."""
    text = attributes.lower()
    for name in names:  # noqa: SIM110  a generator would take longer than what it spares
        if name in text:
            return True
    return False


def ids_of(html: str) -> frozenset[str]:
    """Every id in the markup."""
    return frozenset(every_id(html))


def with_unique_ids(html: str, *, prefix: str, url: str) -> str:
    """The markup with `prefix-` before each id, so that it can stand beside others of its kind.

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
    """The text of the markup on one line, without comments, scripts and templates."""
    return " ".join(unescape(UNSPOKEN.sub(_gap, html)).split())


def _gap(match: re.Match[str]) -> str:
    """What stands for a piece of markup in plain text: nothing for an inline tag, else a blank."""
    return "" if match["mark"] or (match["name"] or "").lower() in INLINE else " "


def open_elements(html: str) -> tuple[str, ...]:
    """The elements that the markup opens and does not close, outermost first."""
    collector = _OpenElements()
    collector.feed(html)
    return tuple(collector.open)


def split_lead(html: str) -> tuple[str, str] | None:
    """What stands before and after the `<!-- more -->` marker; None when there is none."""
    match = MORE_MARK.search(html)
    return (html[: match.start()].rstrip(), html[match.end() :].lstrip()) if match else None


def first_block(html: str) -> str:
    """The first paragraph of the markup, with its tags; empty when it has none."""
    match = re.search(r"<p(?:\s[^>]*)?>.*?</p>", html, re.DOTALL)
    return match[0] if match else ""


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters of the text, cut between words, with an ellipsis where cut."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut else cut}…".replace(",…", "…").replace(".…", "…")


# Matches one character of a script that is written without blanks between words.
WORDLESS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def reading_minutes(text: str) -> int:
    """How long reading takes, at least 1: 230 words or 500 characters of CJK a minute."""
    wordless = len(WORDLESS.findall(text))
    words = len(WORDLESS.sub(" ", text).split())
    return max(1, round(words / 230 + wordless / 500))


def names_size(attributes: str) -> bool:
    """Whether a tag's attributes say how wide or how high it is."""
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


def link_attributes(html: str) -> Iterator[tuple[str, str, str, int, int, str]]:
    """Every attribute that names an address: tag, attribute, its value unescaped, start, end, all.

    Start and end are those of the whole attribute in the markup; all is the text of the tag's
    attributes.
    """
    for match in LINKING_MARKUP.finditer(html):
        if not _may_name(match["attributes"] or match["raw_attributes"] or "", LINKING):
            continue
        tag, group = (match["raw"] or match["tag"] or "").lower(), "attributes"
        if match["raw"]:
            group = "raw_attributes"
        offset = match.start(group)
        for found in ATTRIBUTE.finditer(match[group] or ""):
            name = found["name"].lower()
            if name in ADDRESSES or (tag, name) == ("object", "data"):
                value = found["double"] or found["single"] or found["bare"] or ""
                start, end = offset + found.start(), offset + found.end()
                yield tag, name, unescape(value), start, end, match[group]
