"""Connects checklists to the engine."""

from __future__ import annotations

from ..core.feature import Feature
from ..engine.signals import feature_init
from .read import tree_reader
from .settings import Settings


def register() -> None:
    """Runs when Pelican loads plugins."""
    feature_init.connect(feature)


def feature(engine: object) -> Feature:
    """Runs when the engine asks its features what they add."""
    return Feature(name="checklist", trees=(tree_reader(Settings()),))
