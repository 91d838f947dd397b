"""The settings of command blocks: `COMMAND = {"fold_after": 20}` in `pelicanconf.py`."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from .evaluated import DATA_COMMANDS
from .parse import LOCAL_HOSTS


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The settings for reading and showing command blocks."""

    fold_after: Annotated[int, Meta(ge=1)] = 10
    """The number of lines of a step's output that are shown; the lines after them are folded."""
    local_hosts: tuple[str, ...] = LOCAL_HOSTS
    """Hosts in prompts that are the reader's own machine; their steps are not marked as remote."""
    data_commands: tuple[str, ...] = ()
    """Further commands that evaluate none of their arguments, so that values may be any text."""

    @property
    def all_data_commands(self) -> tuple[str, ...]:
        """Return the built-in data commands and those of this setting."""
        return (*DATA_COMMANDS, *self.data_commands)
