"""Markup as a tree and back, for the few places that have to see its elements."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from lxml import etree
from lxml import html as lxml_html


def parse_fragment(html: str) -> Element:
    """The markup as the children of a `div`, read as a browser reads it; comments are left out."""
    parser = lxml_html.HTMLParser(remove_comments=True, remove_pis=True)
    tree = lxml_html.fragment_fromstring(html, create_parent="div", parser=parser)
    return ElementTree.fromstring(etree.tostring(tree, encoding="unicode"))


def render_fragment(root: Element) -> str:
    """The markup of what the root holds."""
    html = ElementTree.tostring(root, encoding="unicode", method="html")
    return html.partition(">")[2].rpartition("</")[0]
