"""The contents of `<head>` and the navigation, shared by the pages of all features."""

from __future__ import annotations

import json

from ..markdown.document import Document
from ..markdown.html import shortened
from .menu import SETTINGS_PLACE, MenuEntry
from .site import Site
from .view import FeedView, HeadView, ImageView, LinkView, TranslationView

# ISO 15924 and CLDR list more; these are the languages in use that are written right to left.
RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he ks nqo ps sd syr ug ur yi".split())

DESCRIPTION = 160
"""The longest description, in characters."""


def head_view(
    site: Site,
    path: str,
    *,
    title: str,
    section: str = "",
    description: str = "",
    language: str = "",
    feeds: tuple[FeedView, ...] = (),
    translations: tuple[TranslationView, ...] = (),
    image: ImageView | None = None,
    is_article: bool = False,
    is_indexed: bool = True,
    published: str = "",
    modified: str = "",
    json_ld: str = "",
) -> HeadView:
    """Return the head of the page at a path below the output.

    `section` is the path of the page that this page belongs to; the navigation marks that entry.
    """
    language = language or site.settings.language
    return HeadView(
        title=title,
        description=description or site.settings.subtitle,
        canonical=site.absolute(path),
        language=language,
        direction=direction(language),
        navigation=_navigation(site, path, section),
        feeds=feeds,
        translations=translations,
        image=image,
        is_article=is_article,
        is_indexed=is_indexed,
        published=published,
        modified=modified,
        json_ld=json_ld,
    )


def direction(language: str) -> str:
    """Return `rtl` for a language that is written from right to left, else `ltr`."""
    return "rtl" if language.partition("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


def _navigation(site: Site, path: str, section: str) -> tuple[LinkView, ...]:
    """Return the navigation: the features' entries, with those of `MENUITEMS` at their place."""

    def link(entry: MenuEntry) -> LinkView:
        return _entry(site, entry, path, section)

    before = (link(entry) for entry in site.menu if entry.place < SETTINGS_PLACE)
    theirs = (LinkView(label, url) for label, url in site.settings.menu)
    after = (link(entry) for entry in site.menu if entry.place >= SETTINGS_PLACE)
    return (*before, *theirs, *after)


def _entry(site: Site, entry: MenuEntry, path: str, section: str) -> LinkView:
    """Return a menu entry, marked if the page at the path is its own or is below it."""
    folder = entry.path.removesuffix("index.html")
    is_own = entry.path == path
    is_below = entry.path == section or (bool(folder) and path.startswith(folder))
    return LinkView(entry.label, site.url(entry.path), is_own, is_below and not is_own)


def description_of(document: Document) -> str:
    """Return a sentence or two as plain text: the summary, or else the beginning of the text."""
    return shortened(document.front_matter.summary or document.text, DESCRIPTION)


def script_safe_json(data: object) -> str:
    """Return JSON that cannot end the script element that contains it."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
