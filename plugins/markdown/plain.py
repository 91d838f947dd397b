"""A document where there is neither style nor script: plain markup, and its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from xml.etree.ElementTree import Element, SubElement

from .html import INLINE as INLINE_TAG
from .html import plain_text
from .tree import (
    ESCAPED,
    INLINE,
    RAW,
    RAWS,
    SILENT,
    is_mark,
    latex_of,
    parse_fragment,
    remove,
    render_fragment,
)

PlainMaker = Callable[[Element], Element]
"""Makes the elements of a feature plain."""

# Matches `<a class="heading-anchor" href="#x">#</a>`.
HEADING_ANCHOR = re.compile(r'<a\b[^>]*\bclass="heading-anchor"[^>]*>.*?</a>', re.DOTALL)

# Matches the start of `<place-holder …>` and of any other custom element, of tabs and of formulas.
NEEDS_STYLE = re.compile(r"<[a-z]+-[a-z]|tabbed-set|<math[ >]")


def plain_tree(root: Element, makers: Iterable[PlainMaker]) -> Element:
    """Return the tree as feeds and search see it; the same one if it has no blocks of features."""
    if not any(_needs_style(element) for element in root.iter()):
        return root
    tree = plain_markup(deepcopy(root))
    for make_plain in makers:
        tree = make_plain(tree)
    return tree


def _needs_style(element: Element) -> bool:
    return ("-" in element.tag and element.tag not in RAWS) or "data-tabs" in element.attrib


def words_of(elements: Iterable[Element]) -> str:
    """Return the text of elements on one line, without footnote numbers and heading links."""
    return " ".join("".join(_words(elements)).replace(ESCAPED, "").split())


def _words(elements: Iterable[Element]) -> Iterator[str]:
    for element in elements:
        tag = element.tag
        if tag in RAWS:
            yield _raw_words(element)
        elif tag == "math":
            yield latex_of(element)
        elif tag not in SILENT and not is_mark(element):
            gap = "" if tag in INLINE and tag != "br" else " "
            yield gap
            yield element.text or ""
            yield from _words(element)
            yield gap
        yield element.tail or ""


def _raw_words(element: Element) -> str:
    plain = element.get("data-plain")
    if plain is not None:
        return f" {plain} "
    html = element.text or ""
    return "" if element.tag == RAW and INLINE_TAG.fullmatch(html) else f" {plain_text(html)} "


def plain_html(html: str, makers: Iterable[PlainMaker], *, has_blocks: bool) -> str:
    """Return the markup with everything plain; `makers` do so for the elements of features.

    To see the tree takes ten times as long as all else that a feed does with a text, so a text
    without blocks is passed by.
    """
    if not has_blocks and not NEEDS_STYLE.search(html):
        return HEADING_ANCHOR.sub("", html)
    tree = plain_markup(parse_fragment(html))
    for make_plain in makers:
        tree = make_plain(tree)
    return render_fragment(tree)


def plain_markup(root: Element) -> Element:
    """Return the tree without heading links, and with the label of each tab over its text.

    The tree is changed in place, and given back.
    """
    for parent in reversed(list(root.iter())):  # tabs within tabs before those around them
        if "tabbed-set" in _classes(parent):
            _label_panels(parent)
        for child in list(parent):
            if "heading-anchor" in _classes(child):
                remove(parent, child)
            elif child.tag == "math" and (latex := latex_of(child)):
                _show_latex(child, latex)
    return root


def _show_latex(math: Element, latex: str) -> None:
    """Turn a formula into its LaTeX, as code: programs that read feeds know no MathML."""
    math.tag, math.text, math.attrib = "code", latex, {}
    math[:] = []


def _classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def _label_panels(tabs: Element) -> None:
    """Turn radio buttons, labels and panels into a strong label before each panel."""
    labels = list(tabs.iter("label"))
    panels = [child for child in tabs.iter("div") if "tabbed-block" in _classes(child)]
    if len(labels) != len(panels):  # an author's own markup, which only looks like tabs
        return
    for child in list(tabs):
        tabs.remove(child)
    for label, panel in zip(labels, panels, strict=True):
        heading = SubElement(SubElement(tabs, "p"), "strong")
        heading.text = label.text
        heading.extend(list(label))
        tabs.extend(list(panel))
    tabs.attrib.clear()
