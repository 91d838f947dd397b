"""Connects the shell to the build: the theme's files, and the frame that all pages share."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from ..site.feature import Feature
from ..site.signals import feature_init
from ..site.site import CopyRow, Row, Site, WriterRow
from ..source.problem import Place, Problem, Problems
from .assets import Assets, find_assets
from .view import Shell, view_site


def register() -> None:
    """Connect the feature to the engine's signal."""
    feature_init.connect(feature)


def feature(engine: Any) -> Feature:
    """Return the shell, with the files of the theme that the settings name."""
    static = engine.theme / "static"
    find = partial(collect, static=static)
    return Feature(name="shell", collect=find, plan=plan)


def collect(site: Site, problems: Problems, *, static: Path) -> Shell:
    """Return the theme's files and the view that all pages share."""
    digests = site.memo.digests_below(static)
    kind = tuple[Assets, list[Problem]]
    found, told = site.memo.call(find_assets, static, digests, kind=kind)
    problems += told
    return Shell(found, view_site(site, found))


def plan(site: Site) -> Iterable[Row]:
    """Yield a row for each of the theme's files."""
    assets = site.part("shell", Shell).assets
    for path, data in assets.texts:
        yield WriterRow(assets.folder + path, Place(f"theme/static/{path}"), partial(bytes, data))
    for path, file in assets.files:
        yield CopyRow(assets.folder + path, Place(f"theme/static/{path}"), Path(file))
