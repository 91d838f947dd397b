"""Splits a list item's element into its text, its notes and the lists below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from msgspec import Struct

from ..markdown.tree import RAW_BLOCK

LISTS = frozenset({"ul", "ol"})
BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figure"}
    | {"footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "iframe", "main"}
    | {
        "nav",
        "ol",
        "p",
        "pre",
        "script",
        "section",
        "style",
        "table",
        "template",
        "ul",
        "video",
        RAW_BLOCK,
    }
)


class Label(Struct):
    """The text of an item, moved out of its list item into a `span`."""

    element: Element

    def cut_start(self, pattern: re.Pattern[str]) -> None:
        """Remove a match from the beginning of the text."""
        self.element.text = pattern.sub("", self.element.text or "", count=1)

    def cut_line_end(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Remove the first match at the end of a line and return it; None when there is none."""
        found = self._search(self.element.text, is_last=not len(self.element), pattern=pattern)
        if found:
            self.element.text = _without(found)
            return found
        for child in self.element:
            is_last = child is self.element[-1]
            found = self._search(child.tail, is_last=is_last, pattern=pattern)
            if found:
                child.tail = _without(found)
                return found
        return None

    def _search(
        self, text: str | None, *, is_last: bool, pattern: re.Pattern[str]
    ) -> re.Match[str] | None:
        shown = (text or "").rstrip() if is_last else text or ""
        found = pattern.search(shown)
        # Where a child follows, the end of the string is not the end of the line.
        return found if found and (is_last or found.end() < len(shown)) else None


def _without(found: re.Match[str]) -> str:
    return found.string[: found.start()] + found.string[found.end() :]


def leading_text(li: Element) -> str:
    """Return the beginning of an item's text, before any markup."""
    if (li.text or "").strip() or not len(li) or li[0].tag != "p":
        return (li.text or "").lstrip()
    return (li[0].text or "").lstrip()


def cut_label(li: Element) -> Label:
    """Cut out the item's text, up to its first block; notes and lists stay in the element."""
    if not (li.text or "").strip() and len(li) and li[0].tag == "p":
        return Label(_cut_paragraph(li))
    label = Element("span")
    label.text, li.text = li.text, None
    while len(li) and not _is_block(li[0]):
        child = li[0]
        li.remove(child)
        label.append(child)
    _strip_end(label)
    return Label(label)


def _cut_paragraph(li: Element) -> Element:
    paragraph = li[0]
    li.remove(paragraph)
    li.text = None
    label = Element("span")
    label.text = paragraph.text
    label.extend(list(paragraph))
    _strip_end(label)
    return label


def _strip_end(label: Element) -> None:
    if len(label):
        label[-1].tail = (label[-1].tail or "").rstrip()
    else:
        label.text = (label.text or "").rstrip()


def _is_block(element: Element) -> bool:
    """Return whether an element ends the item's text; a custom one does if it holds a block."""
    return element.tag in BLOCKS or ("-" in element.tag and _holds_block(element))


def _holds_block(element: Element) -> bool:
    return any(child.tag in BLOCKS for child in element.iter())


def direct_lists(li: Element) -> Iterator[Element]:
    """Return the lists directly below an item."""
    return (child for child in li if child.tag in LISTS)


def is_of_another_feature(element: Element) -> bool:
    """Return whether an element is a custom one, or a list that Markdown did not make."""
    return "-" in element.tag or (element.tag in LISTS and bool(element.get("class")))
