"""The branches of a product in the format of endoflife.date (its API, version 0).

An unknown release date is left out; an unknown `eol` is `false`, which means not ended.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from .model import Branch, Product


def write_cycles(product: Product) -> bytes:
    """Return the branches as JSON, newest first."""
    cycles = [_cycle(product, branch) for branch in reversed(product.branches)]
    return json.dumps(cycles, indent=1, ensure_ascii=False).encode() + b"\n"


def _cycle(product: Product, branch: Branch) -> dict[str, Any]:
    return {key: value for key, value in _fields(product, branch) if value is not None}


def _fields(product: Product, branch: Branch) -> Iterator[tuple[str, Any]]:
    number = product.latest(branch.name)
    latest = product.versions[number] if number >= 0 else None
    yield "cycle", branch.name
    yield "releaseDate", _day(branch.released)
    if branch.maintained:
        yield "support", _day(branch.maintained)
    yield "eol", _day(branch.ends) or False
    yield "latest", latest.name if latest else None
    yield "latestReleaseDate", _day(latest.date) if latest else None
    yield "lts", False


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
