"""Values that a reader may fill in: `{{database}}` in commands, checklists and text."""

from __future__ import annotations

from msgspec import Struct, field

NAME = r"[a-z][a-z0-9_]*"


class Placeholder(Struct, frozen=True):
    """One value that a reader may fill in, as its document declares it."""

    name: str
    default: str
    """The text shown without script, in feeds and in print."""
    label: str = ""
    """The label of the input; if empty, the name."""
    pattern: str = ""
    """A regular expression that the whole value must match; empty allows any."""
    choices: tuple[str, ...] = field(default=())
    """The values to choose from; empty allows any."""
