"""`python -m plugins.engine content -s pelicanconf.py`: build unless nothing has changed."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from .unchanged import told_unchanged


def main(arguments: Sequence[str]) -> None:
    """Do what the arguments ask for, unless nothing has changed since the last good build."""
    if not told_unchanged(arguments):
        # Pelican, the features and their libraries take long to import.
        from .command import main as build  # noqa: PLC0415

        build(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
