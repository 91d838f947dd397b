"""Connects posts and pages to the build."""

from __future__ import annotations

from functools import partial
from typing import Any

from ..site.feature import Feature
from ..site.menu import Landmark
from ..site.signals import feature_init
from .collect import ARCHIVE, KeptBlog, address, collect, counts, menu
from .kept import KeptViews
from .kinds import KINDS
from .moved import moved
from .plan import plan
from .sections import sections


def register() -> None:
    """Answer the engine's signal."""
    feature_init.connect(feature)


def feature(engine: Any) -> Feature:
    """Posts, pages and their lists."""
    return Feature(
        name="blog",
        sections=sections(engine.site_settings),
        kinds=KINDS,
        menu=menu,
        landmarks=(Landmark("posts", ARCHIVE),),
        address=address,
        collect=partial(collect, kept=KeptBlog()),
        plan=partial(plan, views=KeptViews()),
        moved=moved,
        counts=counts,
    )
