"""Says on a page which of its blocks were verified, as the committed record has it.

Nothing is run here. Verify's `record.py` tells what a block's key is made of, so that a note goes
away with any change to the block, to a command before it, or to the folder that they run in.
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
    """A reader that adds the notes; `checks` holds pages by their path as problems name it."""
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
