"""Makes the environment of a page's commands: their own packages, and nothing of the caller's."""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from ...setup import environment as env
from ...setup.install import one_at_a_time
from ...setup.lock import entries
from ...setup.stamp import is_installed, write_stamp
from ...source.errors import ConfigurationError

SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin:/opt/homebrew/bin"

VERSIONS = """
import importlib.metadata, json, sys
found = {}
for name in sys.argv[1:]:
    try:
        found[name] = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        pass
print(json.dumps(found))
"""


class Environment(Struct, frozen=True):
    """The programs that a page's commands find."""

    python: Path
    bash: Path

    def variables(self, place: Path) -> dict[str, str]:
        """Return all variables of a command that runs in the throw-away folder `place`."""
        return {
            "HOME": str(place / "home"),
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "LOGNAME": "reader",
            "PATH": f"{self.python.parent}:{SYSTEM_PATH}",
            "SHELL": str(self.bash),
            "TERM": "dumb",
            "TMPDIR": str(place / "tmp"),
            "TZ": "UTC",
            "USER": "reader",
        }

    def versions(self, names: Iterable[str]) -> dict[str, str]:
        """Return the versions of the installed ones among the packages, by the names given."""
        command = [str(self.python), "-I", "-c", VERSIONS, *names]
        result = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
        found: dict[str, str] = json.loads(result.stdout)
        return found


def environment_for(lock: Path | None, cache: Path) -> Environment:
    """Return the environment with exactly what the lock names, or this process's own without one.

    The environment is made once and then found in the cache. Raises ConfigurationError.
    """
    bash = shutil.which("bash")
    if not bash:
        raise ConfigurationError("bash: found no such program; expected it for `make verify`")
    python = env.python_of(_installed(lock, cache)) if lock else Path(sys.executable)
    return Environment(python, Path(bash))


def _installed(lock: Path, cache: Path) -> Path:
    digest = hashlib.sha256(platform.python_version().encode() + lock.read_bytes())
    folder = cache / digest.hexdigest()[:KEY_LENGTH]
    cache.mkdir(parents=True, exist_ok=True)
    try:
        with one_at_a_time(folder.with_suffix(".lock")):
            if not (env.python_of(folder).exists() and is_installed(lock, folder)):
                env.create(folder)
                env.install_lock(lock, folder, count=len(entries(lock.read_text("utf-8"))))
                write_stamp(lock, folder)
    except env.SetupError as error:
        raise ConfigurationError(f"{lock}: {error}") from None
    return folder.resolve()


KEY_LENGTH = 16
"""The length of a folder's name in the cache: paths in an environment's scripts must stay short."""


def platform_name() -> str:
    """Return the system and Python of this machine: `Debian GNU/Linux 13 (x86_64), Python 3.13.1`.

    The record only notes it: a check made on one platform holds on another.
    """
    return f"{_system()} ({platform.machine()}), Python {platform.python_version()}"


def _system() -> str:
    try:
        name = platform.freedesktop_os_release()
    except OSError:
        return f"{platform.system()} {platform.release()}"
    return name["PRETTY_NAME"]
