"""Files of the content folder are written all or none, and what a person edits stays."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.source.errors import LockedError
from plugins.source.plain import digest as digest_of_data
from plugins.source.writer import (
    Change,
    EditedError,
    Writer,
    Written,
    alone_in,
    digest_of,
    read_regular,
    replace_file,
)

OLD = {"a.md": b"old a", "b.md": b"old b", "gone.md": b"old gone", "record": b"old record"}
NEW = {"a.md": b"new a", "b.md": b"new b", "record": b"new record", "talks/c.md": b"new c"}

WRITES = ["open", "rename", "replace", "unlink", "mkdir", "fsync"]


def writer(folder: Path) -> Writer:
    return Writer(folder, record="record", mend=mended)


def mended(old: bytes, new: bytes, kept: frozenset[str]) -> bytes:
    return b" ".join([old, new, *(path.encode() for path in sorted(kept))])


def tree(folder: Path) -> dict[str, bytes]:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def changes() -> list[Change]:
    new = [Change(path, data, digest(path)) for path, data in NEW.items()]
    return [*new, Change("gone.md", None, digest("gone.md"))]


def digest(path: str) -> str:
    return digest_of_data(OLD[path]) if path in OLD else ""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path, data in OLD.items():
        (tmp_path / path).write_bytes(data)
    return tmp_path


def test_all_files_are_written(folder: Path) -> None:
    assert writer(folder).write(changes()) == Written(5)
    assert tree(folder) == NEW
    assert writer(folder).recover() is None


def test_permissions_stay(folder: Path) -> None:
    (folder / "a.md").chmod(0o664)

    writer(folder).write(changes())

    assert (folder / "a.md").stat().st_mode & 0o777 == 0o664


def test_nothing_is_written_over_what_was_edited_meanwhile(folder: Path) -> None:
    (folder / "b.md").write_bytes(b"by hand")

    with pytest.raises(EditedError, match=r"b\.md"):
        writer(folder).write(changes())

    assert tree(folder) == {**OLD, "b.md": b"by hand"}


def test_link_out_of_the_folder_is_refused(folder: Path, tmp_path_factory: object) -> None:
    (folder / "talks").symlink_to(folder.parent)

    with pytest.raises(OSError, match="leads out"):
        writer(folder).write(changes())

    assert {k: v for k, v in tree(folder).items() if k in OLD} == OLD


def killed_at(folder: Path, step: int) -> bool:
    """Write in a process that dies at a step; whether it came so far."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == signal.SIGKILL
    steps = iter(range(step))

    def counted(call: Callable[..., object]) -> Callable[..., object]:
        def called(*arguments: object, **named: object) -> object:
            if next(steps, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*arguments, **named)

        return called

    for name in WRITES:
        setattr(os, name, counted(getattr(os, name)))
    writer(folder).write(changes())
    os._exit(0)


@pytest.mark.parametrize("step", range(60))
def test_kill_at_any_step_leaves_the_old_or_the_new(folder: Path, step: int) -> None:
    was_killed = killed_at(folder, step)
    is_begun = writer(folder).is_begun

    recovered = writer(folder).recover()

    after = {path: data for path, data in tree(folder).items() if not path.startswith(".")}
    assert after == (NEW if not was_killed or is_begun or after == NEW else OLD)
    assert (recovered == Written(0)) <= (after == OLD)
    assert [file.name for file in folder.iterdir() if file.name.startswith(".")] == []


@pytest.mark.parametrize("step", range(0, 60, 3))
def test_edits_after_a_kill_stay(folder: Path, step: int) -> None:
    killed_at(folder, step)
    edited = (folder / "b.md").read_bytes() + b" by hand"
    (folder / "b.md").write_bytes(edited)
    is_begun = writer(folder).is_begun and not edited.startswith(b"new")

    recovered = writer(folder).recover()

    assert (folder / "b.md").read_bytes() == edited
    if is_begun and recovered and (folder / "record").read_bytes() != b"new record":
        assert recovered.kept == ("b.md",)
        assert (folder / "record").read_bytes() == b"old record new record b.md"


def test_full_disk_changes_nothing(folder: Path) -> None:
    child = os.fork()
    if not child:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        big = [*changes()[:-2], Change("big.md", b"x" * 2000, "")]
        try:
            writer(folder).write(big)
        except OSError as error:
            os._exit(7 if str(error.filename).endswith("big.md") else 8)
        os._exit(0)

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    assert tree(folder) == OLD


def test_one_writer_at_a_time(folder: Path) -> None:
    with (
        alone_in(folder),
        pytest.raises(LockedError, match="another import is writing"),
        alone_in(folder),
    ):
        raise AssertionError


def test_fifo_is_never_opened(folder: Path) -> None:
    os.mkfifo(folder / "fifo")

    with pytest.raises(OSError, match="it is a FIFO"):
        read_regular(folder / "fifo")


def test_file_is_replaced_in_one_step(folder: Path) -> None:
    replace_file(folder / "a.md", b"new")

    assert tree(folder) == {**OLD, "a.md": b"new"}
    assert digest_of(folder / "a.md") == digest_of_data(b"new")
