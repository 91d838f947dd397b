"""The build itself: six stages from files to a site that is exchanged in one step."""

from __future__ import annotations

from typing import Any


def Engine(settings: dict[str, Any]) -> Any:  # noqa: N802  what Pelican calls as a class
    """Return what builds with these settings, for Pelican's `PELICAN_CLASS`.

    To run a settings file, which names it, so takes no part of the engine.
    """
    from .engine import Engine as Builder  # noqa: PLC0415

    return Builder(settings)


__all__ = ["Engine"]
