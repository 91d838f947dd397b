"""The first question of a build: has anything changed since the last good one?

It is asked before Pelican, the features and their libraries are imported, so this module imports
only the standard library. A good build leaves a record of its inputs in `.cache/`:

    the arguments, the folder and the settings, for which the settings file is run again
    every file of the content and the theme, and all code, by size, times and inode
    the version of Python, and of the libraries
    every file of the output, by size and time
    the period in which nothing changes by itself: no post appears, no call closes, no day ends

If all of it is the same, a build would make the same output. A file that was changed just before
the build may change again under the same time stamp, so the bytes of such files are compared.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import marshal
import os
import runpy
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

FOLDER = ".cache"
USUAL_FILE = "pelicanconf.py"

SETTLED = 2_000_000_000
"""Nanoseconds; see memo.py."""

Root = tuple[str, str, bool]
"""A folder, the ending of the file names that count, and True if folders below it count too."""

Record = dict[str, Any]


class LinkedFolderError(OSError):
    """A link to a folder: changes behind it could go unnoticed."""


def told_unchanged(arguments: Sequence[str]) -> bool:
    """Return True and say that nothing has changed, if that is so; otherwise return False."""
    started = time.monotonic()
    record: Record = {}
    with _Doubt():
        read = json.loads(_file(arguments).read_bytes())
        with Path(read["lock"]).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # fails if another build holds it
            record = read if _holds(read, arguments) else {}
    if not record:
        return False
    for line in record["warnings"]:
        print(line, file=sys.stderr)
    seconds = time.monotonic() - started
    print(f"Nothing has changed: {record['made']} ({seconds:.1f} s)", file=sys.stderr)
    print(record["next"], file=sys.stderr, flush=True)
    return True


class _Doubt:
    """A block whose errors are dropped: the build itself reports them.

    One example is a settings file that raises an error.
    """

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        return isinstance(error, Exception)


def remember(arguments: Sequence[str], record: Record) -> None:
    """Write a record of a good build; if it cannot be written, remove the old one."""
    file = _file(arguments)
    try:
        record["outputs"] = _digest(_entries((record["output"], "", True), is_output=True))
        fresh = file.with_suffix(".new")
        fresh.write_text(json.dumps(record), "utf-8")
        fresh.replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)


def inputs_of(roots: Sequence[Root]) -> Record | None:
    """Return the state of the files in these folders; None if it cannot be read."""
    now = time.time_ns()
    try:
        entries = list(_all_entries(roots))
        recent = [path for path, _, changed in entries if changed > now - SETTLED]
        unsettled = {path: _digest_of(path) for path in recent}
    except OSError:
        return None
    return {"roots": roots, "inputs": _digest(entries), "unsettled": unsettled}


def settings_digest(file: str) -> str:
    """Run a settings file and return a digest of all its settings."""
    found = runpy.run_path(file, run_name=Path(file).stem)
    named = {name: value for name, value in found.items() if name.isupper()}
    return _hash(repr(plain(named)))


def plain(value: object) -> object:
    """Return a setting as plain data.

    Other objects become their type's name; functions become their name and code.
    """
    if isinstance(value, dict):
        return [(str(key), plain(one)) for key, one in value.items()]
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, set | frozenset):
        return sorted(repr(plain(one)) for one in value)
    if value is None or isinstance(value, str | int | float | bytes | os.PathLike):
        return repr(value)
    kind: Any = value if isinstance(value, type) else type(value)
    code = getattr(value, "__code__", None)
    name = getattr(value, "__qualname__", kind.__qualname__)
    return [kind.__module__, name, marshal.dumps(code) if code else repr(value)[:0]]


def _holds(record: Record, arguments: Sequence[str]) -> bool:
    moment = int(os.environ.get("SOURCE_DATE_EPOCH") or time.time())
    return bool(
        record["from"] <= moment < record["until"]
        and record["settings"] == settings_digest(settings_file(arguments))
        and record["inputs"] == _digest(_all_entries(record["roots"]))
        and all(_digest_of(path) == found for path, found in record["unsettled"].items())
        and record["outputs"] == _digest(_entries((record["output"], "", True), is_output=True))
    )


def settings_file(arguments: Sequence[str]) -> str:
    """Return the settings file that the arguments name."""
    names = ("-s", "--settings")
    found = [file for name, file in pairwise(arguments) if name in names]
    return found[-1] if found else USUAL_FILE


def _file(arguments: Sequence[str]) -> Path:
    return Path(FOLDER, f"last-{_hash(repr([str(Path.cwd()), *arguments]))[:8]}.json")


Entry = tuple[str, str, int]
"""A path, a text that differs after each change of the file, and the time of the last change."""


def _all_entries(roots: Iterable[Root]) -> Iterator[Entry]:
    yield "python", sys.version, 0
    folders = [path for path in sys.path if os.path.isdir(path)]  # noqa: PTH112  as above
    names = {name for folder in folders for name in os.listdir(folder)}  # noqa: PTH208  as above
    yield from ((name, "", 0) for name in names if name.endswith(".dist-info"))
    for root in roots:
        yield from _entries(root)


def _entries(root: Root, *, is_output: bool = False) -> Iterator[Entry]:
    folder, ending, is_deep = root
    waiting = [folder]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting += [entry.path] if is_deep else []
                elif entry.name.endswith(ending):
                    yield _entry(entry, is_output=is_output)


def _entry(entry: os.DirEntry[str], *, is_output: bool) -> Entry:
    found = entry.stat(follow_symlinks=not is_output)
    if is_output:
        return entry.path, f"{found.st_size} {found.st_mtime_ns} {found.st_mode}", 0
    if entry.is_symlink() and entry.is_dir():
        raise LinkedFolderError(entry.path)
    newest = max(found.st_mtime_ns, found.st_ctime_ns)
    stamps = f"{found.st_mtime_ns} {found.st_ctime_ns}"
    return entry.path, f"{found.st_size} {stamps} {found.st_ino}", newest


def _digest(entries: Iterable[Entry]) -> str:
    return _hash("\n".join(sorted(f"{path}\0{status}" for path, status, _ in entries)))


def _digest_of(path: str) -> str:
    """Return the digest of a file; nothing for what is no file: a named pipe would wait."""
    if not os.path.isfile(path):  # noqa: PTH113  a Path costs more
        return ""
    with open(path, "rb") as file:  # noqa: PTH123  a Path costs more
        return hashlib.file_digest(file, "blake2b").hexdigest()


def _hash(text: str) -> str:
    return hashlib.blake2b(os.fsencode(text), digest_size=16).hexdigest()
