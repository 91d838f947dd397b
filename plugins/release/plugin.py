"""The plugin for releases."""

from __future__ import annotations

from ..site.feature import Feature
from ..site.signals import feature_init
from .collect import collect, counts, moments, reads_data
from .model import Notes
from .plan import plan
from .read import read_tree


def register() -> None:
    """Answer the engine's signal."""
    feature_init.connect(feature)


def feature(_: object) -> Feature:
    """Return the feature: products, their versions, and the upgrades between them."""
    return Feature(
        name="release",
        leaves=(Notes,),
        trees=(read_tree,),
        reads_data=reads_data,
        needs=("blog",),
        collect=collect,
        moments=moments,
        plan=plan,
        counts=counts,
    )
