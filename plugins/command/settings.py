"""The settings of command blocks: `COMMAND = {"fold_after": 20}` in `pelicanconf.py`."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from .evaluated import DATA_COMMANDS
from .parse import LOCAL_HOSTS


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How command blocks are read and shown."""

    fold_after: Annotated[int, Meta(ge=1)] = 10
    """How many lines of a step's output are shown; those after them are folded."""
    local_hosts: tuple[str, ...] = LOCAL_HOSTS
    """Hosts in prompts that are the reader's own machine, so that no step is marked as remote."""
    data_commands: tuple[str, ...] = ()
    """Further commands that evaluate none of their arguments, so that values may be any text."""

    @property
    def all_data_commands(self) -> tuple[str, ...]:
        """These and the ones that are known without them."""
        return (*DATA_COMMANDS, *self.data_commands)
