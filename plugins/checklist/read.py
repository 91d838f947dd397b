"""Turns a document's task lists into checklists: one each, or a single one in a checklist post."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from ..markdown.reading import Reading, TreeReader
from .model import Checklist
from .parse import ParsedList, parse_lists
from .render import render_checklist
from .settings import Settings

JOINED_ID = "checklist"

# Matches the box of a task item, and other brackets around at most one character.
BOX = re.compile(r"\[.?\]")


def tree_reader(settings: Settings) -> TreeReader:
    """Return a reader that replaces task lists by checklists and adds these to the parts."""

    def read(root: Element, reading: Reading) -> None:
        text = reading.source.text
        if not BOX.search(text) and "checklist" not in text:  # Most texts have neither.
            return
        parsed = parse_lists(root, reading)
        for lists in _groups(parsed, joins=settings.join and _is_checklist_post(reading)):
            checklist = _checklist(lists, reading)
            reading.parts.append(checklist)
            render_checklist(
                checklist,
                lists,
                around=root if len(lists) > 1 else lists[0].parent,
                slug=reading.key,
                note=settings.note,
                unique_id=reading.unique_id,
            )

    return read


def _is_checklist_post(reading: Reading) -> bool:
    return getattr(reading.front_matter, "kind", "") == "checklist"


def _groups(parsed: Sequence[ParsedList], *, joins: bool) -> list[Sequence[ParsedList]]:
    """Return the lists of each checklist; one list with a naming line keeps all of them apart."""
    if joins and parsed and not any(one.naming for one in parsed):
        return [parsed]
    return [[one] for one in parsed]


def _checklist(lists: Sequence[ParsedList], reading: Reading) -> Checklist:
    """Return the lists as one checklist; a list without a title gets the title of the post."""
    sections = tuple(one.section for one in lists)
    title = reading.front_matter.title
    if len(lists) > 1:
        return Checklist(JOINED_ID, title, sections)
    naming = lists[0].naming
    is_named = bool(naming and naming.id)
    return Checklist(sections[0].id, sections[0].title or title, sections, is_named=is_named)
