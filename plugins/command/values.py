"""Tests whether a place accepts a reader's value. The theme's quote.js has the same table."""

from __future__ import annotations

import re
from collections.abc import Collection

from .model import Accepts

TAKEN = {
    Accepts.ANY: re.compile(r".*", re.DOTALL),
    Accepts.ARGUMENT: re.compile(r"(?!-).*", re.DOTALL),
    Accepts.SAFE: re.compile(r"(?![-=]|.*:=)[A-Za-z0-9_.,:@%+/=-]+"),
    Accepts.NAME: re.compile(r"(?!-)[A-Za-z0-9_.-]+"),
    Accepts.OFFERED: re.compile(r"[0-9]+"),
}


def takes(value: str, accepts: Accepts, *, offered: Collection[str]) -> bool:
    """Return whether a place accepts the value; `offered` are the default and the choices."""
    return value in offered or TAKEN[accepts].fullmatch(value) is not None
