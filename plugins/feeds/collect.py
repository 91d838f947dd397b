"""Posts become feed entries: whole, with absolute addresses, newest first."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urljoin

from ..blog.model import Blog, Post
from ..core.html import map_attributes
from ..core.site import Site
from .model import SITE_FEEDS, Feed, FeedEntry

MOST_ENTRIES = 30
"""Entries of a subscription document; readers keep about as many."""

ADDRESSES = frozenset({"href", "src", "poster"})


def collect_feeds(site: Site) -> tuple[Feed, ...]:
    """The site's feeds, with the posts that the public finds."""
    posts = [p for p in site.part("blog", Blog).listed if not p.mark][:MOST_ENTRIES]
    entries = tuple(feed_entry(site, post) for post in posts)
    settings = site.settings
    return tuple(
        Feed(
            address=address,
            title=settings.name,
            subtitle=settings.subtitle,
            url=site.absolute(address.path),
            home=site.absolute(""),
            language=settings.language,
            entries=entries,
            rights=settings.copyright,
        )
        for address in SITE_FEEDS
    )


def feed_entry(site: Site, post: Post) -> FeedEntry:
    """One post as an entry."""
    front_matter, url = post.front_matter, site.absolute(post.path)
    return FeedEntry(
        id=site.records[post.source].id,
        url=url,
        title=front_matter.title,
        summary=front_matter.summary or post.document.text,
        html=with_absolute_addresses(site.plain_html(post.document), url),
        published=datetime.fromisoformat(site.records[post.source].published),
        updated=front_matter.modified or front_matter.date,
        authors=post.authors,
        categories=tuple(dict.fromkeys((*_category(post), *front_matter.tags))),
        language=post.language,
    )


def with_absolute_addresses(html: str, url: str) -> str:
    """The markup with every address resolved against the entry's own."""

    def change(tag: str, name: str, value: str) -> str | None:
        if name in ADDRESSES:
            return urljoin(url, value)
        if name == "srcset":
            parts = [part.strip().partition(" ") for part in value.split(",")]
            return ", ".join(f"{urljoin(url, u)}{gap}{size}" for u, gap, size in parts)
        return None

    return map_attributes(html, change)


def _category(post: Post) -> tuple[str, ...]:
    return (post.front_matter.category,) if post.front_matter.category else ()
