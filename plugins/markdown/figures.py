"""A picture with a title, alone in a paragraph, becomes a figure with a caption.

    ![alt](picture.png "caption")    →    <figure><img …><figcaption>caption</figcaption></figure>

The picture may be a link.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement


def make_figures(root: Element) -> None:
    """Turn the paragraphs of a tree that hold nothing but a picture with a title."""
    for paragraph in root.iter("p"):
        picture = _lone_picture(paragraph)
        if picture is not None and (caption := picture.attrib.pop("title", "").strip()):
            paragraph.tag = "figure"
            SubElement(paragraph, "figcaption").text = caption


def _lone_picture(element: Element) -> Element | None:
    """Return the picture that is all an element holds, in a link or not."""
    if len(element) != 1 or (element.text or "").strip() or (element[0].tail or "").strip():
        return None
    child = element[0]
    if child.tag == "img":
        return child
    return _lone_picture(child) if child.tag == "a" and element.tag == "p" else None
