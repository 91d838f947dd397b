"""Markdown's own markup where there is neither style nor script: no anchors, no tab controls."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from .tree import remove


def plain_markup(root: Element) -> Element:
    """The tree without links of headings to themselves, and with each tab's label over its text.

    The tree is changed in place, and given back.
    """
    for parent in list(root.iter()):
        if "tabbed-set" in _classes(parent):
            _label_panels(parent)
        for child in list(parent):
            if "heading-anchor" in _classes(child):
                remove(parent, child)
    return root


def _classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def _label_panels(tabs: Element) -> None:
    """Turn radio buttons, labels and panels into a strong label before each panel."""
    labels = list(tabs.iter("label"))
    panels = [child for child in tabs.iter("div") if "tabbed-block" in _classes(child)]
    for child in list(tabs):
        tabs.remove(child)
    for label, panel in zip(labels, panels, strict=True):
        heading = SubElement(SubElement(tabs, "p"), "strong")
        heading.text = "".join(label.itertext())
        tabs.extend(list(panel))
    tabs.attrib.clear()
