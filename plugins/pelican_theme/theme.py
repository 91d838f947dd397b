"""The detection of themes for plain Pelican, and of the settings that such a theme uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

OUR_TEMPLATES = ("home.html", "list.html")
"""Templates that every theme of ours has, since our plan needs them, and Pelican's have not."""

HOUSE = Path(__file__).parents[1]
OUR_THEME = next(folder for folder in (HOUSE / "theme", HOUSE.parent / "theme") if folder.is_dir())
"""Our own theme: in the installed package, or next to `plugins/` in the repository."""

# Matches `SITEURL` and `GITHUB_URL`; not `Sitemap`, `A` or `siteurl`.
SETTING = re.compile(r"\b[A-Z][A-Z0-9_]+\b")


def is_for_pelican(theme: Path) -> bool:
    """Return True if a theme lacks a template that all of ours have."""
    return not all((theme / "templates" / name).is_file() for name in OUR_TEMPLATES)


def settings_of(theme: Path) -> Iterator[str]:
    """Yield the names of settings that the templates of a theme mention."""
    for file in sorted((theme / "templates").rglob("*")):
        if file.is_file():
            yield from SETTING.findall(file.read_text("utf-8", errors="replace"))
