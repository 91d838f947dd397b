"""Markup with one element a line, so that two converters that mean the same compare as equal.

Blanks and newlines beside the tags of blocks say nothing; links of headings to themselves are left
out. Everything else is compared, attributes and text of code to the letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from xml.etree.ElementTree import Element

from plugins.markdown.tree import parse_fragment, remove

INLINE = frozenset(
    "a abbr b br code del em i img input kbd mark q s small span strong sub sup u time math"
    " label place-holder".split()
)
KEEPING = frozenset({"pre", "math", "textarea"})
VOID = frozenset({"br", "hr", "img", "input"})


def shape(html: str) -> str:
    """The markup, each block on lines of its own."""
    root = parse_fragment(html)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.get("class") == "heading-anchor":
                remove(parent, child)
    return "\n".join(_lines(root))


def _lines(element: Element) -> Iterator[str]:
    """The lines of what an element holds."""
    text = element.text or ""
    for child in element:
        if child.tag in INLINE:
            text += _written(child)
        else:
            yield from _text(text)
            yield from _block(child)
            text = ""
        text += escape(child.tail or "", quote=False) if child.tag in INLINE else (child.tail or "")
    yield from _text(text)


def _text(text: str) -> Iterator[str]:
    if line := re.sub(r"\s+", " ", text).strip():
        yield line


def _block(element: Element) -> Iterator[str]:
    if element.tag in KEEPING or element.tag in VOID:
        yield _written(element)
    else:
        yield f"<{_named(element)}>"
        yield from (f"  {line}" for line in _lines(element))


def _written(element: Element) -> str:
    if element.tag in VOID:
        return f"<{_named(element)}>"
    inner = escape(element.text or "", quote=False)
    inner += "".join(_written(c) + escape(c.tail or "", quote=False) for c in element)
    return f"<{_named(element)}>{inner}</{element.tag}>"


def _named(element: Element) -> str:
    pairs = sorted(element.attrib.items())
    return " ".join([element.tag, *(f'{name}="{escape(value)}"' for name, value in pairs)])
