"""All that the site's lists show, in parts of which an edit changes one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from ..blog.model import Blog, Page, Post
from ..schedule.events import Edition, events_of
from ..site.site import Site
from ..source.kept import Kept, Made
from ..source.problem import Problems
from ..source.settings import SiteSettings
from .entries import event_entries, page_entry, post_entry
from .model import Entry, Part, Search, in_order

P = TypeVar("P", Post, Page)
T = TypeVar("T")

POSTS_A_PART = 100
"""A build that has one post edited makes the entries of as many again."""

MOST_PARTS = 32
"""With more, each holds twice as many: a reader fetches all of them."""


def collect(site: Site, _: Problems, *, kept: Kept[Part]) -> Search:
    """What is found: nothing hidden, and drafts only where lists show them too."""
    kept.turn()
    blog = site.part("blog", Blog)
    pages = tuple(page for page in blog.pages if page.front_matter.status != "hidden")
    return Search(
        parts=(
            *_post_parts(site, blog.listed, kept),
            *([_part("pages", site, pages, page_entry, kept)] if pages else []),
            *(_event_part(site, edition) for edition in events_of(site).listed),
        )
    )


def _post_parts(site: Site, posts: tuple[Post, ...], kept: Kept[Part]) -> Iterator[Part]:
    for number, some in enumerate(divided(posts), 1):
        yield _part(f"posts/{number}", site, some, post_entry, kept)


def divided(posts: tuple[T, ...]) -> Iterator[tuple[T, ...]]:
    """The posts, newest first, in parts from the oldest on: a new one changes the last alone."""
    oldest_first, size = posts[::-1], POSTS_A_PART
    while len(posts) > size * MOST_PARTS:
        size *= 2
    return (oldest_first[start : start + size] for start in range(0, len(posts), size))


def _part(
    name: str,
    site: Site,
    items: tuple[P, ...],
    entry: Callable[[SiteSettings, P], Entry],
    kept: Kept[Part],
) -> Part:
    """The entries of posts or pages, which are made only when one of these has changed."""
    inputs = site.settings, *((item.document, item.path, item.mark) for item in items)

    def make() -> tuple[Entry, ...]:
        return in_order(entry(site.settings, item) for item in items)

    return kept.of(name, inputs, lambda: Part(_path(name), Made(inputs, make)))


def _event_part(site: Site, edition: Edition) -> Part:
    entries = in_order(event_entries(site, edition))
    return Part(_path(f"events/{edition.slug}"), Made(entries, lambda: entries))


def _path(name: str) -> str:
    return f"search/{name}.json"
