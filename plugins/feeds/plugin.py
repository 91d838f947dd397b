"""Connects the feeds: they are written last, when all pages are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ..core.feature import Feature
from ..core.problem import Place
from ..core.site import Row, Site, WriterRow
from ..engine.signals import feature_init
from .collect import collect_feeds
from .render import render_feed


def register() -> None:
    """Answer the engine's signal."""
    feature_init.connect(feature)


def feature(engine: object) -> Feature:
    """The site's feeds."""
    return Feature(name="feeds", needs=("blog",), plan=plan)


def plan(site: Site) -> Iterator[Row]:
    """A row for each feed."""
    for feed in collect_feeds(site):
        path = feed.address.path
        yield WriterRow(path, Place(f"the feed {path}"), partial(render_feed, feed), is_polled=True)
