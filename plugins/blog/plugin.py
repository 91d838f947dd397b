"""Connects posts and pages to the build."""

from __future__ import annotations

from typing import Any

from ..site.feature import Feature
from ..site.menu import Landmark
from ..site.signals import feature_init
from .collect import ARCHIVE, address, collect, counts, menu, moments
from .kinds import KINDS
from .moved import moved
from .plan import plan
from .sections import sections


def register() -> None:
    """Connect the feature to the engine's signal."""
    feature_init.connect(feature)


def feature(engine: Any) -> Feature:
    """Return the feature that adds posts, pages and their lists."""
    return Feature(
        name="blog",
        sections=sections(engine.site_settings),
        kinds=KINDS,
        menu=menu,
        landmarks=(Landmark("posts", ARCHIVE),),
        address=address,
        collect=collect,
        moments=moments,
        plan=plan,
        moved=moved,
        counts=counts,
    )
