"""The view of the search page."""

from __future__ import annotations

from msgspec import Struct

from ..site.view import HeadView, LinkView


class FoundView(Struct, frozen=True):
    """Something that can be found, in a line."""

    label: str
    url: str
    kind: str


class SearchPage(Struct, frozen=True):
    """The search page. Template: search.html."""

    head: HeadView
    parts: tuple[str, ...]
    """The addresses of the files that its script reads."""
    elsewhere: tuple[LinkView, ...]
    """Links to other lists, for readers who do not find it here."""
    everything: tuple[FoundView, ...]
    """The first entries of all parts, for browsers without script."""
