"""Markup as a tree and back, for the few places that have to see its elements."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from lxml import etree
from lxml import html as lxml_html


def parse_fragment(html: str) -> Element:
    """The markup as the children of a `div`, read as a browser reads it; comments are left out."""
    parser = lxml_html.HTMLParser(remove_comments=True, remove_pis=True)
    return _copied(lxml_html.fragment_fromstring(html, create_parent="div", parser=parser))


def render_fragment(root: Element) -> str:
    """The markup of what the root holds."""
    html = ElementTree.tostring(root, encoding="unicode", method="html")
    return html.partition(">")[2].rpartition("</")[0]


def remove(parent: Element, child: Element) -> None:
    """Take an element out and leave the text after it."""
    append_before(parent, child, child.tail or "")
    parent.remove(child)


def append_before(parent: Element, child: Element, text: str) -> None:
    """Put text right before an element."""
    index = list(parent).index(child)
    if index:
        parent[index - 1].tail = (parent[index - 1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _copied(node: etree._Element) -> Element:
    """The same element for the standard library, whatever its names; XML would refuse some."""
    attributes = {str(name): str(value) for name, value in node.attrib.items()}
    # A name like `{:` would be taken for one with a namespace.
    copy = Element(str(node.tag), {k: v for k, v in attributes.items() if not k.startswith("{")})
    copy.text, copy.tail = node.text, node.tail
    copy.extend(_copied(child) for child in node if isinstance(child.tag, str))
    return copy
