"""The writing of new files: all of them or none, and never over an existing file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .model import NewFile


class TakenError(Exception):
    """Something is where the new files should go; the text says what it is and what to do."""


def write_site(folder: Path, files: Sequence[NewFile]) -> None:
    """Write the files into a new or empty folder; raise TakenError for any other.

    They are written into a folder next to it, which then takes its name, so that a run that is
    stopped leaves no half of a site.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise TakenError(f"{folder} is there and not empty; expected a new name or an empty folder")
    unfinished = folder.parent / f".{folder.name}.new"
    folder.parent.mkdir(parents=True, exist_ok=True)
    _clear(unfinished)
    for file in files:
        target = unfinished / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.data)
    unfinished.rename(folder)


def _clear(folder: Path) -> None:
    """Remove the folder that a stopped run has left."""
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    if folder.is_dir():
        folder.rmdir()


def write_text(target: Path, text: str) -> None:
    """Write the text into a new file; raise TakenError if the file exists."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise TakenError(f"{target} is there already; expected another title") from None
