"""The feature for a theme that is written for plain Pelican; the engine finds it in `THEME`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from ..site.feature import Feature
from ..site.site import CopyRow, Site
from ..source.problem import Place, shown_path
from .pages import in_its_pages


def feature(settings: Mapping[str, Any]) -> Feature:
    """Return the feature with the pages and files of the theme that the settings name."""
    return Feature(
        name="pelican_theme",
        plan=partial(plan, settings=settings),
        theme=partial(in_its_pages, settings=settings),
    )


def plan(site: Site, *, settings: Mapping[str, Any]) -> Iterator[CopyRow]:
    """Yield a row for each of the theme's static files; hidden ones are skipped."""
    for name in settings["THEME_STATIC_PATHS"]:
        source = Path(settings["THEME"]) / name
        folder = source if source.is_dir() else source.parent
        for file in [source] if source.is_file() else sorted(source.rglob("*")):
            path = file.relative_to(folder).as_posix()
            if file.is_file() and not f"/{path}".count("/."):
                target = f"{settings['THEME_STATIC_DIR']}/{path}"
                yield CopyRow(target, Place(shown_path(file)), file)
