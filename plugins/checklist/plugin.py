"""Connects checklists to the engine."""

from __future__ import annotations

from typing import Any

from ..site.feature import Feature
from ..site.signals import feature_init
from ..source.settings import read_feature_settings
from .model import Checklist
from .read import tree_reader
from .render import render_glyphs
from .settings import Settings


def register() -> None:
    """Runs when Pelican loads plugins."""
    feature_init.connect(feature)


def feature(engine: Any) -> Feature:
    """Runs when the engine asks its features what they add."""
    settings = read_feature_settings(Settings, engine.settings, "CHECKLIST")
    return Feature(
        name="checklist", leaves=(Checklist,), trees=(tree_reader(settings),), plain=render_glyphs
    )
