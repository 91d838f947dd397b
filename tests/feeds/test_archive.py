"""Older entries stay in reach, in documents that never change once they are there (RFC 5005)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from lxml import etree

from tests.feeds.newsroom import Newsroom, Web
from tests.feeds.test_subscriber import Draft, names, walked

SPACES = {"a": "http://www.w3.org/2005/Atom", "fh": "http://purl.org/syndication/history/1.0"}
FEEDS = "https://tea.example/feeds"


@pytest.fixture
def room() -> Newsroom:
    """34 posts of 2011 and 30 of 2012, nine days apart."""
    days = [date(2011, 1, 1) + timedelta(10 * n) for n in range(34)]
    days += [date(2012, 1, 1) + timedelta(10 * n) for n in range(30)]
    posts = [Draft(f"post-{n}", day) for n, day in enumerate(days)]
    return Newsroom(posts={post.name: post.source for post in posts})


def archives(web: Web) -> Iterator[str]:
    return (url for url in web if url.startswith(f"{FEEDS}/all/"))


def links(data: bytes) -> dict[str, str]:
    found = etree.fromstring(data).xpath("/a:feed/a:link | /rss/*/a:link", namespaces=SPACES)
    return {link.get("rel"): link.get("href").removeprefix(f"{FEEDS}/") for link in found}


def differing(before: Web, after: Web) -> set[str]:
    changed = {url for url in before.keys() | after.keys() if before.get(url) != after.get(url)}
    return {url.removeprefix(f"{FEEDS}/") for url in changed if "/all" in url and ".atom" in url}


def test_archives_are_parts_of_years(room: Newsroom) -> None:
    web = room.publish()

    assert [url.removeprefix(f"{FEEDS}/all/") for url in archives(web)] == [
        "2011.atom.xml",
        "2011-2.atom.xml",
        "2011-3.atom.xml",
        "2011-4.atom.xml",
        "2012.atom.xml",
    ]
    assert [len(items) for items in walked(web, room.url)] == [20, 10, 4, 10, 10, 10]
    whole = [item for items in walked(web, room.url) for item in items]
    assert names(whole) == [f"post-{n}" for n in reversed(range(64))]


def test_documents_are_linked_both_ways(room: Newsroom) -> None:
    web = room.publish()
    subscription, first = web[f"{FEEDS}/all.atom.xml"], web[f"{FEEDS}/all/2011.atom.xml"]

    assert links(subscription)["prev-archive"] == "all/2012.atom.xml"
    assert links(web[f"{FEEDS}/all.rss.xml"]) | {"self": ""} == {
        "self": "",
        "prev-archive": "all/2012.atom.xml",
    }
    assert links(first) == {
        "self": "all/2011.atom.xml",
        "alternate": "https://tea.example/",
        "current": "all.atom.xml",
        "next-archive": "all/2011-2.atom.xml",
    }
    assert "next-archive" not in links(web[f"{FEEDS}/all/2012.atom.xml"])
    assert etree.fromstring(subscription).find("fh:archive", SPACES) is None
    assert all(
        etree.fromstring(web[u]).find("fh:archive", SPACES) is not None for u in archives(web)
    )


def test_new_post_changes_no_archive(room: Newsroom) -> None:
    before = room.publish()
    room.posts["new"] = Draft("new", date(2013, 1, 1)).source

    assert differing(before, room.publish()) == {"all.atom.xml"}


def test_archive_gains_a_link_to_the_next_and_never_an_entry(room: Newsroom) -> None:
    before = room.publish()
    for number in range(10):
        room.posts[f"new-{number}"] = Draft(f"new-{number}", date(2013, 1, 1 + number)).source
    after = room.publish()

    assert differing(before, after) == {"all.atom.xml", "all/2012.atom.xml", "all/2012-2.atom.xml"}
    newest = "all/2012.atom.xml"
    entries = [
        etree.fromstring(web[f"{FEEDS}/{newest}"]).findall("a:entry", SPACES)
        for web in (before, after)
    ]
    assert [etree.tostring(e) for e in entries[0]] == [etree.tostring(e) for e in entries[1]]


def test_edit_of_an_old_post_changes_its_archive_alone(room: Newsroom) -> None:
    before = room.publish()
    room.posts["post-3"] = Draft("post-3", date(2011, 1, 31), modified=date(2014, 1, 1)).source

    assert differing(before, room.publish()) == {"all/2011.atom.xml"}
