"""The text of a list item as markup for any place: without links, ids or pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from xml.etree.ElementTree import Element

from ..markdown.tree import ESCAPED, INLINE, RAWS, is_mark

KEPT = frozenset({"code", "del", "em", "kbd", "mark", "strong", "sub", "sup", "var"})

# Matches `<em></em>`, which is left of what was cut.
EMPTY = re.compile(r"<(\w+)></\1>")


def inline_html(item: Element) -> str:
    """Return the markup of an item's text, up to its first block."""
    html = "".join(_pieces(item)).strip()
    return EMPTY.sub("", " ".join(html.split()))


def _pieces(item: Element) -> Iterator[str]:
    yield _text(item.text)
    for child in item:
        if child.tag == "p":
            yield from _pieces(child)
            return
        if child.tag not in INLINE and child.tag not in RAWS:
            return
        yield from _element(child)
        yield _text(child.tail)


def _element(element: Element) -> Iterator[str]:
    if is_mark(element) or element.tag in RAWS:
        return
    is_kept = element.tag in KEPT
    yield f"<{element.tag}>" if is_kept else ""
    yield _text(element.text)
    for child in element:
        yield from _element(child)
        yield _text(child.tail)
    yield f"</{element.tag}>" if is_kept else ""


def _text(text: str | None) -> str:
    return escape((text or "").replace(ESCAPED, ""), quote=False)


def text_of(html: str) -> str:
    """Return the plain text of this markup."""
    return unescape(re.sub(r"<[^>]*>", "", html))
