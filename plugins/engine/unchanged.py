"""The question before all others: has anything changed since the last good build?

It is asked before Pelican, the features and their libraries are imported, so nothing here needs
more than the standard library. A good build leaves a record in `.cache/` of what it was made of:

    the arguments, the folder and the settings, for which the settings file is run again
    every file of the content and the theme, and all code, by size, times and place
    the Python, and the libraries by version
    every file of the output, by size and time
    from when until when nothing changes by itself: no post appears, no call closes, no day ends

Where all of it is as it was, the output is what a build would make. A file that was changed right
before the build may change again under the same time stamp, so of those the bytes are compared.
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
"""A folder, how the names end that count, and whether folders below it do."""

Record = dict[str, Any]


class LinkedFolderError(OSError):
    """A link to a folder, of which not everything that is behind it would be seen."""


def told_unchanged(arguments: Sequence[str]) -> bool:
    """Say that there is nothing to do, if that is so."""
    started = time.monotonic()
    record: Record = {}
    with _Doubt():
        read = json.loads(_file(arguments).read_bytes())
        with Path(read["lock"]).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # else another build is at it
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
    """Whatever fails inside, a settings file for one, is for the build itself to tell of."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        return isinstance(error, Exception)


def remember(arguments: Sequence[str], record: Record) -> None:
    """Leave a record of a good build, or none where that cannot be."""
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
    """Return what there is in these folders now; None if that cannot be told."""
    now = time.time_ns()
    try:
        entries = list(_all_entries(roots))
        recent = [path for path, _, changed in entries if changed > now - SETTLED]
        unsettled = {path: _digest_of(path) for path in recent}
    except OSError:
        return None
    return {"roots": roots, "inputs": _digest(entries), "unsettled": unsettled}


def settings_digest(file: str) -> str:
    """Return a digest of all settings of a settings file, which is run for that."""
    found = runpy.run_path(file, run_name=Path(file).stem)
    named = {name: value for name, value in found.items() if name.isupper()}
    return _hash(repr(plain(named)))


def plain(value: object) -> object:
    """A setting as plain data: of what is none its name, and of a function its code as well."""
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
"""A path, what changes with the file, and when it last did."""


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
