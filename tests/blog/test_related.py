"""Related posts share something, the rarer the better, and say what."""

from __future__ import annotations

from plugins.blog.model import Blog, Post, newest_first
from plugins.blog.related import RelatedPosts
from tests.blog.posts import make_post


def related(post: Post, *others: Post) -> list[tuple[str, str]]:
    """The related posts by title, with their reasons."""
    blog = Blog(newest_first([post, *others]), ())
    found = RelatedPosts(blog).to(post)
    return [(r.post.document.title, r.reason) for r in found]


def test_post_without_marks_has_no_related_posts() -> None:
    assert related(make_post("a"), make_post("b"), make_post("c")) == []


def test_reason_names_all_that_is_shared() -> None:
    head = "series: S\nevent: pgcon\ntags: [x, y, z]"

    found = related(make_post("a", head=head), make_post("b", head=head.replace("z", "w")))

    assert found == [("b", "same series; same event; also tagged x, y")]


def test_category_alone_relates_nothing() -> None:
    head = "category: Databases"

    assert related(make_post("a", head=head), make_post("b", head=head)) == []


def test_rare_tag_counts_more_than_a_common_one() -> None:
    common = [make_post(f"c{n}", head="tags: [common]") for n in range(5)]
    rare = make_post("r", "2011-01-01", head="tags: [rare]")

    found = related(make_post("a", head="tags: [common, rare]"), *common, rare)

    assert found[0] == ("r", "also tagged rare")
    assert len(found) == 3


def test_of_equals_the_newer_comes_first_then_by_file() -> None:
    head = "tags: [x]"
    others = [make_post("old", "2010-01-01", head=head), *(make_post(n, head=head) for n in "cb")]

    found = related(make_post("a", head=head), *others)

    assert [title for title, _ in found] == ["b", "c", "old"]


def test_hidden_posts_are_related_to_none() -> None:
    hidden = make_post("h", head="tags: [x]\nstatus: hidden")

    assert related(make_post("a", head="tags: [x]"), hidden) == []


def test_hidden_post_still_has_related_posts() -> None:
    hidden = make_post("h", head="tags: [x]\nstatus: hidden")

    assert related(hidden, make_post("a", head="tags: [x]")) == [("a", "also tagged x")]
