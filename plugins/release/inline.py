"""The text of a list item as markup that stands anywhere: without links, ids or pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from xml.etree.ElementTree import Element

from ..checklist.tree import BLOCKS, ESCAPED, STASHED

KEPT = frozenset({"code", "del", "em", "kbd", "mark", "strong", "sub", "sup", "var"})

# Matches `<em></em>`, which is left of what was cut.
EMPTY = re.compile(r"<(\w+)></\1>")


def inline_html(item: Element) -> str:
    """The markup of an item's text, up to its first block."""
    html = "".join(_pieces(item)).strip()
    return EMPTY.sub("", " ".join(html.split()))


def _pieces(item: Element) -> Iterator[str]:
    yield _text(item.text)
    for child in item:
        if child.tag == "p":
            yield from _pieces(child)
            return
        if child.tag in BLOCKS or "-" in child.tag:
            return
        yield from _element(child)
        yield _text(child.tail)


def _element(element: Element) -> Iterator[str]:
    is_kept = element.tag in KEPT and not (element.get("id") or "").startswith("fnref")
    if element.tag == "sup" and not is_kept:
        return
    yield f"<{element.tag}>" if is_kept else ""
    yield _text(element.text)
    for child in element:
        yield from _element(child)
        yield _text(child.tail)
    yield f"</{element.tag}>" if is_kept else ""


def _text(text: str | None) -> str:
    """Text as Markdown 3.11 leaves it in a tree, as markup."""
    if not text:
        return ""
    plain = ESCAPED.sub(lambda match: chr(int(match[1])), text)
    return escape(unescape(STASHED.sub("", plain).replace("\x02amp\x03", "&")), quote=False)


def text_of(html: str) -> str:
    """The same as text."""
    return unescape(re.sub(r"<[^>]*>", "", html))
