"""What was installed last: one small file a lock, written when all is in place and not before.

A stamp holds the lock's hash and the Python's version. `make` compares its age with the lock's and
so starts nothing when nothing changed; whoever reads it here trusts its text alone.
"""

import hashlib
import platform
from pathlib import Path

STAMPS = ".installed-*"


def stamp_path(lock_file: Path, environment: Path) -> Path:
    """`requirements.txt` → `.venv/.installed-requirements`."""
    return environment / f".installed-{lock_file.stem}"


def stamp_text(lock_file: Path) -> str:
    """What the stamp says once this Python has installed the lock as it is now."""
    digest = hashlib.sha256(lock_file.read_bytes()).hexdigest()
    return f"{python_line()}lock {digest}\n"


def python_line() -> str:
    """The first line of a stamp that this Python wrote."""
    return f"python {platform.python_version()}\n"


def is_installed(lock_file: Path, environment: Path) -> bool:
    """True if the lock as it is now was installed to the end, by this Python."""
    stamp = stamp_path(lock_file, environment)
    return stamp.is_file() and stamp.read_text("utf-8") == stamp_text(lock_file)


def is_whole(environment: Path) -> bool:
    """True if some installation by this Python ended well and none was begun since."""
    stamps = list(environment.glob(STAMPS))
    return bool(stamps) and all(s.read_text("utf-8").startswith(python_line()) for s in stamps)


def write_stamp(lock_file: Path, environment: Path) -> None:
    """The stamp says that the lock is installed and is newer than it; never half-written."""
    stamp = stamp_path(lock_file, environment)
    unfinished = environment / f"new{stamp.name}"
    unfinished.write_text(stamp_text(lock_file), "utf-8")
    unfinished.replace(stamp)


def remove_stamps(environment: Path) -> None:
    """Nothing counts as installed: an installation that stops half-way is seen by the next run."""
    for stamp in environment.glob(STAMPS):
        stamp.unlink()
