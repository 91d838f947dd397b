"""Which posts are related to a post, and why: shared series, event, rare tags, category."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from .model import Blog, Post

MOST = 3
"""Related posts shown."""
NEIGHBOURS = 20
"""Posts on each side, by date, that are looked at under one tag: so the work grows linearly."""

WEIGHTS = {"series": 4.0, "event": 4.0, "tag": 2.0, "category": 0.5}


@dataclass(frozen=True, slots=True)
class Related:
    """A related post and the reason, like “also tagged alembic, migrations”."""

    post: Post
    reason: str


class RelatedPosts:
    """Finds related posts; knows every listed post by its marks."""

    def __init__(self, blog: Blog) -> None:
        self._by_mark: dict[tuple[str, str], list[Post]] = defaultdict(list)
        self._position: dict[tuple[str, str, str], int] = {}
        for post in blog.listed:
            for mark in _marks(post):
                self._position[(*mark, post.source)] = len(self._by_mark[mark])
                self._by_mark[mark].append(post)

    def to(self, post: Post) -> tuple[Related, ...]:
        """The most related posts, best first; of equals the newer, then by file."""
        shared: dict[str, list[tuple[str, str]]] = defaultdict(list)
        posts: dict[str, Post] = {}
        for mark in _marks(post):
            for other in self._near(mark, post):
                if other.source != post.source:
                    shared[other.source].append(mark)
                    posts[other.source] = other
        ranked = sorted(
            shared, key=lambda s: (-self._score(shared[s]), -posts[s].date.timestamp(), s)
        )
        strong = [s for s in ranked if any(sort != "category" for sort, _ in shared[s])]
        return tuple(Related(posts[s], _reason(shared[s])) for s in strong[:MOST])

    def _near(self, mark: tuple[str, str], post: Post) -> list[Post]:
        position = self._position.get((*mark, post.source), 0)
        return self._by_mark[mark][max(0, position - NEIGHBOURS) : position + NEIGHBOURS + 1]

    def _score(self, marks: list[tuple[str, str]]) -> float:
        """A mark counts the more the fewer posts have it."""
        return sum(WEIGHTS[m[0]] * (1 + 1 / len(self._by_mark[m])) for m in marks)


def _marks(post: Post) -> Iterator[tuple[str, str]]:
    front_matter = post.front_matter
    if front_matter.series:
        yield "series", front_matter.series
    if front_matter.event:
        yield "event", front_matter.event
    for tag in front_matter.tags:
        yield "tag", tag
    if front_matter.category:
        yield "category", front_matter.category


def _reason(marks: list[tuple[str, str]]) -> str:
    tags = [name for sort, name in marks if sort == "tag"]
    reasons = []
    if any(sort == "series" for sort, _ in marks):
        reasons.append("same series")
    if any(sort == "event" for sort, _ in marks):
        reasons.append("same event")
    if tags:
        reasons.append(f"also tagged {', '.join(tags)}")
    return "; ".join(reasons)
