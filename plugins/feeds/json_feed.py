"""Feeds become JSON Feed 1.1 bytes (jsonfeed.org)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from .formats import JSON_FEED
from .model import Feed, FeedEntry, Person

VERSION = "https://jsonfeed.org/version/1.1"


def render_json(feed: Feed) -> bytes:
    """The feed as JSON. What is empty is left out, but for the list of items."""
    data = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.address + JSON_FEED.ending,
        "description": feed.description,
        "language": feed.language,
        "authors": _people([feed.author]),
        "hubs": [{"type": "WebSub", "url": feed.hub}] if feed.hub else [],
    }
    items = [_item(entry) for entry in feed.entries]
    text = json.dumps({**_present(data), "items": items}, ensure_ascii=False)
    return text.encode() + b"\n"


def _item(entry: FeedEntry) -> dict[str, Any]:
    data = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "image": entry.picture.url if entry.picture else "",
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": _people(entry.authors),
        "tags": list(entry.categories),
        "language": entry.language,
    }
    # An item has to have content, even if there is none.
    return {**_present(data), "content_html": entry.content.html}


def _people(people: Iterable[Person]) -> list[dict[str, str]]:
    return [_present({"name": person.name, "url": person.url}) for person in people]


def _present(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value}
