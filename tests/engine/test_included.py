"""A text is read again when a file that it includes changes, comes or goes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.site_folder import SiteFolder

HEAD = "---\ntitle: A\nkind: news\ndate: 2012-01-01\n---\n"


def posts_page(folder: SiteFolder) -> str:
    """The body of the post, as the theme of the tests shows it."""
    return folder.page("posts/a/index.html")


def test_post_follows_what_it_includes(site: Callable[..., SiteFolder]) -> None:
    folder = site("minimal")
    folder.write("content/posts/a.md", f'{HEAD}--8<-- "a.txt"\n')
    folder.write("content/posts/a.txt", '*one*\n--8<-- "b.txt"\n')
    folder.write("content/posts/b.txt", "first\n")
    first = posts_page(folder.built())

    folder.write("content/posts/b.txt", "second\n")
    second = posts_page(folder.built())

    assert "<em>one</em>\nfirst" in first
    assert second == first.replace("first", "second")


def test_missing_file_is_a_problem_until_it_is_there(site: Callable[..., SiteFolder]) -> None:
    folder = site("minimal")
    folder.write("content/posts/a.md", f'{HEAD}--8<-- "a.txt"\n')

    missing = folder.build()
    folder.write("content/posts/a.txt", "there\n")
    folder.built()
    (folder.folder / "content/posts/a.txt").unlink()

    assert missing.code == 1
    assert missing.report.startswith(
        "content/posts/a.md:6:9: found “a.txt”, which cannot be read (No such file or directory); "
        "expected a text file in the content folder\n"
    )
    assert "there" in posts_page(folder)
    assert folder.build() == missing


def test_link_out_of_the_content_folder_is_a_problem(
    site: Callable[..., SiteFolder], tmp_path: Path
) -> None:
    folder = site("minimal")
    (tmp_path / "secret.txt").write_text("secret\n", "utf-8")
    folder.write("content/posts/a.md", f'{HEAD}--8<-- "a.txt"\n')
    (folder.folder / "content/posts/a.txt").symlink_to(tmp_path / "secret.txt")

    finished = folder.build()

    assert finished.code == 1
    assert "(it lies outside the content folder)" in finished.report


def test_problems_of_included_lines_are_told_with_their_file(
    site: Callable[..., SiteFolder],
) -> None:
    folder = site("minimal")
    folder.write("content/posts/a.md", f'{HEAD}--8<-- "a.txt"\n\n[c](c.md)\n')
    folder.write("content/posts/a.txt", "Text.\n\n[b](b.md)\n")

    report = folder.build().report

    assert [line.partition(": ")[0] for line in report.split("\n") if line.startswith("con")] == [
        "content/posts/a.md:8:5",
        "content/posts/a.txt:3:5",
    ]
