"""Changelogs in JSON: the releases of GitHub's API, and the context of git-cliff."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from .model import Changelog, ForeignEntry, ForeignRelease
from .text import VERSION, read_body
from .types import type_of


def read_json(data: object) -> Changelog | None:
    """Return the releases in parsed JSON; None if it is from neither program."""
    items = data if isinstance(data, list) else [data]
    kept = [item for item in items if isinstance(item, Mapping)]
    if not kept or len(kept) != len(items):
        return None
    if all("tag_name" in item for item in kept):
        passed: list[str] = []
        releases = tuple(_github(kept, passed))
        return Changelog("GitHub releases", releases, tuple(passed))
    if all("commits" in item for item in kept):
        return Changelog("a git-cliff context", tuple(_git_cliff(kept)))
    return None


def _github(items: Iterable[Mapping[str, Any]], passed: list[str]) -> Iterator[ForeignRelease]:
    for item in items:
        tag = str(item["tag_name"])
        version = VERSION.search(tag)
        if item.get("draft") or not version:
            passed.append(f"{tag}: {'a draft' if item.get('draft') else 'no version'}, passed over")
            continue
        body = str(item.get("body") or "").replace("\r\n", "\n")
        entries, prose = read_body(body)
        yield ForeignRelease(version[1], _day(item.get("published_at")), 0, entries, prose)


def _git_cliff(items: Iterable[Mapping[str, Any]]) -> Iterator[ForeignRelease]:
    for item in items:
        version = VERSION.search(str(item.get("version") or ""))
        if version:
            entries = tuple(_commit(commit) for commit in item["commits"])
            yield ForeignRelease(version[1], _moment(item.get("timestamp")), 0, entries)


def _commit(commit: Mapping[str, Any]) -> ForeignEntry:
    message = str(commit.get("message") or "").strip().split("\n")[0] or "No message"
    text = message[0].upper() + message[1:]
    text = f"Breaking: {text}" if commit.get("breaking") else text
    group = type_of(str(commit.get("group") or "")) or type_of("other")
    assert group
    return ForeignEntry(group, (text,))


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


def _moment(seconds: object) -> date | None:
    return datetime.fromtimestamp(seconds, UTC).date() if isinstance(seconds, int) else None
