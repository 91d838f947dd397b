"""The order of an installation: check the stamp, and if it is old, install and then write it."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import environment as env
from .lock import entries, is_within, package_names, wheel_names
from .stamp import is_installed, is_whole, remove_stamps, write_stamp

ENVIRONMENT = ".venv"
TURN = ".venv.lock"
"""The lock's file; outside the environment, which may be removed and made anew meanwhile."""


def install(lock_file: Path) -> None:
    """Install what the lock names into `.venv` next to it, and renew its stamp.

    If another lock that contains this one is installed already (the tests' contains the build's),
    nothing is installed or removed.
    """
    if not lock_file.is_file():
        raise env.SetupError(f"There is no lock file {lock_file}.")
    folder = lock_file.resolve().parent
    with one_at_a_time(folder / TURN):
        bring_up_to_date(lock_file, folder / ENVIRONMENT)


def bring_up_to_date(lock_file: Path, environment: Path) -> None:
    """Do the work of `install`; only one process at a time may call it."""
    usable = is_usable(environment)
    if not (usable and is_held(lock_file, environment)):
        change(lock_file, environment, anew=not usable)
    for held in locks_within(lock_file):
        write_stamp(held, environment)


def is_usable(environment: Path) -> bool:
    """Return True if the interpreter exists and this Python has completed the last installation."""
    return env.python_of(environment).exists() and is_whole(environment)


def is_held(lock_file: Path, environment: Path) -> bool:
    """Return True if this lock, or one that contains it, is installed."""
    return any(is_installed(other, environment) for other in locks_around(lock_file))


def change(lock_file: Path, environment: Path, *, anew: bool) -> None:
    """Install exactly what the lock names; remove all old stamps first."""
    text = lock_file.read_text("utf-8")
    count = len(entries(text))
    started = time.monotonic()
    print(f"Installing {lock_file.name} into {environment.name}...", flush=True)
    remove_stamps(environment)
    if anew:
        env.create(environment)
    env.uninstall_wheels(wheel_names(text), environment)
    env.install_lock(lock_file, environment, count=count)
    env.uninstall_others(package_names(text), environment)
    print(f"Installed in {time.monotonic() - started:.0f} s.", flush=True)


def locks_around(lock_file: Path) -> list[Path]:
    """Return the lock files of this folder that contain every entry of this one, or are it."""
    text = lock_file.read_text("utf-8")
    return [other for other in siblings(lock_file) if is_within(text, other.read_text("utf-8"))]


def locks_within(lock_file: Path) -> list[Path]:
    """Return the lock files of this folder whose entries are all in this one, or are it."""
    text = lock_file.read_text("utf-8")
    return [other for other in siblings(lock_file) if is_within(other.read_text("utf-8"), text)]


def siblings(lock_file: Path) -> list[Path]:
    """Return the lock files of this folder, sorted by name."""
    return sorted(lock_file.resolve().parent.glob("requirements*.txt"))


@contextmanager
def one_at_a_time(turn: Path) -> Iterator[None]:
    """Wait until no other set-up of this folder runs, nor a pip that a killed one left behind.

    Others wait in turn until the block ends.
    """
    with turn.open("w", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another set-up to end...", flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        os.set_inheritable(file.fileno(), True)
        yield
