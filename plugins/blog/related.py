"""Finds related posts, and the reasons: the same series, event, rare tags, category."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct

from .model import Blog, Post

MOST = 3
"""The number of related posts shown."""
NEIGHBOURS = 20
"""The number of posts compared on each side, by date, for one mark: so the work grows linearly."""

WEIGHTS = {"series": 4.0, "event": 4.0, "tag": 2.0, "category": 0.5}


class Related(Struct, frozen=True):
    """A related post and the reason, like “also tagged alembic, migrations”."""

    post: Post
    reason: str


Mark = tuple[str, str]


class RelatedPosts:
    """An index of all listed posts by their marks, which finds related posts."""

    def __init__(self, blog: Blog) -> None:
        listed = blog.listed
        self._posts = {post.source: post for post in listed}
        self._newness = {post.source: -post.date.timestamp() for post in listed}
        self._by_mark: dict[Mark, list[str]] = defaultdict(list)
        self._position: dict[tuple[str, str, str], int] = {}
        for post in listed:
            for mark in _marks(post):
                self._position[(*mark, post.source)] = len(self._by_mark[mark])
                self._by_mark[mark].append(post.source)
        # The fewer posts have a mark, the more it counts.
        self._weight = {m: WEIGHTS[m[0]] * (1 + 1 / len(has)) for m, has in self._by_mark.items()}

    def to(self, post: Post) -> tuple[Related, ...]:
        """Return the most related posts, best first; of equals, the newer, then by file.

        A shared category alone does not relate two posts.
        """
        shared: dict[str, list[Mark]] = defaultdict(list)
        scores: dict[str, float] = defaultdict(float)
        strong: set[str] = set()
        for mark in _marks(post):
            for other in self._near(mark, post.source):
                shared[other].append(mark)
                scores[other] += self._weight[mark]
                if mark[0] != "category":
                    strong.add(other)
        strong.discard(post.source)
        best = heapq.nsmallest(MOST, ((-scores[s], self._newness[s], s) for s in strong))
        return tuple(Related(self._posts[s], _reason(shared[s])) for _, _, s in best)

    def _near(self, mark: Mark, source: str) -> list[str]:
        position = self._position.get((*mark, source), 0)
        return self._by_mark[mark][max(0, position - NEIGHBOURS) : position + NEIGHBOURS + 1]


def _marks(post: Post) -> Iterator[Mark]:
    front_matter = post.front_matter
    if front_matter.series:
        yield "series", front_matter.series
    if front_matter.event:
        yield "event", front_matter.event
    for tag in front_matter.tags:
        yield "tag", tag
    if front_matter.category:
        yield "category", front_matter.category


def _reason(marks: list[Mark]) -> str:
    tags = [name for sort, name in marks if sort == "tag"]
    reasons = []
    if any(sort == "series" for sort, _ in marks):
        reasons.append("same series")
    if any(sort == "event" for sort, _ in marks):
        reasons.append("same event")
    if tags:
        reasons.append(f"also tagged {', '.join(tags)}")
    return "; ".join(reasons)
