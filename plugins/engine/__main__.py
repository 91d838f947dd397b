"""`python -m plugins.engine content -s pelicanconf.py`: says that nothing changed, or builds."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from .unchanged import told_unchanged


def main(arguments: Sequence[str]) -> None:
    """Do what the arguments ask for, if there is anything to do."""
    if not told_unchanged(arguments):
        # Pelican, the features and their libraries take long to import.
        from .command import main as build  # noqa: PLC0415

        build(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
