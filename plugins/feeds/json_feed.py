"""The writer of JSON Feed 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from .formats import JSON_FEED
from .model import Feed, FeedEntry, Person, Serialized

VERSION = "https://jsonfeed.org/version/1.1"


def render_json(feed: Feed, entries: Sequence[Serialized]) -> bytes:
    """Return the feed as JSON. Empty fields are left out, except for the list of items."""
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
    head = json.dumps({**_present(data), "items": []}, ensure_ascii=False).removesuffix("]}")
    return f"{head}{', '.join(entry.json for entry in entries)}]}}\n".encode()


def json_item(entry: FeedEntry, html: str) -> str:
    """Return one entry as it is in every feed."""
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
    # An item must have content, even an empty one.
    return json.dumps({**_present(data), "content_html": html}, ensure_ascii=False)


def _people(people: Iterable[Person]) -> list[dict[str, str]]:
    return [_present({"name": person.name, "url": person.url}) for person in people]


def _present(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value}
