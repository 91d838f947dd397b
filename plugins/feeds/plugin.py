"""The plugin for feeds; they are written last, after all pages."""

from __future__ import annotations

from functools import partial
from typing import Any

from ..site.feature import Feature
from ..site.menu import Landmark
from ..site.signals import feature_init
from ..source.settings import read_feature_settings
from .collect import collect
from .formats import SUBSCRIBE, site_feeds
from .plan import counts, plan
from .settings import Settings


def register() -> None:
    """Answer the engine's signal."""
    feature_init.connect(feature)


def feature(engine: Any) -> Feature:
    """Return the site's feeds, and the page that lists them."""
    settings = read_feature_settings(Settings, engine.settings, "FEEDS")
    return Feature(
        name="feeds",
        needs=("blog",),
        after=("schedule", "release"),
        collect=collect,
        plan=partial(plan, settings=settings, theme=engine.theme),
        counts=counts,
        announces=site_feeds,
        landmarks=(Landmark("subscribe", SUBSCRIBE),),
    )
