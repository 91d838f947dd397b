"""The order of an installation: trust a stamp, else begin safely, install, and stamp last."""

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
"""Outside the environment, which may be removed and made anew while it is held."""


def install(lock_file: Path) -> None:
    """`.venv` beside the lock file holds what the lock names, and its stamp is fresh.

    A lock that holds this one whole and is installed already (the tests' holds the build's) is
    left as it is: then nothing is added and nothing removed.
    """
    if not lock_file.is_file():
        raise env.SetupError(f"There is no lock file {lock_file}.")
    folder = lock_file.resolve().parent
    with one_at_a_time(folder / TURN):
        bring_up_to_date(lock_file, folder / ENVIRONMENT)


def bring_up_to_date(lock_file: Path, environment: Path) -> None:
    """As `install`; to be called by one process at a time."""
    usable = is_usable(environment)
    if not (usable and is_held(lock_file, environment)):
        change(lock_file, environment, anew=not usable)
    for held in locks_within(lock_file):
        write_stamp(held, environment)


def is_usable(environment: Path) -> bool:
    """True if its interpreter is there, is this Python, and the last installation ended well."""
    return env.python_of(environment).exists() and is_whole(environment)


def is_held(lock_file: Path, environment: Path) -> bool:
    """True if this lock, or one that holds it whole, is installed."""
    return any(is_installed(other, environment) for other in locks_around(lock_file))


def change(lock_file: Path, environment: Path, *, anew: bool) -> None:
    """The environment holds exactly what the lock names; no stamp is left from before."""
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
    """The lock files of this folder that hold every entry of this one, itself among them."""
    text = lock_file.read_text("utf-8")
    return [other for other in siblings(lock_file) if is_within(text, other.read_text("utf-8"))]


def locks_within(lock_file: Path) -> list[Path]:
    """The lock files of this folder whose every entry this one holds, itself among them."""
    text = lock_file.read_text("utf-8")
    return [other for other in siblings(lock_file) if is_within(other.read_text("utf-8"), text)]


def siblings(lock_file: Path) -> list[Path]:
    """The lock files of this folder, in the order of their names."""
    return sorted(lock_file.resolve().parent.glob("requirements*.txt"))


@contextmanager
def one_at_a_time(turn: Path) -> Iterator[None]:
    """Inside, no other set-up of this folder is running, nor a pip that a killed one left."""
    with turn.open("w", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another set-up to end...", flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        os.set_inheritable(file.fileno(), True)
        yield
