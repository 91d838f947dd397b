"""Connects searching to the build."""

from __future__ import annotations

from functools import partial

from ..site.feature import Feature
from ..site.menu import Landmark
from ..site.signals import feature_init
from ..source.kept import Kept
from .collect import collect
from .model import Part
from .plan import SEARCH, menu, plan


def register() -> None:
    """Answer the engine's signal."""
    feature_init.connect(feature)


def feature(_: object) -> Feature:
    """The lists of what is found, and the page that reads them."""
    return Feature(
        name="search",
        needs=("blog",),
        after=("schedule",),
        collect=partial(collect, kept=Kept[Part]()),
        plan=plan,
        menu=menu,
        landmarks=(Landmark("search", SEARCH),),
    )
