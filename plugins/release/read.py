"""The reader of release posts: their lists become entries, and a head is put before the text."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from ..blog.kinds import ReleaseFrontMatter
from ..markdown.reading import Reading
from .model import Notes
from .parse import parse_entries
from .render import render_entry, render_head


def read_tree(root: Element, reading: Reading) -> None:
    """Add the entries as a part, mark their elements, and put the head before the text."""
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
