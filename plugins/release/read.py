"""A release post's lists become entries, and its page begins with versions and what to do."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from ..blog.kinds import ReleaseFrontMatter
from ..markdown.reading import Reading
from .model import Notes
from .parse import parse_entries
from .render import render_entry, render_head


def read_tree(root: Element, reading: Reading) -> None:
    """Leave the entries as a part, mark their elements, and put the post's head before its text."""
    head = reading.front_matter
    if not isinstance(head, ReleaseFrontMatter) or not head.product:
        return
    parsed = parse_entries(root, reading)
    for one in parsed:
        render_entry(one)
    entries = tuple(one.entry for one in parsed)
    if entries:
        reading.parts.append(Notes(entries))
    if head.versions:
        root.insert(0, render_head(head, entries))
