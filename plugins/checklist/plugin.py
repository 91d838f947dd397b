"""Registers checklists with the engine."""

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
    """Connect the feature; Pelican calls this when it loads plugins."""
    feature_init.connect(feature)


def feature(engine: Any) -> Feature:
    """Return what checklists add to a site; runs when the engine collects its features."""
    settings = read_feature_settings(Settings, engine.settings, "CHECKLIST")
    return Feature(
        name="checklist", leaves=(Checklist,), trees=(tree_reader(settings),), plain=render_glyphs
    )
