"""The file of the output that an address means.

Each build exchanges the whole output, so nothing of it is cached between two requests.
"""

from __future__ import annotations

import os
import stat
from html.parser import HTMLParser
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote_to_bytes, urlsplit

from msgspec import Struct

INDEX = "index.html"
HEAD_BYTES = 16_384
"""The bytes of the home page that are read for its canonical address."""


LARGE = 1_048_576
"""The size in bytes from which a file is sent in pieces instead of read whole."""


class File(Struct, frozen=True):
    """A file of the output, as it was at one moment."""

    name: str
    data: bytes
    """All its bytes; empty for a large file."""
    modified: float | None = None
    """The time of its last change in seconds since 1970; None for what is on no disk."""
    stream: BinaryIO | None = None
    """A large file, open; the caller closes it."""
    size: int = 0
    """The size of a large file in bytes."""
    mark: str = ""
    """A text that differs when a large file has changed."""


class Moved(Struct, frozen=True):
    """The path of the address that was asked for is another one."""

    path: str


def find(output: Path, path: str) -> File | Moved | None:
    """Return the file at a path of an address (percent-encoded), or its new path, or None.

    Nothing outside the output is found, whatever the path or a symbolic link says.
    """
    base = base_of(output)
    if not path.startswith(base):
        return Moved(base) if path in {"/", base[:-1]} else None
    names = _names(path.removeprefix(base))
    if names is None:
        return None
    root = output.resolve()
    found = _look(root, names, path=path)
    # If the output is a symbolic link, a build may have switched it and removed the old folder.
    if not found and output.resolve() != root:
        found = _look(output.resolve(), names, path=path)
    return found


def base_of(output: Path) -> str:
    """Return the path that the site is served under, like `/` or `/blog/`.

    It is read from the home page's canonical address: that is right whatever settings built the
    site, and changes with them. Without such an address it is `/`.
    """
    canonical = _Canonical()
    try:
        with (output / INDEX).open("rb") as file:
            canonical.feed(file.read(HEAD_BYTES).decode("utf-8", "replace"))
    except (FileNotFoundError, NotADirectoryError):
        return "/"
    folder = urlsplit(canonical.address).path.rpartition("/")[0]
    return f"{folder}/" if folder.startswith("/") else "/"


class _Canonical(HTMLParser):
    address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "link" and ("rel", "canonical") in attrs:
            self.address = dict(attrs).get("href") or ""


def _names(path: str) -> list[str] | None:
    """Return the names of a path below the base, empty last for a folder; None if one is odd."""
    # A request line is bytes, which `http.server` (Python 3.11) reads as Latin-1.
    raw = path.encode("latin-1", "replace").split(b"/")
    *folders, last = [os.fsdecode(unquote_to_bytes(name)) for name in raw]
    odd = any(_is_odd(name) for name in folders) or (last != "" and _is_odd(last))
    return None if odd else [*folders, last]


def _is_odd(name: str) -> bool:
    return name in {"", ".", ".."} or any(sign in name for sign in ("/", os.sep, "\0"))


def _look(root: Path, names: list[str], *, path: str) -> File | Moved | None:
    target = root.joinpath(*names)
    try:
        if target.is_dir() and names[-1]:
            return Moved(path + "/")
        return _read(root, target if names[-1] else target / INDEX)
    except OSError:  # not there, not readable, or a name that this system cannot have
        return None


def _read(root: Path, file: Path) -> File | None:
    if not file.resolve().is_relative_to(root):
        return None
    # Not blocking, since opening a FIFO would wait for its writer.
    stream = os.fdopen(os.open(file, os.O_RDONLY | os.O_NONBLOCK), "rb")
    facts = os.fstat(stream.fileno())
    if _is_file(facts) and facts.st_size >= LARGE:
        mark = f"{facts.st_ino:x}-{facts.st_mtime_ns:x}-{facts.st_size:x}"
        return File(file.name, b"", facts.st_mtime, stream, facts.st_size, mark)
    with stream:
        return File(file.name, stream.read(), facts.st_mtime) if _is_file(facts) else None


def _is_file(facts: os.stat_result) -> bool:
    return stat.S_ISREG(facts.st_mode)
