"""Connects search to the build."""

from __future__ import annotations

from ..site.feature import Feature
from ..site.menu import Landmark
from ..site.signals import feature_init
from .collect import collect
from .plan import SEARCH, menu, plan


def register() -> None:
    """Connect the feature to the engine's signal."""
    feature_init.connect(feature)


def feature(_: object) -> Feature:
    """Return the feature that adds the files of entries and the page that reads them."""
    return Feature(
        name="search",
        needs=("blog",),
        after=("schedule",),
        collect=collect,
        plan=plan,
        menu=menu,
        landmarks=(Landmark("search", SEARCH),),
    )
