"""The files that are posts, and those that are pages."""

from __future__ import annotations

from functools import partial

from ..site.feature import Section
from ..source.front_matter import read_page, read_post
from ..source.schema import PageFrontMatter, PostFrontMatter
from ..source.settings import SiteSettings


def sections(settings: SiteSettings) -> tuple[Section, ...]:
    """Return the sections of posts and pages.

    A folder of pages inside a folder of posts holds pages only.
    """
    pages, posts = settings.page_paths, settings.article_paths
    is_page = partial(_is_below, folders=pages)
    is_post = partial(_is_below, folders=posts, but=pages)
    return (
        Section("post", _home(posts), is_post, read_post, heads=(PostFrontMatter,)),
        Section("page", _home(pages), is_page, read_page, heads=(PageFrontMatter,)),
    )


def _home(folders: tuple[str, ...]) -> str:
    return f"{folders[0].rstrip('/')}/" if folders and folders[0] else "the content folder"


def _is_below(source: str, *, folders: tuple[str, ...], but: tuple[str, ...] = ()) -> bool:
    inside = any(not folder or source.startswith(f"{folder.rstrip('/')}/") for folder in folders)
    return inside and not (but and _is_below(source, folders=but))
