"""A stage takes the place of the output in one step, and leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from plugins.engine.exchange import exchange_folders
from plugins.engine.stage import MARK, OnDisk, Stage, is_ours, output_folder
from tests.site_folder import Tree, tree_of

Exchange = Callable[[Path, Path], bool]


def unable(one: Path, other: Path) -> bool:
    """What the exchange says on a system that has none."""
    return False


WAYS = pytest.mark.parametrize("exchange", [exchange_folders, unable], ids=["exchange", "link"])


def publish(output: Path, files: dict[str, str], exchange: Exchange) -> None:
    stage = Stage(output)
    with stage.opened():
        for path, text in files.items():
            stage.write(path, text.encode())
        stage.publish(exchange)


def site_in(output: Path) -> Tree:
    """The output's files and folders without the mark by which builds know it."""
    return {path: data for path, data in tree_of(output).items() if path != MARK}


def beside(output: Path) -> list[str]:
    return sorted(p.name for p in output.parent.iterdir() if p.name != output.name)


def write_half(stage: Stage) -> None:
    stage.write("index.html", b"half")
    raise ZeroDivisionError


@WAYS
def test_stage_becomes_the_output(tmp_path: Path, exchange: Exchange) -> None:
    output = tmp_path / "output"

    for text in ("one", "two", "three", "four"):
        publish(output, {"index.html": text, f"{text}/index.html": text}, exchange)

        assert site_in(output) == {
            "index.html": text.encode(),
            text: None,
            f"{text}/index.html": text.encode(),
        }


def test_exchange_leaves_nothing_beside(tmp_path: Path) -> None:
    output = tmp_path / "output"

    for text in ("one", "two"):
        publish(output, {"index.html": text}, exchange_folders)

        assert beside(output) == []
        assert not output.is_symlink()


def test_link_leads_to_the_one_version_beside(tmp_path: Path) -> None:
    output = tmp_path / "output"
    publish(output, {"index.html": "one"}, unable)
    for number in (1, 2):
        publish(output, {"index.html": "more"}, unable)

        assert output.is_symlink()
        assert output.readlink() == Path(f".output.version-{number}")
        assert beside(output) == [f".output.version-{number}"]


@WAYS
def test_unchanged_file_stays_the_same_file(tmp_path: Path, exchange: Exchange) -> None:
    output = tmp_path / "output"
    publish(output, {"same.html": "same", "other.html": "one"}, exchange)
    same, other = (output / "same.html").stat(), (output / "other.html").stat()

    publish(output, {"same.html": "same", "other.html": "two"}, exchange)

    now = (output / "same.html").stat()
    assert (now.st_ino, now.st_mtime_ns) == (same.st_ino, same.st_mtime_ns)
    assert (output / "other.html").stat().st_ino != other.st_ino


@WAYS
def test_file_gives_way_to_a_folder_and_back(tmp_path: Path, exchange: Exchange) -> None:
    output = tmp_path / "output"
    for files in ({"a": "file"}, {"a/index.html": "folder"}, {"a": "file"}):
        publish(output, files, exchange)

    assert site_in(output) == {"a": b"file"}


def publish_from_before(output: Path, files: dict[str, str]) -> None:
    stage = Stage(output, stays=True)
    known = dict(known_files(output, files))
    with stage.opened():
        stage.begin_with(files.keys(), known)
        fresh = {
            path: OnDisk(path, "", *stage.write(path, text.encode()))
            for path, text in files.items()
            if not stage.keeps(path)
        }
        stage.complete(files.keys() - fresh.keys(), fresh, known)
        stage.publish()


def known_files(output: Path, files: dict[str, str]) -> Iterator[tuple[str, OnDisk]]:
    """Those that the live site has with just this text."""
    for path, text in files.items():
        live = output / path
        if live.is_file() and live.read_text() == text:
            yield path, OnDisk(path, "", live.stat().st_size, live.stat().st_mtime_ns)


def test_stage_that_stays_becomes_the_next_site(tmp_path: Path) -> None:
    output = tmp_path / "output"
    sites = [
        {"same": "1", "changed": "1", "gone/index.html": "1", "a": "file", "back": "1"},
        {"same": "1", "changed": "2", "a/index.html": "folder", "back": "2"},
        {"same": "1", "changed": "3", "a": "file", "back": "1"},
        {"same": "1", "changed": "3", "a": "file", "back": "1"},
    ]
    for files in sites:
        publish_from_before(output, files)
        (output / "planted/deep").mkdir(parents=True)
        (output / "planted/file").write_text("by hand")
        (output / "planted/link").symlink_to(tmp_path)
        (output / "changed").write_text("by hand")  # in place: both sites may share the file

        publish_from_before(output, files)

        assert {p: d for p, d in site_in(output).items() if d is not None} == {
            path: text.encode() for path, text in files.items()
        }
        assert not (output / "planted").exists()
        assert beside(output) == [".output.stage"]


def test_stage_that_fails_leaves_the_output_and_nothing_else(tmp_path: Path) -> None:
    output = tmp_path / "output"
    publish(output, {"index.html": "good"}, exchange_folders)
    stage = Stage(output)

    with pytest.raises(ZeroDivisionError), stage.opened():
        write_half(stage)

    assert site_in(output) == {"index.html": b"good"}
    assert beside(output) == []


def test_what_killed_builds_left_is_cleared(tmp_path: Path) -> None:
    output = tmp_path / "output"
    publish(output, {"index.html": "good"}, exchange_folders)
    for leftover in (".output.stage", ".output.old", ".output.version-7"):
        (tmp_path / leftover / "sub").mkdir(parents=True)

    with Stage(output).opened():
        assert beside(output) == [".output.stage"]

    assert beside(output) == []
    assert site_in(output) == {"index.html": b"good"}


def test_output_that_a_killed_switch_put_aside_comes_back(tmp_path: Path) -> None:
    output = tmp_path / "output"
    publish(output, {"index.html": "good"}, exchange_folders)
    output.rename(tmp_path / ".output.old")

    with Stage(output).opened():
        assert site_in(output) == {"index.html": b"good"}


def test_link_in_the_output_is_not_followed_when_comparing(tmp_path: Path) -> None:
    output = tmp_path / "output"
    (tmp_path / "secret.html").write_text("same")
    publish(output, {"index.html": "x"}, exchange_folders)
    (output / "page.html").symlink_to("../secret.html")

    publish(output, {"page.html": "same"}, exchange_folders)

    assert not (output / "page.html").is_symlink()


def test_output_folder_follows_a_foreign_link_and_keeps_ours(tmp_path: Path) -> None:
    (tmp_path / "served").mkdir()
    (tmp_path / "output").symlink_to("served")
    (tmp_path / ".site.version-3").mkdir()
    (tmp_path / "site").symlink_to(".site.version-3")

    assert output_folder(tmp_path / "output") == tmp_path / "served"
    assert output_folder(tmp_path / "site") == tmp_path / "site"
    assert output_folder(tmp_path / "new") == tmp_path / "new"


@WAYS
def test_build_knows_what_it_has_made(tmp_path: Path, exchange: Exchange) -> None:
    output = tmp_path / "output"
    for _ in range(3):
        publish(output, {"index.html": "x"}, exchange)

        assert is_ours(output)


def test_folder_is_ours_when_empty_and_not_with_files_of_others(tmp_path: Path) -> None:
    assert is_ours(tmp_path)

    (tmp_path / "thesis.txt").touch()

    assert not is_ours(tmp_path)
