"""Adds a note to the blocks of a page that were verified, from the committed record.

This module runs no command. `verify/record.py` defines a block's key. The key changes with the
block, with the commands before it and with the folder that they run in; the note then goes away.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from xml.etree.ElementTree import Element

from ..markdown.reading import Reading, TreeReader
from .model import CommandBlock
from .render import add_check
from .verify.record import PageRecord, block_keys
from .view import view_check


def check_reader(checks: Mapping[str, PageRecord]) -> TreeReader:
    """Return a tree reader that adds the notes; `checks` has the page's source path as its key."""
    return partial(_add_checks, checks=checks)


def _add_checks(root: Element, reading: Reading, checks: Mapping[str, PageRecord]) -> None:
    page = checks.get(reading.source.path)
    if not page:
        return
    keys = block_keys(reading.parts_of(CommandBlock), reading.front_matter)
    for block in root.iter("command-block"):
        check = page.check_of(keys.get(block.get("id", ""), ""))
        if check:
            add_check(block, view_check(check.checked, page.packages))
