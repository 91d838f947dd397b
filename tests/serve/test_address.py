"""Addresses lead to files of the output and nowhere else."""

from pathlib import Path

import pytest

from plugins.serve.address import File, Moved, base_of, find


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "index.html"),
        ("/index.html", "index.html"),
        ("/posts/first/", "index.html"),
        ("/posts/empty/notes.txt", "notes.txt"),
        ("/posts/%65mpty/notes%2etxt", "notes.txt"),
    ],
)
def test_a_path_finds_its_file(output: Path, path: str, name: str) -> None:
    found = find(output, path)

    assert isinstance(found, File)
    assert found.name == name


def test_a_name_beyond_ascii_is_found_encoded_and_plain(output: Path) -> None:
    (output / "smørrebrød.txt").write_text("æ", "utf-8")
    plain = "/smørrebrød.txt".encode().decode("latin-1")

    found = [find(output, path) for path in ("/sm%C3%B8rrebr%C3%B8d.txt", plain)]

    assert [isinstance(file, File) and file.data for file in found] == [b"\xc3\xa6"] * 2


@pytest.mark.parametrize("path", ["/posts", "/posts/first"])
def test_a_folder_without_its_slash_is_moved(output: Path, path: str) -> None:
    assert find(output, path) == Moved(path + "/")


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/posts/",
        "/posts/empty/notes.txt/",
        "/index.html/more",
        "//posts",
        "/posts//first/",
        "/posts/./first/",
        "/%00",
        "/" + "x" * 300,
        "relative",
        "*",
    ],
)
def test_an_odd_path_finds_nothing(output: Path, path: str) -> None:
    assert find(output, path) is None


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/posts/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/.%2E/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%2fsecret.txt",
        "/link.txt",
        "/linked/secret.txt",
    ],
)
def test_nothing_outside_the_output_is_found(output: Path, path: str) -> None:
    secret = output.parent / "secret.txt"
    secret.write_text("secret", "utf-8")
    (output / "link.txt").symlink_to(secret)
    (output / "linked").symlink_to(output.parent)

    assert find(output, path) is None


def test_a_folder_whose_name_begins_as_the_output_is_outside(output: Path) -> None:
    beside = output.with_name("output-old")
    beside.mkdir()
    (beside / "old.txt").write_text("old", "utf-8")
    (output / "old.txt").symlink_to(beside / "old.txt")

    assert find(output, "/old.txt") is None


def test_an_output_that_is_a_link_is_followed_when_it_is_switched(output: Path) -> None:
    link = output.with_name("live")
    link.symlink_to(output)
    before = find(link, "/new.txt")

    version = output.with_name("version-2")
    version.mkdir()
    (version / "new.txt").write_text("new", "utf-8")
    link.unlink()
    link.symlink_to(version)

    assert before is None
    assert isinstance(find(link, "/new.txt"), File)


@pytest.mark.parametrize(
    ("address", "base"),
    [
        ("https://tiny.example/", "/"),
        ("https://tiny.example", "/"),
        ("https://tiny.example/blog/", "/blog/"),
        ("https://tiny.example/a/b/index.html", "/a/b/"),
        ("", "/"),
    ],
)
def test_the_base_is_that_of_the_home_pages_address(output: Path, address: str, base: str) -> None:
    (output / "index.html").write_text(f'<link rel="canonical" href="{address}">', "utf-8")

    assert base_of(output) == base


def test_the_base_of_no_site_is_the_root(tmp_path: Path) -> None:
    assert base_of(tmp_path / "output") == "/"


def test_a_site_in_a_folder_is_found_below_it(output: Path) -> None:
    home = '<link rel="canonical" href="https://tiny.example/blog/">'
    (output / "index.html").write_text(home, "utf-8")

    assert [find(output, path) for path in ("/", "/blog", "/posts/first/")] == [
        Moved("/blog/"),
        Moved("/blog/"),
        None,
    ]
    assert isinstance(find(output, "/blog/posts/first/"), File)
    assert find(output, "/blog/posts") == Moved("/blog/posts/")
