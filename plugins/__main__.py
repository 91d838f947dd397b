"""`hallway COMMAND`: everything that can be done in the folder of a site.

In this repository `python -m plugins COMMAND` is the same; the Makefile of a site calls it.
"""

from __future__ import annotations

import runpy
import sys
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from types import MappingProxyType

PREVIEW = ("content", "-o", "output", "-s", "pelicanconf.py")
PUBLIC = ("content", "-o", "output", "-s", "publishconf.py")

COMMANDS: Mapping[str, tuple[str, Sequence[str]]] = MappingProxyType(
    {
        "new-site": ("begin.new_site", ()),
        "new": ("begin.new_text", ()),
        "upgrade": ("begin.upgrade", ()),
        "downgrade": ("begin.upgrade", ("--back",)),
        "html": ("engine", PREVIEW),
        "serve": ("serve", ("output",)),
        "devserver": ("serve", ("--watch", *PREVIEW)),
        "publish": ("engine", PUBLIC),
        "plan": ("engine", (*PUBLIC, "--plan")),
        "rollback": ("engine", (*PUBLIC, "--rollback")),
        "verify-output": ("engine", (*PUBLIC, "--verify-output")),
        "adopt-feed": ("engine", (*PUBLIC, "--adopt-feed")),
        "check": ("engine", (*PREVIEW, "--check")),
        "verify": ("command.verify", ("content", "-s", "pelicanconf.py")),
        "import": ("schedule.imports", ("content",)),
    }
)
"""By name: the room that does it, and its first arguments."""

USAGE = f"usage: hallway COMMAND, one of {', '.join(COMMANDS)}"

WRONG = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the room that a command names, in this process; return 2 for an unknown command."""
    name, *rest = (sys.argv[1:] if arguments is None else arguments) or [""]
    if name in {"help", "-h", "--help"}:
        print(USAGE)
        return 0
    if name not in COMMANDS:
        print(_unknown(name), file=sys.stderr)
        return WRONG
    room, first = COMMANDS[name]
    sys.argv[1:] = [*first, *rest]
    runpy.run_module(f"{__package__}.{room}", run_name="__main__", alter_sys=True)
    return 0


def _unknown(name: str) -> str:
    """Return what to type instead of a command that there is none of."""
    near = get_close_matches(name, COMMANDS, n=1)
    hint = f"\n  hint: did you mean “{near[0]}”?" if near else ""
    return f"{f'found “{name}”; ' if name else ''}{USAGE}{hint}"


if __name__ == "__main__":
    sys.exit(main())
