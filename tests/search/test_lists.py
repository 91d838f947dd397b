"""The lists that the search page reads: what is in them, and how they are divided."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.search.collect import divided
from tests.site_folder import SiteFolder

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", ["posts/1.json", "pages.json", "events/small.json"])
def test_list_holds_what_the_public_finds(
    published: SiteFolder, name: str, matches: Callable[[str, Path], None]
) -> None:
    matches(published.page(f"search/{name}"), GOLDEN / name)


def test_nothing_hidden_has_a_list(published: SiteFolder) -> None:
    lists = (published.output / "search").rglob("*.json")

    assert [file for file in lists if "ecret" in file.name + file.read_text("utf-8")] == []


def test_author_finds_drafts_and_what_is_scheduled_with_their_marks(preview: SiteFolder) -> None:
    found = preview.page("search/posts/1.json").splitlines()

    assert [line.split('"')[5] for line in found if "(" in line] == [
        "Essay (scheduled for 3 January 2013)",
        "Essay (draft)",
    ]


def test_new_post_changes_the_last_part_alone() -> None:
    posts = tuple(range(250, 0, -1))

    parts = list(divided(posts))

    assert [len(part) for part in parts] == [100, 100, 50]
    assert list(divided((251, *posts)))[:2] == parts[:2]


def test_readers_of_a_large_site_fetch_few_parts() -> None:
    sizes = {
        count: [len(p) for p in divided(tuple(range(count)))] for count in (3200, 3201, 10_000)
    }

    assert sizes == {
        3200: [100] * 32,
        3201: [200] * 16 + [1],
        10_000: [400] * 25,
    }


def test_every_page_leads_to_the_search(published: SiteFolder) -> None:
    pages = [
        f for f in published.output.rglob("*.html") if "http-equiv" not in f.read_text("utf-8")
    ]

    assert [p for p in pages if p.read_text("utf-8").count('action="/site/search/"') < 1] == []


def test_page_tells_where_to_look_instead(published: SiteFolder) -> None:
    page = published.page("search/index.html")
    section = page.partition('id="elsewhere"')[2].partition("</section>")[0]

    assert [line for line in section.splitlines() if line.startswith("<li>")] == [
        '<li><a href="/site/archive/">All posts by year</a></li>',
        '<li><a href="/site/tags/">Tags</a></li>',
        '<li><a href="/site/authors/">Authors</a></li>',
        '<li><a href="/site/events/">All events</a></li>',
        '<li><a href="/site/events/small/schedule/">Schedule of Small Conference</a></li>',
    ]
