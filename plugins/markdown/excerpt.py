"""The beginning of a document that lists show: up to `<!-- more -->`, or its first paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from msgspec import Struct

from .document import Body
from .html import MORE, MORE_MARK, first_block, open_elements
from .plain import words_of
from .reading import Reading
from .tree import RAW_BLOCK, RAWS
from .write import Written


class Excerpt(Struct, frozen=True):
    """The beginning of a document."""

    body: Body
    words: str
    """Its text."""
    is_cut: bool
    """True if a marker ends it and text follows."""


def read_excerpt(root: Element, reading: Reading, *, has_summary: bool) -> Excerpt:
    """Return what lists show of a document; its marker is taken out of the tree."""
    for index, child in enumerate(root):
        text = child.text or ""
        mark = MORE_MARK.search(text) if _is_written(child) else None
        if mark:
            before = [*root[:index], *_raw(text[: mark.start()])]
            child.text = text[: mark.start()] + text[mark.end() :]
            if inside := _open_elements(before):
                _report(reading, child, inside)
                return _excerpt([], reading)
            is_cut = index + 1 < len(root) or bool(text[mark.end() :].strip())
            return _excerpt(before, reading, is_cut=is_cut)
    if _holds_marker(root, reading) or has_summary:
        return _excerpt([], reading)
    return _excerpt(_first_paragraph(root), reading)


def _excerpt(elements: Sequence[Element], reading: Reading, *, is_cut: bool = False) -> Excerpt:
    body = Written(reading).write(elements).body
    return Excerpt(body, words_of(elements), is_cut)


def _is_written(element: Element) -> bool:
    """Return True for markup that the author wrote."""
    return element.tag in RAWS and "data-plain" not in element.attrib


def _raw(html: str) -> list[Element]:
    if not html.strip():
        return []
    element = Element(RAW_BLOCK)
    element.text = html.strip()
    return [element]


def _open_elements(before: Sequence[Element]) -> str:
    """Return the innermost element that markup of the author's opens and does not close."""
    html = [each.text or "" for element in before for each in element.iter() if _is_written(each)]
    inside = open_elements("".join(html)) if html else ()
    return inside[-1] if inside else ""


def _holds_marker(root: Element, reading: Reading) -> bool:
    """Report a marker at which the document cannot be cut, and return True if there is one."""
    for parent in root.iter():
        for child in parent:
            if _is_written(child) and MORE_MARK.search(child.text or ""):
                _report(reading, child, parent.tag)
                return True
    return False


def _report(reading: Reading, marker: Element, inside: str) -> None:
    text = marker.text or ""
    at = text.find(MORE.split()[0])
    line, column = reading.places.get(marker, (0, 0))
    line += text.count("\n", 0, at)
    column = column + at if "\n" not in text[:at] else 1
    found = f"the {MORE} marker inside an element ({inside})"
    expected = "it on a line of its own between two paragraphs"
    reading.problems.append(reading.source.problem(line, column, found=found, expected=expected))


def _first_paragraph(root: Element) -> list[Element]:
    for element in root.iter():
        if element.tag == "p":
            return [element]
        if _is_written(element) and (html := first_block(element.text or "")):
            return _raw(html)
    return []
