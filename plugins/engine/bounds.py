"""Limits of one template: processor time, memory, and the bytes of its page."""

from __future__ import annotations

import contextlib
import resource
import sys
from collections.abc import Iterator

from jinja2 import Template, TemplateError
from msgspec import Struct

from ..source.patience import looked_at

MOST_MEMORY = 1_000_000_000
"""The bytes by which the process may grow; a page of 20 MB takes a tenth of it."""

LONGEST = 4
"""The most bytes of a character in UTF-8."""

RSS_UNIT = 1 if sys.platform == "darwin" else 1024
"""The unit of `ru_maxrss` in bytes (getrusage(2))."""


class BoundsError(TemplateError):
    """A template exceeded its time, memory or size."""


class Bounds(Struct, frozen=True):
    """The limits of one page: seconds of processor time, and bytes."""

    seconds: float = 20.0
    size: int = 20_000_000

    def rendered(self, template: Template, names: dict[str, object]) -> str:
        """Return the text of a page; raise BoundsError if it takes too much."""
        with _watched(self.seconds):
            text = template.render(names)
        size = len(text.encode()) if len(text) * LONGEST > self.size else 0
        if size > self.size:
            most, found = (f"{number / 1_000_000:.4g} MB" for number in (self.size, size))
            raise BoundsError(f"makes a page of {found}, more than {most} (PAGE_SIZE_LIMIT)")
        return text


@contextlib.contextmanager
def _watched(seconds: float) -> Iterator[None]:
    """Raise BoundsError inside the block if it takes too long or too much memory."""
    before, taken = _memory(), list[str]()

    def look(spent: float) -> None:
        if spent > seconds:
            taken.append(f"takes more than {seconds:g} seconds (TEMPLATE_TIME_LIMIT)")
        if _memory() - before > MOST_MEMORY:
            taken.append(f"takes more than {MOST_MEMORY // 1_000_000:,} MB of memory")
        if taken:
            raise BoundsError(taken[0])

    try:
        with looked_at(look):
            yield
    except TypeError:
        # Jinja 3.1 raises it when it looks for the line of an error raised between two lines.
        if taken:
            raise BoundsError(taken[0]) from None
        raise


def _memory() -> int:
    """Return the peak memory of this process in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * RSS_UNIT
