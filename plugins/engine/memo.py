"""The cache that lasts from one build to the next.

It is one SQLite file in `.cache/` with these tables:

    answers   results of pure functions, by a digest of the function's name and arguments
    texts     large texts, by their own digest: the markup of documents, the entries of feeds
    rows      what each row of the plan wrote: its key, and the size and time of its file
    links     the links of each page
    files     the digests of files, valid while their sizes and times stay the same

The key of an answer is a digest of the function's name, of the *encoded* arguments, and of the
build's fingerprint: our sources, the plugins', the versions of the libraries and of Python, the
settings. So no function has to declare its inputs. msgspec encodes answers as JSON and decodes them
by their type (its MessagePack would lose the offset of a date and time). Each answer carries a
digest of itself, so that damage is detected. A good build removes what it has not asked for. A
process that builds again keeps the decoded answers in memory.
"""

from __future__ import annotations

import contextlib
import functools
import os
import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from msgspec import DecodeError
from msgspec.json import Decoder

from ..site.remembers import Call
from ..source.plain import DIGEST, digest, digest_bytes, encoded
from .stage import OnDisk

T = TypeVar("T")

FOLDER = Path(".cache")
"""The cache's folder, below the folder that the author works in."""

SETTLED = 2_000_000_000
"""Nanoseconds between a file's change and its reading for the time stamp to be trusted.

A file that was changed more recently may change again under the same time stamp: on the coarsest
file systems (FAT) time stamps are two seconds apart.
"""

MOST_ASKED = 500
"""The number of keys that one query may name."""

TABLES = """
    PRAGMA synchronous = OFF; PRAGMA journal_mode = WAL;
    CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, data BLOB);
    CREATE TABLE IF NOT EXISTS texts (key TEXT PRIMARY KEY, data BLOB);
    CREATE TABLE IF NOT EXISTS links (key TEXT PRIMARY KEY, data BLOB);
    CREATE TABLE IF NOT EXISTS files (key TEXT PRIMARY KEY, status TEXT, digest TEXT);
    CREATE TABLE IF NOT EXISTS rows (key TEXT PRIMARY KEY, digest TEXT, size INT, time INT);
"""
# No build waits for the disk: after a power cut a damaged cache is made again.


class DamagedMemoError(Exception):
    """The cache file does not hold what was put into it: the build has to start again."""


class Memo:
    """The answers, texts, rows, links and digests that are cached."""

    def __init__(self, file: Path | None = None) -> None:
        """Cache in a file; without one, only for the block of `opened`."""
        self.file, self.fingerprint = file, ""
        self.values: dict[str, Any] = {}
        """The decoded answers, by key."""
        self.files: dict[str, tuple[str, str]] = {}
        """The status and the digest of each file, by path."""
        self.rows: dict[str, OnDisk] = {}
        self.asked: set[str] = set()
        """The keys that this build has asked for."""
        self._left: str = ""
        """The status of the cache file when this process closed it."""
        self._was_damaged = False

    @contextlib.contextmanager
    def opened(self) -> Iterator[Memo]:
        """Hold the cache file open during the block; commit and close it afterwards."""
        self._open()
        try:
            yield self
        finally:
            with contextlib.suppress(sqlite3.Error):
                self.database.commit()
            self.database.close()
            self._left = self._file_status()

    def forget(self) -> None:
        """Start again with an empty file; if that was damaged too, without a file."""
        self.database.close()
        if self.file and (self._was_damaged or not _is_removed(self.file)):
            self.file = None
        self._left = ""
        self._was_damaged = True
        self._open()

    def _open(self) -> None:
        self.asked, self._owner = set(), os.getpid()
        self.database = _database(self.file)
        if self._left and self._left == self._file_status():
            return
        self.values = {}
        with _damage_told():
            self.files = {key: rest for key, *rest in self._all("SELECT * FROM files")}
            self.rows = {row[0]: OnDisk(*row) for row in self._all("SELECT * FROM rows")}

    def _file_status(self) -> str:
        try:
            return status_of(self.file.stat()) if self.file else ""
        except OSError:  # somebody has removed it meanwhile
            return ""

    def digest_of(self, file: str) -> str:
        """Return the digest of the file's present bytes; raise OSError if it cannot be read."""
        before, status = time.time_ns(), os.stat(file)  # noqa: PTH116  a Path costs more
        known = self.files.get(file)
        if known and known[0] == status_of(status):
            return known[1]
        found = digest(Path(file).read_bytes())
        self.learn(file, settled(status, before), found)
        return found

    def learn(self, file: str, status: str, found: str) -> None:
        """Cache this digest for the file, for as long as the file has this status."""
        if self.files.get(file) != (status, found):
            self.files[file] = status, found
            self._put("files", (file, status, found))

    def digests_below(self, folder: Path, *, ending: str = "") -> dict[str, str]:
        """Return the digests of all files below a folder whose names have this ending.

        They are by path below the folder, sorted folder by folder.
        """
        found: dict[str, str] = {}
        for above, folders, names in os.walk(folder):
            folders.sort()
            for name in sorted(names):
                file = f"{above}/{name}"
                if name.endswith(ending) and os.path.isfile(file):  # noqa: PTH113  as above
                    found[file.removeprefix(f"{folder}/")] = self.digest_of(file)
        return found

    def key(self, function: Callable[..., object] | str, *arguments: object) -> str:
        """Return the key of a function's answer to these arguments; raise NotPlainError."""
        return digest(encoded([self.fingerprint, function, arguments]))

    def call(self, function: Callable[..., T], *arguments: object, kind: Any) -> T:
        """Return the function's answer, from the cache if it is there; `kind` is the answer's type.

        The function has to be pure, and its arguments plain data.
        """
        key = self.key(function, *arguments)
        found: dict[str, T] = self.answers([key], kind)
        if key not in found:
            found[key] = function(*arguments)
            self.add("answers", key, encoded(found[key]))
        return found[key]

    def answer(self, call: Call) -> Any:
        """Return the cached answer of a call; raise DamagedMemoError if it is not there."""
        return _decoder(call.kind).decode(self.text(self.call_key(call)))

    def call_key(self, call: Call) -> str:
        """Return the key under which the answer of a call is cached."""
        return self.key("call", call.digest)

    def answers(self, keys: Iterable[str], kind: Any) -> dict[str, Any]:
        """Return the cached answers of these keys, decoded as this type."""
        wanted = list(keys)
        self.asked.update(wanted)
        decoder = _decoder(kind)
        for key, data in self._sound("answers", [k for k in wanted if k not in self.values]):
            with contextlib.suppress(DecodeError):
                self.values[key] = decoder.decode(data)
        return {key: self.values[key] for key in wanted if key in self.values}

    def add(self, table: str, key: str, data: bytes) -> None:
        """Cache an encoded answer or a text."""
        self.asked.add(key)
        self._put(table, (key, digest_bytes(data) + data))

    def text(self, key: str) -> bytes:
        """Return a large text; raise DamagedMemoError if it is missing or damaged."""
        for _, data in self._sound("texts", [key]):
            return data
        raise DamagedMemoError(key)

    def lacking(self, keys: Iterable[str]) -> set[str]:
        """Return the keys without a cached text; the texts of the others are not removed."""
        wanted = set(keys)
        self.asked |= wanted
        return wanted - self._keys("texts")

    def links_of(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Return the encoded links of those of these pages that are cached."""
        return dict(self._sound("links", list(paths)))

    def keep(self, rows: Mapping[str, OnDisk], links: Mapping[str, bytes]) -> None:
        """Cache these rows, remove all others, and add the new links.

        Answers and texts that this build has not asked for are removed.
        """
        with _damage_told():
            for path, row in rows.items():
                if self.rows.get(path) != row:
                    self._put("rows", (path, row.key, row.size, row.time))
            for path, data in links.items():
                self._put("links", (path, digest_bytes(data) + data))
            for table in ("rows", "links"):
                self._remove(table, self.rows.keys() - rows.keys())
            for table in ("answers", "texts"):
                self._remove(table, self._keys(table) - self.asked)
        self.rows = dict(rows)
        self.values = {key: value for key, value in self.values.items() if key in self.asked}

    def commit(self) -> None:
        """Make the additions visible to the workers."""
        with _damage_told():
            self.database.commit()

    def _reading(self) -> sqlite3.Connection:
        """Return the database, opened anew in a worker: a connection does not survive a fork."""
        if os.getpid() != self._owner and self.file:
            self.database, self._owner = sqlite3.connect(self.file), os.getpid()
        return self.database

    def _all(self, query: str, values: Collection[str] = ()) -> list[Any]:
        return self._reading().execute(query, list(values)).fetchall()

    def _keys(self, table: str) -> set[str]:
        with _damage_told():
            return {key for (key,) in self._all(f"SELECT key FROM {table}")}

    def _sound(self, table: str, keys: list[str]) -> Iterator[tuple[str, bytes]]:
        """Yield the keys whose data is undamaged, with the data."""
        for start in range(0, len(keys), MOST_ASKED):
            some = keys[start : start + MOST_ASKED]
            places = ",".join("?" * len(some))
            with _damage_told():
                found = self._all(f"SELECT key, data FROM {table} WHERE key IN ({places})", some)
            for key, data in found:
                if isinstance(data, bytes) and data[:DIGEST] == digest_bytes(data[DIGEST:]):
                    yield key, data[DIGEST:]

    def _put(self, table: str, row: tuple[object, ...]) -> None:
        places = ",".join("?" * len(row))
        with _damage_told():
            self.database.execute(f"INSERT OR REPLACE INTO {table} VALUES ({places})", row)

    def _remove(self, table: str, keys: Iterable[str]) -> None:
        self.database.executemany(f"DELETE FROM {table} WHERE key = ?", [(key,) for key in keys])


@contextlib.contextmanager
def _damage_told() -> Iterator[None]:
    """Turn errors of the file or its disk inside the block into DamagedMemoErrors."""
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise DamagedMemoError(str(error)) from error


def _database(file: Path | None) -> sqlite3.Connection:
    """Open the file's database.

    A file that is no database is replaced by an empty one; if it cannot be, or if there is no file,
    the database is in memory.
    """
    for path in [file, file] if file else []:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            database = sqlite3.connect(path)
            database.executescript(TABLES)
        except (sqlite3.Error, OSError):
            if not _is_removed(path):
                break  # it cannot be replaced: this build uses memory
        else:
            return database
    database = sqlite3.connect(":memory:")
    database.executescript(TABLES)
    return database


def _is_removed(file: Path) -> bool:
    try:
        file.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def memo_file(output: Path) -> Path:
    """Return the path of the cache file for this output folder."""
    return FOLDER.absolute() / f"{output.name}-{digest(str(output).encode())[:8]}.sqlite"


def status_of(found: os.stat_result) -> str:
    """Return the file's times, size and inode as one text, which differs after every change."""
    return f"{found.st_mtime_ns} {found.st_ctime_ns} {found.st_size} {found.st_ino}"


def settled(found: os.stat_result, before: int) -> str:
    """Return the file's status; an empty text if it may change again under the same status."""
    newest = max(found.st_mtime_ns, found.st_ctime_ns)
    return status_of(found) if newest < before - SETTLED else ""


@functools.cache
def _decoder(kind: Any) -> Decoder[Any]:
    return Decoder(kind)
