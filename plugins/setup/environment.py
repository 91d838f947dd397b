"""The virtual environment and its pip: everything that starts another program."""

import re
import sys
import sysconfig
from collections import deque
from collections.abc import Iterable
from importlib.metadata import distributions
from pathlib import Path
from subprocess import PIPE, STDOUT, Popen

from .lock import canonical, entries_of

OWN_TOOLS = frozenset({"pip", "setuptools", "wheel"})
"""Packages that `venv` itself installs on some Pythons; they stay even if no lock names them."""

PIP = ("-m", "pip", "--disable-pip-version-check", "--no-input")
INSTALL = ("install", "--no-user", "--no-deps", "--require-hashes", "--progress-bar=off")
COMPILE_WHEN_USED = ("--no-compile",)
"""Python compiles what it imports; compiling everything up front adds half to the wait."""

NO_BUILD = ("--only-binary=:all:",)
LOCKED_BUILD = ("--use-pep517", "--no-build-isolation")
"""Source packages are built by setuptools from the lock, never by one fetched without a hash."""

TOOLS = ("pip", "setuptools")
"""Packages that install and build the others; they come first, if the lock names them."""

COLLECTING = re.compile(r"^(?:Collecting|Processing) (?:\S*/)?(?P<pin>\S+)")
"""Matches pip's `Collecting idna==3.20 (from -r …)`; not `  Downloading idna-3.20…`."""

LAST_LINES = 8
HINT = "If the network was away, run the same command again when it is back."


class SetupError(Exception):
    """`.venv` could not be made to hold what the lock names; the text is for the reader."""


def python_of(environment: Path) -> Path:
    """Return the path of the environment's interpreter; it need not exist."""
    return environment / "bin" / "python"


def create(environment: Path) -> None:
    """Create a new environment with only pip, whatever was there before.

    It is made by the interpreter that links lead to: an environment made through `/usr/bin/python3`
    would change its version together with the system's default.
    """
    interpreter = Path(sys.executable).resolve()
    run([str(interpreter), "-m", "venv", "--clear", str(environment)], f"make {environment.name}")


def install_lock(lock_file: Path, environment: Path, *, count: int) -> None:
    """Install every pin for this machine, from files whose hashes the lock names.

    The packages in TOOLS come first. Raises SetupError with a hint if pip fails.
    """
    text = lock_file.read_text("utf-8")
    tools = [name for name in TOOLS if entries_of(text, name)]
    pins = "".join(entries_of(text, name) for name in tools)
    pip = [*pip_of(environment), *INSTALL, *COMPILE_WHEN_USED]
    try:
        if tools:
            purpose = f"install {' and '.join(tools)}"
            run([*pip, *NO_BUILD, "-r", "/dev/stdin"], purpose, stdin=pins, count=len(tools))
        run([*pip, *LOCKED_BUILD, "-r", str(lock_file)], f"install {lock_file.name}", count=count)
    except SetupError as error:
        raise SetupError(f"{error}\n{HINT}") from None


def uninstall_wheels(names: frozenset[str], environment: Path) -> None:
    """Remove what wheels beside the lock replace: pip keeps one of the same version."""
    old = sorted(installed_names(environment) & names)
    if old:
        run([*pip_of(environment), "uninstall", "--yes", *old], f"remove {', '.join(old)}")


def uninstall_others(names: frozenset[str], environment: Path) -> None:
    """Remove all packages except the named ones and those of `venv` itself."""
    others = sorted(installed_names(environment) - names - OWN_TOOLS)
    if others:
        run([*pip_of(environment), "uninstall", "--yes", *others], f"remove {', '.join(others)}")


def installed_names(environment: Path) -> frozenset[str]:
    """Return the names of the installed packages, from their metadata."""
    base = {"base": str(environment), "platbase": str(environment)}
    folders = {sysconfig.get_path(key, "venv", base) for key in ("purelib", "platlib")}
    found = distributions(path=sorted(folders))
    return frozenset(canonical(distribution.metadata["Name"]) for distribution in found)


def pip_of(environment: Path) -> list[str]:
    """Return the start of a pip command inside the environment."""
    return [str(python_of(environment)), *PIP]


def run(command: list[str], purpose: str, *, stdin: str = "", count: int = 0) -> None:
    """Run a command; raise SetupError with its last lines if it fails.

    On a terminal, one line shows how many of `count` packages are collected.
    """
    # Open files are inherited, so that a pip which outlives us still holds our lock (install.py).
    with Popen(
        command,
        stdin=PIPE,
        stdout=PIPE,
        stderr=STDOUT,
        encoding="utf-8",
        errors="replace",
        close_fds=False,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(stdin)
        process.stdin.close()
        last = follow(process.stdout, count=count)
    if process.returncode != 0:
        raise SetupError(failure(purpose, last, code=process.returncode))


def follow(lines: Iterable[str], *, count: int) -> list[str]:
    """Read all lines, count the collected packages, and return the last LAST_LINES lines."""
    last: deque[str] = deque(maxlen=LAST_LINES)
    collected = 0
    for line in lines:
        last.append(line.rstrip())
        if match := COLLECTING.match(line):
            collected += 1
            show_progress(f"{collected} of {count}: {match['pin']}")
    show_progress("")
    return list(last)


def show_progress(text: str) -> None:
    """Replace the last line of a terminal; write nothing if the output is no terminal."""
    if sys.stdout.isatty():
        print(f"\r\x1b[K{text}", end="", flush=True)


def failure(purpose: str, last: list[str], *, code: int) -> str:
    """Return the message about a failed command: its last lines, and its purpose."""
    quoted = "".join(f"  {line}\n" for line in last if line)
    return f"{quoted}Could not {purpose} (exit code {code}): the lines above are its last words."
