"""Connects posts and pages to the build."""

from __future__ import annotations

from ..core.feature import Feature
from ..engine.signals import feature_init
from .collect import address, collect
from .plan import plan


def register() -> None:
    """Answer the engine's signal."""
    feature_init.connect(feature)


def feature(engine: object) -> Feature:
    """Posts, pages and their lists."""
    return Feature(name="blog", address=address, collect=collect, plan=plan)
