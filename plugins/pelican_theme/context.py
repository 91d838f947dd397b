"""Pelican's settings for its themes, with the addresses, menu and feeds of the site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..blog.model import Blog
from ..feeds.formats import ATOM, RSS, feed_stem
from ..site.announce import feed_views
from ..site.site import Site, file_for

READERS = ("htm", "html", "markdown", "md", "mdown", "mkd", "rst")
"""The endings of files that Pelican has a reader for."""

SORTS = ("category", "tag", "author")


def pelican_settings(site: Site, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings for Pelican's generators, which read no files and no clock."""
    return {
        **settings,
        "READERS": dict.fromkeys(READERS),
        "CACHE_CONTENT": False,
        "WITH_FUTURE_DATES": True,
        **{f"{sort.upper()}_SAVE_AS": file_for(settings[f"{sort.upper()}_URL"]) for sort in SORTS},
        **_archive_of_years(site, settings),
        "MENUITEMS": [*_menu(site), *settings.get("MENUITEMS", ())],
        **dict(_feeds(site)),
    }


def _archive_of_years(site: Site, settings: Mapping[str, Any]) -> dict[str, str]:
    """Return the settings of a year's archive, unless the author has set them."""
    if settings["YEAR_ARCHIVE_SAVE_AS"]:
        return {}
    url = re.sub(r"{year[^}]*}", "{date:%Y}", site.settings.archive_url)
    return {"YEAR_ARCHIVE_URL": url, "YEAR_ARCHIVE_SAVE_AS": file_for(url)}


def _menu(site: Site) -> Iterator[tuple[str, str]]:
    """Yield entries of our own menu that themes do not show by themselves, like the events."""
    shown = {page.path for page in site.part("blog", Blog).pages}
    shown |= {landmark.path for landmark in site.landmarks}
    return ((e.label, site.url(e.path)) for e in site.menu if e.path not in shown)


def _feeds(site: Site) -> Iterator[tuple[str, str | None]]:
    """Yield the settings with which themes announce feeds; None for feeds that the site lacks."""
    stems: dict[str, str | None] = {"FEED": None, "TRANSLATION_FEED": None}
    stems["FEED_ALL"] = feed_stem("all") if site.feeds else None
    for sort in SORTS:
        stems[f"{sort.upper()}_FEED"] = feed_stem(sort, "{slug}") if _all_have(site, sort) else None
    for prefix, stem in stems.items():
        for format in (ATOM, RSS):
            name, path = f"{prefix}_{format.name.upper()}", stem and stem + format.ending
            yield from ((name, path), (f"{name}_URL", path))


def _all_have(site: Site, sort: str) -> bool:
    """Return True if every category, tag or author that a theme may show has a feed."""
    feeds, blog = feed_views(site), site.part("blog", Blog)
    if sort == "category" and not all(post.front_matter.category for post in blog.posts):
        return False
    return bool(site.feeds) and all((sort, term.slug) in feeds for term in blog.terms[sort])
