"""The sandbox for commands, where bubblewrap is installed and the system lets it work.

Only what this module names is inside: programs and libraries, read-only; the page's folder,
read-only; one file system in memory with a home, a folder for temporary files and the copy that
commands change; only harmless devices; only the sandbox's own processes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

SOURCE = "/source"
"""The path of the page's folder inside."""
PLACE = Path("/tmp/reader")
"""The folder of the copy, the home and the temporary files inside."""
USERS = b"reader:x:1000:1000::/tmp/reader/home:/bin/bash\n"
NO_SANDBOX = "none"
"""The value that the record has for a check without a sandbox."""

MEMORY = 2 * 1024**3
"""The bytes of memory that all processes of a page may use together."""
PROCESSES = 256
DISK = 512 * 1024**2
"""The bytes that all files of a page may use together; they are in memory, too."""
SHARED_MEMORY = 64 * 1024**2

SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64")
CONFIGURATION = (
    *("alternatives", "bash.bashrc", "ca-certificates", "ca-certificates.conf", "crypto-policies"),
    *("debian_version", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime", "magic"),
    *(
        "mime.types",
        "os-release",
        "perl",
        "pki",
        "protocols",
        "services",
        "ssl/certs",
        "ssl/openssl.cnf",
        "terminfo",
    ),
)
NETWORK_CONFIGURATION = ("gai.conf", "host.conf", "hosts", "nsswitch.conf", "resolv.conf")


class Sandbox(Struct, frozen=True):
    """A bubblewrap that works on this machine."""

    program: str
    version: str
    """Its name and version, like `bubblewrap 0.8.0`."""
    memory: int = MEMORY
    processes: int = PROCESSES
    disk: int = DISK

    @property
    def limits(self) -> dict[str, int]:
        """Return the limits that inside.py enforces: bytes of memory, number of processes."""
        return {"memory": self.memory, "processes": self.processes}

    def words(self, limit: str) -> str:
        """Describe a step that passed the limit of this name."""
        if limit == "memory":
            return f"a step that used more than {self.memory // 1024**2} MB of memory"
        return f"a step that had more than {self.processes} processes at once"

    def command(
        self,
        command: Sequence[str],
        *,
        prefixes: Sequence[Path],
        source: Path,
        users: int,
        network: bool = False,
    ) -> list[str]:
        """Return the command that runs another one inside.

        `prefixes` are the folders of the Python that it needs; `users` is a descriptor to read
        `USERS` from.
        """
        etc = (*CONFIGURATION, *(NETWORK_CONFIGURATION if network else ()))
        return [
            self.program,
            *("--unshare-all", "--unshare-user", *(["--share-net"] if network else [])),
            *("--uid", "1000", "--gid", "1000", "--hostname", "hallway"),
            *("--die-with-parent", "--new-session", "--cap-drop", "ALL", "--disable-userns"),
            *_system(),
            *(word for name in etc for word in _read_only(f"/etc/{name}")),
            *("--ro-bind-data", str(users), "/etc/passwd"),
            *("--proc", "/proc", "--dev", "/dev"),
            *("--size", str(SHARED_MEMORY), "--tmpfs", "/dev/shm", "--remount-ro", "/dev"),
            *("--size", str(self.disk), "--tmpfs", "/tmp", "--symlink", "/tmp", "/var/tmp"),
            *(word for prefix in prefixes for word in _read_only(str(prefix))),
            *("--ro-bind", str(source), SOURCE, "--remount-ro", "/", "--chdir", "/tmp", "--"),
            *command,
        ]


def find_sandbox(program: str | None = None) -> Sandbox | str:
    """Return the sandbox of this machine, or the reason why there is none."""
    found = shutil.which(program or "bwrap")
    if not found:
        return "bubblewrap is not installed"
    sandbox = Sandbox(found, _output([found, "--version"]).strip())
    with users_file() as users:
        trial = sandbox.command(["true"], prefixes=(), source=Path("/usr"), users=users)
        result = subprocess.run(
            trial, pass_fds=[users], check=False, capture_output=True, encoding="utf-8"
        )
    if result.returncode:
        said = result.stderr.strip().splitlines() or ["it does not say why"]
        return f"bubblewrap does not work here ({said[-1]})"
    return sandbox


@contextmanager
def users_file() -> Iterator[int]:
    """Yield a descriptor of the list of users that commands see; it can be read once."""
    end, start = os.pipe()
    os.write(start, USERS)
    os.close(start)
    yield end
    os.close(end)


def _output(command: Sequence[str]) -> str:
    return subprocess.run(command, check=False, capture_output=True, encoding="utf-8").stdout


def prefixes_of(python: Path) -> tuple[Path, ...]:
    """Return the folders outside `/usr` that an interpreter needs: environment and base."""
    code = "import sys; print(sys.prefix); print(sys.base_prefix); print(sys.exec_prefix)"
    named = [Path(line) for line in _output([str(python), "-I", "-c", code]).splitlines()]
    folders = dict.fromkeys([*named, *(folder.resolve() for folder in named)])
    return tuple(folder for folder in folders if not folder.is_relative_to("/usr"))


def _system() -> Iterator[str]:
    """Yield the arguments for the system's folders; on most systems, all but one are links."""
    for name in SYSTEM:
        folder = Path(name)
        if folder.is_symlink():
            yield from ("--symlink", str(folder.readlink()), name)
        elif folder.is_dir():
            yield from ("--ro-bind", name, name)


def _read_only(path: str) -> tuple[str, str, str]:
    return ("--ro-bind-try", path, path)
