"""The tree of a document while it is read: what its elements mean besides HTML's own.

Python's ElementTree, with two elements of ours, which never reach an output:

    <raw-html>   markup that its author wrote, within running text
    <raw-block>  the same as a block; or code that was coloured, whose plain text is `data-plain`

Their markup is their text, and is written as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from lxml import etree
from lxml import html as lxml_html

RAW = "raw-html"
RAW_BLOCK = "raw-block"
RAWS = frozenset({RAW, RAW_BLOCK})

ESCAPED = "\x02"
"""Stands before a character that is no sign: escaped, or written as an entity. No document can
hold it: it is taken out of every text that is read."""


class MarkLeftError(Exception):
    """A mark of ours in an output: a fault of Hallway's own, which stops the build."""


def refuse_marks(path: str, text: str) -> None:
    """Raise MarkLeftError if a mark is left in what a file becomes."""
    if ESCAPED in text:
        around = text[max(0, text.index(ESCAPED) - 20) :][:40]
        raise MarkLeftError(f"{path}: a mark of the Markdown reader is left near {around!r}")


HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

# Elements of running text; all others, but those of ours, are blocks.
INLINE = frozenset(
    "a abbr b bdi bdo br cite code data del dfn em i img input ins kbd label mark q s samp small"
    " span strong sub sup time u var".split()
)

# What is not read with a text.
SILENT = frozenset({"input", "button", "select", "script", "style", "template"})

# What holds no text of its author's to be changed.
CLOSED = frozenset({"code", "pre", "kbd", "samp", "script", "style", "math", "svg"} | RAWS)


def add_text(element: Element, text: str) -> None:
    """Put text at the end of an element."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def add_after(element: Element, text: str) -> None:
    """Put text after an element, and after the text that stands there already."""
    element.tail = (element.tail or "") + text


def append_before(parent: Element, child: Element, text: str) -> None:
    """Put text right before an element."""
    index = list(parent).index(child)
    if index:
        parent[index - 1].tail = (parent[index - 1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def remove(parent: Element, child: Element) -> None:
    """Take an element out and leave the text after it."""
    append_before(parent, child, child.tail or "")
    parent.remove(child)


def text_of(element: Element) -> str:
    """Return the text of an element on one line, as a reader sees it."""
    return " ".join("".join(_texts(element)).replace(ESCAPED, "").split())


def _texts(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == "img":
            yield child.get("alt") or ""
        elif child.tag in RAWS:
            yield child.get("data-plain", "")
        elif child.tag == "br":
            yield " "
        elif child.tag == "math":
            yield latex_of(child)
        elif child.tag not in SILENT and not is_mark(child):
            yield from _texts(child)
        yield child.tail or ""


def latex_of(math: Element) -> str:
    """Return the LaTeX that a formula was made from."""
    return "".join(element.text or "" for element in math.iter("annotation"))


def is_mark(element: Element) -> bool:
    """Return True for a footnote's number, the link back from it, and a heading's own link."""
    if element.tag == "sup":
        return (element.get("id") or "").startswith("fnref")
    return element.tag == "a" and element.get("class") in {"heading-anchor", "footnote-backref"}


Maker = Callable[[re.Match[str]], Element | None]


def replace_texts(
    root: Element,
    pattern: re.Pattern[str],
    make: Maker,
    *,
    may_match: Callable[[str], object],
    closed: frozenset[str] = CLOSED,
) -> None:
    """Put an element in place of every match in running text; None leaves it as it is.

    `may_match` says quickly of most texts that they hold none. What `closed` elements hold is left
    alone, also where their tags were written as HTML.
    """
    if root.text and may_match(root.text) and (found := _split(root.text, pattern, make)):
        root.text, made = found
        root[:0] = made
        children = list(root)[len(made) :]
    else:
        children = list(root)
    inside = ""
    for child in children:
        inside = _raw_name(child, inside, closed)
        if not inside and child.tag not in closed:
            replace_texts(child, pattern, make, may_match=may_match, closed=closed)
        tail = "" if inside else child.tail
        if tail and may_match(tail) and (found := _split(tail, pattern, make)):
            child.tail, made = found
            index = list(root).index(child) + 1
            root[index:index] = made


# Matches `<a href="x">` and `</a>`.
RAW_TAG = re.compile(r"<(?P<close>/)?(?P<name>[A-Za-z][\w-]*)")


def _raw_name(child: Element, inside: str, closed: frozenset[str]) -> str:
    """Return the closed element, written as HTML, around the text after a child; empty for none."""
    match = RAW_TAG.match(child.text or "") if child.tag == RAW else None
    if not match:
        return inside
    name = match["name"].lower()
    if match["close"]:
        return "" if name == inside else inside
    return inside or (name if name in closed else "")


def _split(text: str, pattern: re.Pattern[str], make: Maker) -> tuple[str, list[Element]] | None:
    """Return the text before the first match, and an element for each, with the text after it."""
    made: list[Element] = []
    before, last = "", 0
    for match in pattern.finditer(text):
        element = make(match)
        if element is None:
            continue
        if made:
            add_after(made[-1], text[last : match.start()])
        else:
            before = text[: match.start()]
        made.append(element)
        last = match.end()
    if not made:
        return None
    add_after(made[-1], text[last:])
    return before, made


# Markup of others ---------------------------------------------------------------------------


def parse_fragment(html: str) -> Element:
    """Return a `div` with the markup, read as a browser reads it, without comments."""
    parser = lxml_html.HTMLParser(remove_comments=True, remove_pis=True)
    return _copied(lxml_html.fragment_fromstring(html, create_parent="div", parser=parser))


def render_fragment(root: Element) -> str:
    """Return the markup of what the root holds."""
    html = ElementTree.tostring(root, encoding="unicode", method="html")
    return html.partition(">")[2].rpartition("</")[0]


def _copied(node: etree._Element) -> Element:
    """Return the element as one of the standard library, which allows names that XML refuses."""
    attributes = {str(name): str(value) for name, value in node.attrib.items()}
    # A name like `{:` would be taken for one with a namespace.
    copy = Element(str(node.tag), {k: v for k, v in attributes.items() if not k.startswith("{")})
    copy.text, copy.tail = node.text, node.tail
    copy.extend(_copied(child) for child in node if isinstance(child.tag, str))
    return copy
