"""What the page to search at sees."""

from __future__ import annotations

from msgspec import Struct

from ..site.view import HeadView, LinkView


class FoundView(Struct, frozen=True):
    """Something that can be found, in a line."""

    label: str
    url: str
    kind: str


class SearchPage(Struct, frozen=True):
    """The page to search at. Template: search.html."""

    head: HeadView
    parts: tuple[str, ...]
    """The addresses of the lists that its script reads."""
    elsewhere: tuple[LinkView, ...]
    """Where to look instead."""
    everything: tuple[FoundView, ...]
    """What there is, for browsers without script; of a large site the newest."""
