"""Write files of the content folder so that no interruption loses a text.

    one file      write the new bytes next to it, flush them to the disk, rename them over it
    many files    write them all into `.writing/` in their folder, then `.writing/journal`, which
                  lists them; from then on the next writer finishes what this one began; rename
                  each into its place, the record last; rename `.writing` to `.written`, remove it

Without a journal nothing has changed yet, and the next writer discards `.writing/`. A file that a
person edited meanwhile is never replaced: the journal has the digest of each file's former bytes.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
import shutil
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from .errors import LockedError
from .plain import digest

ENDING = 5
"""Seconds within which the system surely ends the workers of a killed import."""

STAGE, DONE, JOURNAL = ".writing", ".written", "journal"

Mend = Callable[[bytes, bytes, frozenset[str]], bytes]
"""Returns the record to write, given the old and the new one and the paths of the files that were
not replaced.
"""


class Change(Struct, frozen=True):
    """A file to write, by its path below the folder."""

    path: str
    data: bytes | None
    """The new bytes; None to delete the file."""
    before: str
    """The digest of its present bytes; empty if there is no such file."""


class Written(Struct, frozen=True):
    """The result of a write."""

    count: int
    kept: tuple[str, ...] = ()
    """Files that somebody edited meanwhile: they were not replaced."""


class EditedError(Exception):
    """A file was edited between reading and writing; nothing is written."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(path)


def read_regular(file: Path) -> bytes:
    """Return the bytes of a file; raise OSError for a FIFO, socket or device, unopened."""
    if not stat.S_ISREG(file.stat().st_mode):
        raise OSError(errno.EINVAL, "it is a FIFO, a socket, a device or a folder", str(file))
    return file.read_bytes()


def digest_of(file: Path) -> str:
    """Return the digest of a file's bytes; empty if there is no such file."""
    try:
        return digest(read_regular(file))
    except (FileNotFoundError, NotADirectoryError):
        return ""


def replace_file(file: Path, data: bytes) -> None:
    """Give a file new bytes in one step."""
    with replacement(file, data) as put:
        put()


@contextlib.contextmanager
def replacement(file: Path, data: bytes) -> Iterator[Callable[[], None]]:
    """Write new bytes next to a file, and yield a function that moves them over it in one step.

    A file that has these bytes already is not touched.
    """
    fresh = file.with_name(f".{file.name}.new")
    is_new = digest_of(file) != digest(data)

    def put() -> None:
        if is_new:
            fresh.replace(file)
            sync_folder(file.parent)

    try:
        if is_new:
            _write_through(fresh, data, like=file)
        yield put
    finally:
        fresh.unlink(missing_ok=True)


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Make the folder and hold its lock during the block; raise LockedError if it is taken.

    A folder that was made here and is still empty afterwards is removed.
    """
    is_new = not folder.is_dir()
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        _lock(descriptor, folder)
        yield
    finally:
        os.close(descriptor)
        if is_new:
            with contextlib.suppress(OSError):
                folder.rmdir()  # if nothing was written into it


def _lock(descriptor: int, folder: Path) -> None:
    """Lock a folder; if it is locked, wait up to `ENDING` seconds.

    The workers of a killed import may still hold its lock. Raise LockedError if it stays taken.
    """
    given_up = time.monotonic() + ENDING
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > given_up:
                told = f"another import is writing into {folder}; wait for it"
                raise LockedError(told) from None
            time.sleep(0.05)
        else:
            return


class Writer:
    """A writer of many files in one folder: all or none of them, and the record last."""

    def __init__(self, folder: Path, *, record: str, mend: Mend) -> None:
        self.folder, self.record, self.mend = folder, record, mend
        self.stage, self.done = folder / STAGE, folder / DONE

    def write(self, changes: Sequence[Change]) -> Written:
        """Write the changes; raise EditedError or OSError if nothing could be written.

        An OSError after the journal was written leaves the rest to `recover`.
        """
        ordered = sorted(changes, key=lambda change: (change.path == self.record, change.path))
        if not ordered:
            return Written(0)
        with contextlib.ExitStack() as undo:
            undo.callback(self._discard)
            self._prepare(ordered)
            undo.pop_all()
        return self._finish()

    @property
    def is_begun(self) -> bool:
        """True if there is a journal, so that the write will be finished."""
        return (self.stage / JOURNAL).is_file()

    def recover(self) -> Written | None:
        """Finish or discard an interrupted write; None if there is none.

        A write that is discarded counts no file.
        """
        shutil.rmtree(self.done, ignore_errors=True)
        if not self.stage.is_dir():
            return None
        if self.is_begun:
            return self._finish()
        self._discard()
        return Written(0)

    def _prepare(self, changes: Sequence[Change]) -> None:
        """Write all files into the stage, and then the journal."""
        shutil.rmtree(self.stage, ignore_errors=True)
        self.stage.mkdir()
        for number, change in enumerate(changes):
            target = self._target(change.path)
            if digest_of(target) != change.before:
                raise EditedError(change.path)
            if change.data is not None:
                _write_through(self.stage / str(number), change.data, like=target)
        entries = [[change.path, change.before, change.data is None] for change in changes]
        replace_file(self.stage / JOURNAL, json.dumps(entries).encode())
        sync_folder(self.folder)

    def _target(self, path: str) -> Path:
        """Return the file at a path; raise OSError for a link that leads out of the folder."""
        target = self.folder / path
        if target.is_symlink() or not target.parent.resolve().is_relative_to(self.folder.resolve()):
            raise OSError(errno.EPERM, "a link that leads out of the event's folder", str(target))
        return target

    def _finish(self) -> Written:
        """Move every file of the journal into its place, unless it is there already."""
        entries = json.loads((self.stage / JOURNAL).read_bytes())
        kept = list[str]()
        for number, (path, before, is_gone) in enumerate(entries):
            target, fresh = self._target(path), self.stage / str(number)
            if path == self.record:
                self._put_record(target, fresh, frozenset(kept))
            elif digest_of(target) == before:
                _put(target, fresh, is_gone=is_gone)
            elif fresh.exists() or (is_gone and target.exists()):
                kept.append(path)
        for folder in {self._target(path).parent for path, *_ in entries}:
            if folder.is_dir():
                sync_folder(folder)
        self.stage.rename(self.done)
        shutil.rmtree(self.done, ignore_errors=True)
        return Written(len(entries) - len(kept), tuple(kept))

    def _put_record(self, target: Path, fresh: Path, kept: frozenset[str]) -> None:
        if not fresh.exists():
            return
        if kept:
            old = read_regular(target) if target.exists() else b""
            replace_file(fresh, self.mend(old, fresh.read_bytes(), kept))
        fresh.replace(target)

    def _discard(self) -> None:
        shutil.rmtree(self.stage, ignore_errors=True)


def _put(target: Path, fresh: Path, *, is_gone: bool) -> None:
    if is_gone:
        target.unlink(missing_ok=True)
    elif fresh.exists():
        target.parent.mkdir(exist_ok=True)
        fresh.replace(target)


def _write_through(file: Path, data: bytes, *, like: Path) -> None:
    """Write a file through to the disk, with the permissions of the one that it will replace."""
    try:
        with file.open("wb") as stream:
            if like.exists():
                os.fchmod(stream.fileno(), stat.S_IMODE(like.stat().st_mode))
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:  # for a full disk, the system does not name the file
        error.filename = error.filename or str(like)
        raise


def sync_folder(folder: Path) -> None:
    """Flush the names in a folder to the disk, so that a rename survives a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
