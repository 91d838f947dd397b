"""Computes the new record after pages were verified, and reports blocks that are out of date."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from msgspec import Struct

from ...source.problem import Place, Problem
from ..model import CommandBlock
from .collect import Page
from .record import FILE, Check, PageRecord, Record, block_keys, inputs_of


class Verified(Struct, frozen=True):
    """A page whose blocks all did what it says."""

    page: Page
    packages: Mapping[str, str]
    """The versions of the packages that it is about."""


class Occasion(Struct, frozen=True):
    """The day and the machine of a verification."""

    today: date
    platform: str
    sandbox: str
    """The sandbox's name and version, or `NO_SANDBOX`."""
    refresh: bool = False
    """True if checks that still hold get the new date too."""


def updated(
    before: Record,
    verified: Iterable[Verified],
    occasion: Occasion,
    *,
    asked: Collection[str] | None = None,
) -> Record:
    """Return the record with the verified pages and without pages that have nothing to verify.

    `asked` holds the sources of the pages that were examined; None stands for all.
    """
    kept = {s: page for s, page in before.items() if asked is not None and s not in asked}
    fresh = {v.page.document.source: _page_record(v, before, occasion) for v in verified}
    return kept | fresh


def _page_record(verified: Verified, before: Record, occasion: Occasion) -> PageRecord:
    page = verified.page
    inputs = inputs_of(page.folder)
    old = before.get(page.document.source)
    if old and (old.inputs, old.packages) != (inputs, verified.packages):
        old = None
    keys = block_keys(page.blocks, page.document.front_matter)
    blocks = {id: _check(key, old, occasion) for id, key in keys.items()}
    return PageRecord(page.verify.folder, inputs, verified.packages, blocks)


def _check(key: str, old: PageRecord | None, occasion: Occasion) -> Check:
    """Return the check that still holds, with its date, or a new one."""
    held = old.check_of(key) if old and not occasion.refresh else None
    return held or Check(key, occasion.today, occasion.platform, occasion.sandbox)


def outdated(before: Record, after: Record, pages: Iterable[Page], path: str) -> list[Problem]:
    """Return problems for blocks without a valid check and for recorded pages without blocks."""
    problems = [
        _unrecorded(page, block)
        for page in pages
        for block in page.blocks
        if not _is_recorded(page, block, before, after)
    ]
    gone = sorted(before.keys() - after.keys())
    return problems + [
        Problem(Place(path), f"a record of {source}", "no record: nothing there is run")
        for source in gone
    ]


def _is_recorded(page: Page, block: CommandBlock, before: Record, after: Record) -> bool:
    source = page.document.source
    old, new = before.get(source), after[source]
    if not old or (old.inputs, old.packages) != (new.inputs, new.packages):
        return False
    return old.blocks.get(block.id) == new.blocks[block.id]


def _unrecorded(page: Page, block: CommandBlock) -> Problem:
    return Problem(
        Place(page.document.path, block.line),
        found="a block that is not as it was when it was last verified",
        expected=f"its check in {FILE}",
        hint="it does what it says: run `make verify` and commit that file",
    )
