"""Connects releases to the build."""

from __future__ import annotations

from ..site.feature import Feature
from ..site.signals import feature_init
from .collect import collect, counts, reads_data
from .plan import plan
from .read import read_tree


def register() -> None:
    """Answer the engine's signal."""
    feature_init.connect(feature)


def feature(_: object) -> Feature:
    """Products, their versions, and the ways between them."""
    return Feature(
        name="release",
        trees=(read_tree,),
        reads_data=reads_data,
        needs=("blog",),
        collect=collect,
        plan=plan,
        counts=counts,
    )
