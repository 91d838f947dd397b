"""Which themes are written for plain Pelican, and which settings such a theme asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

OUR_TEMPLATES = ("home.html", "list.html")
"""What every theme of ours has, since our plan asks for it, and Pelican has no page for."""

HOUSE = Path(__file__).parents[1]
OUR_THEME = next(folder for folder in (HOUSE / "theme", HOUSE.parent / "theme") if folder.is_dir())
"""Our own: in the installed package, or next to `plugins/` in the repository."""

# Matches `SITEURL` and `GITHUB_URL`; not `Sitemap`, `A` or `siteurl`.
SETTING = re.compile(r"\b[A-Z][A-Z0-9_]+\b")


def is_for_pelican(theme: Path) -> bool:
    """Whether a theme is none of ours."""
    return not all((theme / "templates" / name).is_file() for name in OUR_TEMPLATES)


def settings_of(theme: Path) -> Iterator[str]:
    """The names of settings that the templates of a theme mention."""
    for file in sorted((theme / "templates").rglob("*")):
        if file.is_file():
            yield from SETTING.findall(file.read_text("utf-8", errors="replace"))
