"""Connects the shell: the theme's files become rows, and every page gets its site view."""

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
    """Answer the engine's signal."""
    feature_init.connect(feature)


def feature(engine: Any) -> Feature:
    """The shell of the theme that the settings name."""
    static = engine.theme / "static"
    find = partial(collect, static=static)
    return Feature(name="shell", collect=find, plan=plan)


def collect(site: Site, problems: Problems, *, static: Path) -> Shell:
    """The theme's files, and the view that all pages share."""
    digests = site.memo.digests_below(static)
    kind = tuple[Assets, list[Problem]]
    found, told = site.memo.call(find_assets, static, digests, kind=kind)
    problems += told
    return Shell(found, view_site(site, found))


def plan(site: Site) -> Iterable[Row]:
    """A row for each of the theme's files."""
    assets = site.part("shell", Shell).assets
    for path, data in assets.texts:
        yield WriterRow(assets.folder + path, Place(f"theme/static/{path}"), partial(bytes, data))
    for path, file in assets.files:
        yield CopyRow(assets.folder + path, Place(f"theme/static/{path}"), Path(file))
