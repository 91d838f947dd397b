"""Posts stand newest first, and those of one instant in the order of their files."""

from __future__ import annotations

from itertools import permutations

from plugins.blog.model import Blog, Term, newest_first
from plugins.source.languages import own_name
from tests.blog.posts import make_post


def test_order_does_not_depend_on_how_posts_came() -> None:
    posts = [make_post("b"), make_post("a"), make_post("c", "2012-02-01")]

    orders = {tuple(p.source for p in newest_first(order)) for order in permutations(posts)}

    assert orders == {("posts/c.md", "posts/a.md", "posts/b.md")}


def test_instants_are_compared_across_zones() -> None:
    posts = [
        make_post("west", "2012-01-01T10:00-08:00"),
        make_post("east", "2012-01-01T20:00+09:00"),
    ]

    assert [post.document.title for post in newest_first(posts)] == ["west", "east"]


def test_lists_leave_hidden_posts_out() -> None:
    blog = Blog(newest_first([make_post("a"), make_post("b", head="status: hidden")]), ())

    assert [post.document.title for post in blog.posts] == ["a", "b"]
    assert [post.document.title for post in blog.listed] == ["a"]


def test_term_is_found_by_its_address() -> None:
    term = Term("tag", "C++", "cpp", "tags/cpp/index.html", ())
    blog = Blog((), (), {"tag": (term,)})

    assert blog.term("tag", "cpp") is term
    assert blog.term("tag", "c") is None


def test_language_is_named_in_itself() -> None:
    names = {tag: own_name(tag) for tag in ("de", "pt-BR", "ZH", "tlh", "")}

    assert names == {
        "de": "Deutsch",
        "pt-BR": "Português (pt-BR)",
        "ZH": "中文",
        "tlh": "tlh",
        "": "",
    }
