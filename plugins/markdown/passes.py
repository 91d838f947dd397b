"""The passes over a finished tree, in their order.

| pass          | what it does                                         | where the text holds  |
|---------------|------------------------------------------------------|-----------------------|
| attributes    | gives `{: #id .class }` to the element it stands at  | `{`                   |
| bare_links    | makes links of addresses                             | `://`, `www.` or `@`  |
| abbreviations | explains abbreviated words                           | a definition          |
| levels        | makes a body that begins at level 1 begin at level 2 | a heading             |
| heading_ids   | gives every heading an id                            | a heading             |
| make_figures  | makes figures of pictures with titles (figures.py)   | a picture             |
| smarten       | changes typed punctuation (punctuation.py)           | –                     |
| listed        | lists the headings                                   | a heading             |
| –             | the features' tree readers                           | –                     |
| contents      | puts the list of headings in place of `[TOC]`        | `[TOC]`               |
| anchors       | gives every heading a link to itself                 | a heading             |

A pass looks at text outside `tree.CLOSED` only, and takes no character after `tree.ESCAPED` for a
sign. `tree.replace_texts` does both for a pass that puts elements in place of text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown.extensions.attr_list import get_attrs_and_remainder, sanitize_name

from ..source.slug import is_mark
from .document import Heading
from .tree import HEADINGS, INLINE, RAW, RAWS, replace_texts, text_of
from .write import inner_html

BASE = r"\{:?[ ]*([^\}\n ][^\n]*)\}"
AFTER_WORDS = re.compile(rf"[ ]+{BASE}[ ]*$")
LAST_LINE = re.compile(rf"\n[ ]*{BASE}[ ]*$")
RIGHT_AFTER = re.compile(rf"^{BASE}")

ONE_LINE = HEADINGS | {"dt", "td", "th"}
"""Elements that have their attributes at the end of their line."""

# Matches `https://example.org/a`, `www.example.org` and `a@example.org`.
ADDRESS = re.compile(
    r"""
    (?<![\w/@.+<-]) (?<!\x02)
    (?: (?P<url>(?:https?|ftp)://[^\s<>\x02]+) | (?P<www>www\.[^\s<>\x02]+)
      | (?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+) )
    """,
    re.VERBOSE | re.IGNORECASE,
)

# Matches a host with a dot or a port, or a machine's own name: `example.org`, `localhost`.
HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*(?::\d+)?", re.IGNORECASE)

# Matches a sign that an id does not hold, unless it goes with the letter before it.
NO_SLUG = re.compile(r"[^\w\- ]")

CONTENTS = "[TOC]"


def attributes(root: Element) -> None:
    """Give elements the attributes that are written at their end."""
    for element in list(root.iter()):
        tag = element.tag
        if tag in INLINE:
            _right_after(element)
        elif tag not in RAWS and "-" not in tag:
            _at_end(element, AFTER_WORDS if tag in ONE_LINE else LAST_LINE)


def _right_after(element: Element) -> None:
    tail = element.tail or ""
    if match := RIGHT_AFTER.match(tail):
        rest = _assign(element, match[1], strict=False)
        element.tail = tail[match.end() :] + rest


def _at_end(element: Element, pattern: re.Pattern[str]) -> None:
    """Take attributes off the end of a block's own text: in an item, before the list below it."""
    holder, name = _own_end(element)
    text = getattr(holder, name) or ""
    match = pattern.search(text)
    if match and not _assign(element, match[1], strict=True):
        rest = text[: match.start()]
        setattr(holder, name, rest.rstrip("#").rstrip() if element.tag in HEADINGS else rest)


def _own_end(element: Element) -> tuple[Element, str]:
    children = list(element)
    if element.tag == "li":
        lists = [index for index, child in enumerate(children) if child.tag in {"ul", "ol"}]
        if lists:
            children = children[: lists[0]]
    return (children[-1], "tail") if children else (element, "text")


def _assign(element: Element, written: str, *, strict: bool) -> str:
    """Set the attributes; what is left after their end is given back, and if strict, not set."""
    found: Any
    found, rest = get_attrs_and_remainder(written)
    if strict and rest:
        return str(rest)
    for name, value in found:
        if name == ".":
            element.set("class", f"{element.get('class', '')} {value}".strip())
        else:
            key = sanitize_name(name)
            element.set(key, key if value is None else value)
    return str(rest)


def bare_links(root: Element) -> None:
    """Make links of addresses that stand in running text."""
    replace_texts(root, ADDRESS, _bare_link, may_match=may_hold_address, closed=NO_LINKS)


def may_hold_address(text: str) -> bool:
    """Return True if a text holds a sign that every address has."""
    return "://" in text or "@" in text or "www." in text or "WWW." in text


NO_LINKS = frozenset({"a", "code", "pre", "kbd", "samp", "script", "style", "textarea"} | RAWS)


def _bare_link(match: re.Match[str]) -> Element | None:
    text = _without_end(match[0]) if not match["mail"] else match[0].rstrip("-_.")
    start = "mailto:" if match["mail"] else "https://" if match["www"] else ""
    host = text.partition("://")[2] or text
    if not match["mail"] and not HOST.match(host):
        return None
    link = Element("a", {"href": start + text})
    link.text = text
    link.tail = match[0][len(text) :]
    return link


def _without_end(text: str) -> str:
    """Return the address without the signs after it that belong to the sentence."""
    while text:
        last = text[-1]
        if last in "?!.,:*_~'\"" or (last == ")" and text.count(")") > text.count("(")):
            text = text[:-1]
        elif last == ";" and (entity := re.search(r"&\w+;$", text)):
            text = text[: entity.start()]
        elif last in ";]":
            text = text[:-1]
        else:
            break
    return text


def abbreviations(root: Element, known: dict[str, str]) -> None:
    """Explain the words that are abbreviated."""
    words = "|".join(re.escape(word) for word in sorted(known, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)")

    def make(match: re.Match[str]) -> Element | None:
        element = Element("abbr", {"title": known[match[0]]})
        element.text = match[0]
        return element

    replace_texts(root, pattern, make, may_match=pattern.search)


def levels(headings: Iterable[Element]) -> None:
    """Move all headings down by one when there is a first-level one: the page's title is that."""
    found = list(headings)
    if any(heading.tag == "h1" for heading in found):
        for heading in found:
            heading.tag = f"h{min(6, int(heading.tag[1]) + 1)}"


def heading_ids(headings: Iterable[Element], ids: set[str]) -> None:
    """Give every heading an id."""
    for heading in headings:
        id = heading.get("id") or unique(github_slug(text_of(heading)), ids)
        ids.add(id)
        heading.set("id", id)


def listed(headings: Iterable[Element]) -> tuple[Heading, ...]:
    """Return the headings, each with those below it."""
    found = [
        (int(heading.tag[1]), heading.get("id", ""), inner_html(heading).strip())
        for heading in headings
    ]
    return _nested(found, 0)[0]


def _nested(listed: Sequence[tuple[int, str, str]], above: int) -> tuple[tuple[Heading, ...], int]:
    """Return the headings below a level, up to the next that is not, and their number."""
    made: list[Heading] = []
    at = 0
    while at < len(listed) and listed[at][0] > above:
        level, id, html = listed[at]
        children, count = _nested(listed[at + 1 :], level)
        made.append(Heading(id, html, children))
        at += 1 + count
    return tuple(made), at


def github_slug(text: str) -> str:
    """Return the id that GitHub gives to a heading, so that links made there work here."""
    kept = NO_SLUG.sub(lambda sign: sign[0] if is_mark(sign[0]) else "", text.strip().lower())
    return kept.replace(" ", "-") or "section"


def unique(wanted: str, ids: set[str]) -> str:
    """Return the id, or if it is taken, the same with the first number that is free: `a_1`."""
    if wanted not in ids:
        return wanted
    match = re.fullmatch(r"(.*)_(\d+)", wanted)
    base, count = (match[1], int(match[2])) if match else (wanted, 0)
    while f"{base}_{count + 1}" in ids:
        count += 1
    return f"{base}_{count + 1}"


def contents(root: Element, headings: Sequence[Heading]) -> None:
    """Put the list of headings where it is asked for."""
    for parent in list(root.iter()):
        for index, child in enumerate(parent):
            if child.tag == "p" and not len(child) and (child.text or "").strip() == CONTENTS:
                made = Element("div", {"class": "toc"})
                made.text = made.tail = "\n"
                _contents_list(made, headings)
                parent[index] = made


def _contents_list(parent: Element, headings: Sequence[Heading]) -> None:
    items = SubElement(parent, "ul")
    items.text = items.tail = "\n"
    for heading in headings:
        item = SubElement(items, "li")
        item.tail = "\n"
        link = SubElement(item, "a", {"href": f"#{heading.id}"})
        SubElement(link, RAW).text = heading.html
        if heading.children:
            _contents_list(item, heading.children)


def anchors(headings: Iterable[Element]) -> None:
    """Append to every heading with an id a link to itself."""
    for heading in headings:
        if not heading.get("id"):
            continue
        if len(heading):
            heading[-1].tail = (heading[-1].tail or "").rstrip() + " "
        else:
            heading.text = (heading.text or "").rstrip() + " "
        attributes = {
            "aria-label": "Link to this section",
            "class": "heading-anchor",
            "href": f"#{heading.get('id')}",
        }
        SubElement(heading, "a", attributes).text = "#"
