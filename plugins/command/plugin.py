"""Connects command blocks to the engine."""

from __future__ import annotations

from typing import Any

from ..core.feature import Feature
from ..core.settings import read_feature_settings
from ..engine.signals import feature_init
from .read import INLINE, TREES, fence_readers
from .render import plain
from .script import downloads
from .settings import Settings


def register() -> None:
    """Runs when Pelican loads plugins."""
    feature_init.connect(feature)


def feature(engine: Any) -> Feature:
    """Runs when the engine asks its features what they add."""
    settings = read_feature_settings(Settings, engine.settings, "COMMAND")
    return Feature(
        name="command",
        fences=fence_readers(settings),
        inlines=(INLINE,),
        trees=TREES,
        downloads=downloads,
        plain=plain,
    )
