"""A subscriber sees each post once, each change once, and nothing that is gone.

Histories of publishes, as each format tells them: one of them whole, the others made by Hypothesis.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.feeds.newsroom import Item, Newsroom, Subscriber, Web, read

ATOM, RSS, JSON_FEED = FORMATS = ("all.atom.xml", "all.rss.xml", "all.json")
FIRST_DAY = date(2012, 1, 1)
ELSEWHERE = "https://elsewhere.example/blog"


@dataclass(frozen=True, slots=True)
class Draft:
    """A post as its author has it."""

    name: str
    day: date
    modified: date | None = None
    slug: str = ""
    is_draft: bool = False

    @property
    def source(self) -> str:
        lines = [f"title: {self.name}", "kind: news", f"date: {self.day}"]
        lines += [f"modified: {self.modified}"] if self.modified else []
        lines += [f"slug: {self.slug}"] if self.slug else []
        lines += ["status: draft"] if self.is_draft else []
        return "\n".join(["---", *lines, "---", self.name, ""])


def walked(web: Web, url: str) -> list[list[Item]]:
    """The documents of the site's feed: the one to subscribe to, then the archives before it."""
    documents, address = [], f"{url}/feeds/{ATOM}"
    while address:
        items, address = read(web[address])
        documents.append(items)
    return documents


def names(items: list[Item]) -> list[str]:
    return [item.content.removeprefix("<p>").removesuffix("</p>") for item in items]


@pytest.mark.parametrize("path", FORMATS)
def test_subscriber_sees_what_is_new_and_what_the_author_points_out(path: str) -> None:
    room, reader = Newsroom(), Subscriber(path)
    tea, pot = Draft("tea", date(2012, 5, 1)), Draft("pot", date(2012, 5, 1))

    def publish(*posts: Draft) -> None:
        room.posts = {post.name: post.source for post in posts}
        reader.poll(room.publish(), room.url)

    publish(pot)
    publish(pot, tea)
    moved = replace(tea, slug="black-tea")
    dated = replace(moved, day=date(2012, 3, 9))
    for quiet in (moved, dated, replace(dated, is_draft=True), dated):
        publish(pot, quiet)
    room.url = ELSEWHERE
    publish(pot, dated)
    assert (names(reader.shown), reader.changed) == (["pot", "tea"], [])

    publish(pot, replace(dated, modified=date(2012, 6, 1)))
    publish(pot)
    assert (names(reader.shown), names(reader.changed)) == (["pot", "tea"], ["tea"])
    assert reader.shown[1].url == "https://tea.example/posts/tea/"
    assert reader.changed[0].url == f"{ELSEWHERE}/posts/black-tea/"


class History(RuleBasedStateMachine):
    """Whatever authors do between publishes, and readers who look in now and then."""

    @initialize()
    def begin(self) -> None:
        self.room = Newsroom()
        self.readers = {path: Subscriber(path) for path in FORMATS}
        self.posts: dict[str, Draft] = {}
        self.known: set[str] = set()
        self.pointed_out: Counter[str] = Counter()
        self.number, self.day = 0, FIRST_DAY

    @rule(count=st.integers(1, 12), gap=st.sampled_from([1, 40]))
    def write(self, count: int, gap: int) -> None:
        """New posts, all of the same second."""
        self.day += timedelta(gap)
        for _ in range(count):
            self.number += 1
            name = f"post-{self.number}"
            self.posts[name] = Draft(name, self.day)

    @precondition(lambda self: self.posts.keys() & self.known)
    @rule(data=st.data(), what=st.sampled_from(["slug", "date", "modified", "draft", "delete"]))
    def change(self, data: st.DataObject, what: str) -> None:
        """A post that readers know changes in one way; a draft goes back online."""
        name = data.draw(st.sampled_from(sorted(self.posts.keys() & self.known)))
        post = self.posts[name]
        if what == "delete":
            del self.posts[name]
            return
        if what == "modified":
            self.pointed_out[name] += 1
        changes = {
            "slug": {"slug": f"{name}-moved"},
            "date": {"day": post.day - timedelta(400)},
            "modified": {"modified": date(2020, 1, 1) + timedelta(self.pointed_out[name])},
            "draft": {"is_draft": not post.is_draft},
        }
        self.posts[name] = replace(post, **changes[what])  # type: ignore[arg-type]

    @rule(url=st.sampled_from(["https://tea.example", ELSEWHERE]))
    def move(self, url: str) -> None:
        self.room.url = url

    @rule(polled=st.sampled_from([FORMATS, (RSS,), ()]))
    def publish(self, polled: tuple[str, ...]) -> None:
        self.room.posts = {post.name: post.source for post in self.posts.values()}
        web = self.room.publish()
        public = sorted(post.name for post in self.posts.values() if not post.is_draft)
        self.known |= set(public)

        subscription, *archives = walked(web, self.room.url)
        assert sorted(names(sum(archives, subscription))) == public
        assert min(20, len(public)) <= len(subscription) < 30
        for path in polled:
            self.readers[path].poll(web, self.room.url)
            self.check(self.readers[path], public)

    def check(self, reader: Subscriber, public: list[str]) -> None:
        shown, changed = names(reader.shown), Counter(names(reader.changed))
        assert len(set(shown)) == len(shown), "shown twice"
        assert changed <= self.pointed_out, "shown as changed, and nothing was"
        if reader.path != JSON_FEED:
            assert set(public) <= set(shown), "lost"


TestHistory = History.TestCase
TestHistory.settings = settings(max_examples=8, stateful_step_count=16)
