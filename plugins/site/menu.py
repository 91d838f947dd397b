"""Entries of the navigation and pages that others link to, as features add them."""

from __future__ import annotations

from msgspec import Struct

SETTINGS_PLACE = 50
"""The place of the entries of the setting `MENUITEMS` among those of features."""


class MenuEntry(Struct, frozen=True, order=True):
    """An entry of the navigation; entries are sorted by their fields."""

    place: int
    """10 for posts, 20 for events, 30 for pages; above 50 for what comes after `MENUITEMS`."""
    order: int
    """Its position among the entries of the same place."""
    label: str
    path: str
    """The path of its page, below the output."""


class Landmark(Struct, frozen=True):
    """A page that a site has once, and that pages of other features link to."""

    role: str
    """The name by which other features ask for it: `posts`, `search`, `subscribe`."""
    path: str
    """Its path below the output. No other page may have it."""
