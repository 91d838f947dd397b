"""Registers command blocks with the engine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..site.feature import Feature
from ..site.signals import feature_init
from ..source.problem import shown_path
from ..source.settings import read_feature_settings
from .checked import check_reader
from .model import CommandBlock
from .read import INLINES, TREES, fence_readers
from .render import plain
from .script import downloads
from .settings import Settings
from .verify.record import holding, read_record


def register() -> None:
    """Connect the feature; Pelican calls this when it loads plugins."""
    feature_init.connect(feature)


def feature(engine: Any) -> Feature:
    """Return what command blocks add to a site; runs when the engine collects its features."""
    settings = read_feature_settings(Settings, engine.settings, "COMMAND")
    content = Path(engine.settings["PATH"])
    record = holding(read_record(content), content)
    checks = {shown_path(content, source): page for source, page in record.items()}
    return Feature(
        name="command",
        leaves=(CommandBlock,),
        fences=fence_readers(settings),
        inlines=INLINES,
        knows=checks,
        trees=(*TREES, check_reader(checks)),
        downloads=downloads,
        plain=plain,
    )
