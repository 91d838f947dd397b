"""Collects everything that can be found, in parts, so that an edit changes only one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from ..blog.model import Blog
from ..schedule.events import events_of
from ..site.site import Site
from ..source.problem import Problems
from .entries import event_entries, page_entry, post_entry
from .model import Entry, Part, Search, in_order

T = TypeVar("T")

POSTS_A_PART = 100
"""The number of posts in a part; if one post is edited, a build makes so many entries again."""

MOST_PARTS = 32
"""The most parts of posts. For more posts, parts are twice as large: a reader fetches all parts."""


def collect(site: Site, _: Problems) -> Search:
    """Return everything to be found: nothing hidden, and drafts only where lists show them."""
    blog, settings = site.part("blog", Blog), site.settings
    pages = [page for page in blog.pages if page.front_matter.status != "hidden"]
    parts = [
        _part(f"posts/{number}", (post_entry(settings, post) for post in some))
        for number, some in enumerate(divided(blog.listed), 1)
    ]
    if pages:
        parts.append(_part("pages", (page_entry(settings, page) for page in pages)))
    events = [
        _part(f"events/{edition.slug}", event_entries(site, edition))
        for edition in events_of(site).listed
    ]
    return Search((*parts, *events))


def divided(posts: tuple[T, ...]) -> Iterator[tuple[T, ...]]:
    """Return the posts in parts from the oldest on, so that a new post changes only the last part.

    `posts` are newest first.
    """
    oldest_first, size = posts[::-1], POSTS_A_PART
    while len(posts) > size * MOST_PARTS:
        size *= 2
    return (oldest_first[start : start + size] for start in range(0, len(posts), size))


def _part(name: str, entries: Iterable[Entry]) -> Part:
    return Part(f"search/{name}.json", in_order(entries))
