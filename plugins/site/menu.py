"""The navigation, and the pages that others lead to, as features add them."""

from __future__ import annotations

from msgspec import Struct

SETTINGS_PLACE = 50
"""Where the setting `MENUITEMS` comes among the entries of features."""


class MenuEntry(Struct, frozen=True, order=True):
    """An entry of the navigation; entries stand in the order of their fields."""

    place: int
    """Posts have 10, events 20, pages 30, and what comes after `MENUITEMS` more than 50."""
    order: int
    """Where it stands among the entries of its place."""
    label: str
    path: str
    """Of its page, below the output."""


class Landmark(Struct, frozen=True):
    """A page that there is once on a site, and that pages of other features lead to."""

    role: str
    """What others ask for it by: `posts`, `search`, `subscribe`."""
    path: str
    """Below the output. No other page may have it."""
