"""The stage: a folder next to the live site that replaces it in one step.

Where the system cannot exchange two folders (exchange.py), the output is a symbolic link to the
newest of several folders next to it, and is switched by a rename over it. Renaming the old folder
away and then the new one in would leave a moment without a site.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from pathlib import Path

from msgspec import Struct

from ..site.site import folders_of
from ..source.errors import ContentError
from .exchange import exchange_folders

Exchange = Callable[[Path, Path], bool]

MARK = ".hallway"
"""The file that marks a folder that a build may replace."""

MARK_TEXT = b"Hallway builds this folder. Whatever else is put into it, the next build removes.\n"


class OnDisk(Struct, frozen=True, array_like=True):
    """The file of a row, as it was written."""

    path: str
    key: str
    """The row's key; empty for a row that is always written."""
    size: int
    time: int
    """The time stamp of its file, in nanoseconds."""


class StageError(OSError):
    """The stage or the output cannot be written."""


@contextlib.contextmanager
def writing() -> Iterator[None]:
    """Turn OSErrors inside the block into StageErrors."""
    try:
        yield
    except StageError:
        raise
    except OSError as error:
        raise StageError(
            error.errno, error.strerror, error.filename, None, error.filename2
        ) from error


def is_ours(output: Path) -> bool:
    """Return True if a folder is empty, or made by a build."""
    return (output / MARK).is_file() or not any(output.iterdir())


class Stage:
    """The folder in which one build writes, next to the live output.

    One that `stays` is not removed after it has been exchanged with the live one: the next stage
    begins with the files of the site before, and only what differs is touched.
    """

    def __init__(self, output: Path, *, stays: bool = False) -> None:
        self.output, self.stays = output, stays
        self.folder = output.with_name(f".{output.name}.stage")
        self.old = output.with_name(f".{output.name}.old")
        self.folders: set[str] = set()
        """The folders of the stage that exist."""
        self.found: dict[str, int] = {}
        """The files that were in the stage when it was opened, with their inodes."""
        self.live: dict[str, int] = {}
        """The files of the live site that are as the last build wrote them, with their inodes."""
        self.is_needed = True
        """False if the live site would not change at all."""

    @property
    def lock(self) -> Path:
        """The file that one build at a time locks."""
        return self.output.with_name(f".{self.output.name}.lock")

    def prepare(self) -> None:
        """Create the folder that contains the output and its stage."""
        with writing():
            self.output.parent.mkdir(parents=True, exist_ok=True)

    @contextlib.contextmanager
    def opened(self) -> Iterator[None]:
        """Open the stage for the block; clear what killed builds left behind.

        If `begin_with` is not called, a stage that stays still holds its old files. After the block
        the stage is removed, unless it stays and the block succeeded; after a ContentError it is
        left only if there was one before.
        """
        with writing():
            self._clear()
            had_one = self.folder.is_dir()
            self.folder.mkdir(exist_ok=True)
            _make_writable(self.folder)
        done = False
        try:
            yield
            done = True
        except ContentError:
            done = had_one
            raise
        finally:
            if not (done and self.stays):
                _discard(self.folder)

    def begin_with(self, paths: Set[str], known: Mapping[str, OnDisk]) -> None:
        """Remove the files of the stage whose paths are not in `paths`, all that it will have.

        What is left is a file of the site before, or of any other: `complete` and `write` see by
        its inode if it is the live one. `known` is what the last build wrote.
        """
        wanted = {MARK, *paths}
        with writing():
            folders, self.found = _look_around(self.folder)
            for path in self.found.keys() - wanted:
                (self.folder / path).unlink()
                del self.found[path]
            above = {folder for path in wanted for folder in folders_of(path)}
            for folder in sorted(folders - above, reverse=True):
                (self.folder / folder).rmdir()
        self.folders = {f"{self.folder}/{folder}" for folder in folders & above}
        self.live = dict(self._untouched(known[path] for path in paths & known.keys()))

    def _untouched(self, known: Iterable[OnDisk]) -> Iterator[tuple[str, int]]:
        """Yield the files of the live site that nobody has changed, with their inodes."""
        for row in known:
            with contextlib.suppress(OSError):
                status = os.lstat(f"{self.output}/{row.path}")
                if _is_untouched(status, row.size, row.time):
                    yield row.path, status.st_ino

    def keeps(self, path: str) -> bool:
        """Return True if the live site has the file as the last build wrote it."""
        return path in self.live

    def complete(
        self, same: Collection[str], fresh: Mapping[str, OnDisk], known: Mapping[str, OnDisk]
    ) -> None:
        """Take these files of the live site as they are.

        If no file of the stage has a new time or size, and the live site has no other files,
        `is_needed` becomes False and the live site will not change.
        """
        is_new = any(
            path not in known or (row.size, row.time) != (known[path].size, known[path].time)
            for path, row in fresh.items()
        )
        self.is_needed = is_new or not self.stays or not self._has_just({*same, *fresh})
        if self.is_needed:
            with writing():
                for path in same:
                    self._keep(path)

    def _keep(self, path: str) -> None:
        live, target = f"{self.output}/{path}", f"{self.folder}/{path}"
        if self.found.get(path) == self.live[path]:
            return
        if path in self.found:
            os.unlink(target)  # noqa: PTH108  as below
        folder = target.rpartition("/")[0]
        if folder not in self.folders:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103  a Path costs as much again
            self.folders.add(folder)
        if not linked(live, target):
            shutil.copy2(live, target)

    def _clear(self) -> None:
        if self.old.exists() and not self.output.exists():  # killed in between, see _switch_link
            self.old.rename(self.output)
        if not self.stays or not self.folder.is_dir() or self.folder.is_symlink():
            _remove(self.folder)
        _remove(self.old)
        for version in self._versions():
            if version != self._live():
                _remove(version)

    def write(self, path: str, data: bytes) -> tuple[int, int]:
        """Write one file of the stage; return its size in bytes and its time stamp in nanoseconds.

        If the live site has the same file, the stage gets a hard link to it, so that the time stamp
        stays.
        """
        target = self.folder / path
        live = self.output / path
        with writing():
            target.parent.mkdir(parents=True, exist_ok=True)
            if path in self.found:  # it may be the live file too, which is never written over
                target.unlink(missing_ok=True)
            if not (_holds(live, data) and linked(live, target)):
                _write(target, data)
            status = target.stat()
            return status.st_size, status.st_mtime_ns

    def _has_just(self, paths: Set[str]) -> bool:
        """Return True if the live site has exactly these files."""
        wanted = {MARK, *paths}
        try:
            folders, found = _look_around(self.output)
        except OSError:
            return False
        above = {folder for path in wanted for folder in folders_of(path)}
        return found.keys() == wanted and folders <= above

    def publish(self, exchange: Exchange | None = None) -> None:
        """Replace the live site by the stage, in one step.

        The old site is removed at the latest when the stage is closed, unless it stays.
        """
        if not self.is_needed:
            return
        self.write(MARK, MARK_TEXT)
        with writing():
            self._take_its_place(exchange or exchange_folders)

    def _take_its_place(self, exchange: Exchange) -> None:
        if not self.output.exists() and not self.output.is_symlink():
            self.folder.rename(self.output)
        elif self.output.is_symlink() or not exchange(self.folder, self.output):
            self._switch_link()

    def _switch_link(self) -> None:
        """Make the output a symbolic link to this build's folder, by a rename over it."""
        number = 1 + max((int(v.name.rpartition("-")[2]) for v in self._versions()), default=0)
        version = self.output.with_name(f".{self.output.name}.version-{number}")
        self.folder.rename(version)
        fresh = self.output.with_name(f".{self.output.name}.link")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(version.name)
        previous = self._live()
        if not self.output.is_symlink():  # only the first time: a folder gives way to the link
            self.output.rename(self.old)
            fresh.replace(self.output)
            _discard(self.old)
        else:
            fresh.replace(self.output)
            if previous:
                _discard(previous)

    def _versions(self) -> list[Path]:
        return sorted(self.output.parent.glob(f".{self.output.name}.version-*"))

    def _live(self) -> Path | None:
        return self.output.resolve() if self.output.is_symlink() else None


def output_folder(path: Path) -> Path:
    """Return the folder that a build replaces; symbolic links are followed, but for our own."""
    path = path.absolute()
    is_ours = path.is_symlink() and path.readlink().name.startswith(f".{path.name}.version-")
    return path.parent.resolve() / path.name if is_ours else path.resolve()


def _look_around(folder: Path) -> tuple[set[str], dict[str, int]]:
    """Return the folders, and the files with their inodes, below a folder, by path below it."""
    folders: set[str] = set()
    files: dict[str, int] = {}
    waiting = [""]
    while waiting:
        below = waiting.pop()
        with os.scandir(f"{folder}/{below}") as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.add(below + entry.name)
                    waiting.append(f"{below}{entry.name}/")
                else:
                    files[below + entry.name] = entry.inode()
    return folders, files


def _is_untouched(status: os.stat_result, size: int, time: int) -> bool:
    """Return True if the status is that of a file with this size and time stamp."""
    is_file = stat.S_ISREG(status.st_mode)
    return is_file and (status.st_size, status.st_mtime_ns) == (size, time)


def _holds(file: Path, data: bytes) -> bool:
    """Return True if the file itself, not one behind a link, has exactly these bytes."""
    try:
        status = file.lstat()
        return status.st_size == len(data) and not file.is_symlink() and file.read_bytes() == data
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False


def _write(target: Path, data: bytes) -> None:
    """Write a file; in the error of a full disk, add the file's name."""
    try:
        target.write_bytes(data)
    except OSError as error:
        error.filename = error.filename or str(target)
        raise


def linked(file: Path | str, target: Path | str) -> bool:
    """Link a file to another path too; return False if that is not possible."""
    try:
        os.link(file, target)
    except OSError:  # another file system, or one without links
        return False
    return True


def _remove(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        _make_writable(path)
        try:
            shutil.rmtree(path)
        except OSError as error:  # its error names only a part of the path
            error.filename = next(map(str, path.rglob(Path(error.filename).name)), str(path))
            raise


def _make_writable(folder: Path) -> None:
    """Make a folder and those below it writable, if somebody has made the folder read-only."""
    if os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return
    folder.chmod(0o755)
    for above, names, _ in os.walk(folder):
        for name in names:
            Path(above, name).chmod(0o755)


def _discard(path: Path) -> None:
    """Remove what is not needed any more, as far as possible; the next build clears the rest.

    The new site is live by then, so that a failure here must not say that it is not.
    """
    if path.is_symlink():
        path.unlink()
    else:
        shutil.rmtree(path, ignore_errors=True)
