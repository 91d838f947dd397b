"""Connect events, schedules and itineraries to the build."""

from __future__ import annotations

from functools import partial
from typing import Any

from ..site.feature import Feature
from ..site.signals import feature_init
from ..source.settings import read_feature_settings
from .collect import collect, moments
from .formats.ical.itinerary import downloads
from .history.moved import moved
from .history.publish import remember
from .model import Itinerary
from .plan import plan
from .read import FENCES
from .render import own_links, plain
from .sections import address, menu, reads_bytes, reads_data, sections
from .settings import Settings


def register() -> None:
    """Connect the feature to the engine's signal; Pelican calls this once."""
    feature_init.connect(feature)


def feature(engine: Any) -> Feature:
    """Return the feature: events with their pages, and the fences of posts.

    Raise ConfigurationError with every wrong value and unknown key in `SCHEDULE`.
    """
    settings = read_feature_settings(Settings, engine.settings, "SCHEDULE")
    return Feature(
        name="schedule",
        sections=sections(),
        reads_data=reads_data,
        reads_bytes=reads_bytes,
        leaves=(Itinerary,),
        fences=FENCES,
        menu=menu,
        address=address,
        plain=plain,
        downloads=downloads,
        own_links=own_links,
        collect=collect,
        moments=moments,
        moved=moved,
        remember=remember,
        plan=partial(plan, settings=settings, theme=engine.theme),
    )
