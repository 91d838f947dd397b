"""The record of an installation: one small file for each lock, written when all is in place.

A stamp holds the lock's digest and the Python's version. `make` compares its age with the lock's,
and so starts nothing if nothing has changed; this module trusts only its text.
"""

import hashlib
import platform
from pathlib import Path

STAMPS = ".installed-*"


def stamp_path(lock_file: Path, environment: Path) -> Path:
    """Return the stamp's path: `requirements.txt` gives `.venv/.installed-requirements`."""
    return environment / f".installed-{lock_file.stem}"


def stamp_text(lock_file: Path) -> str:
    """Return the stamp's text for this Python and the lock as it is now."""
    digest = hashlib.sha256(lock_file.read_bytes()).hexdigest()
    return f"{python_line()}lock {digest}\n"


def python_line() -> str:
    """Return the first line of a stamp that this Python writes."""
    return f"python {platform.python_version()}\n"


def is_installed(lock_file: Path, environment: Path) -> bool:
    """Return True if this Python has completely installed the lock as it is now."""
    stamp = stamp_path(lock_file, environment)
    return stamp.is_file() and stamp.read_text("utf-8") == stamp_text(lock_file)


def is_whole(environment: Path) -> bool:
    """Return True if this Python completed an installation and has begun none since."""
    stamps = list(environment.glob(STAMPS))
    return bool(stamps) and all(s.read_text("utf-8").startswith(python_line()) for s in stamps)


def write_stamp(lock_file: Path, environment: Path) -> None:
    """Write the stamp of a lock; it is newer than the lock, and never half-written."""
    stamp = stamp_path(lock_file, environment)
    unfinished = environment / f"new{stamp.name}"
    unfinished.write_text(stamp_text(lock_file), "utf-8")
    unfinished.replace(stamp)


def remove_stamps(environment: Path) -> None:
    """Remove all stamps, so that the next run notices an installation that stops half-way."""
    for stamp in environment.glob(STAMPS):
        stamp.unlink()
