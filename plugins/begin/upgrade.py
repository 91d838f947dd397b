"""`hallway upgrade PACKAGE`: build this site with another Hallway; `hallway downgrade` returns.

PACKAGE is a clone of Hallway or a wheel. Exit codes: 0 done, 1 the site does not build with it, 2
nothing was changed (the message says why).
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from pathlib import Path

from .model import NewFile
from .new_site import LOCK, complain, given
from .package import FOLDER, Package, PackageError, package_of

HALLWAY = Path(".venv/bin/hallway")
BEFORE = Path(FOLDER, "before")
OUTPUT = Path("output")
MOST_NAMED = 10
"""The most files of each sort that are named; the others are counted."""

# Matches the heading of a version in the changelog: `## 0.2.0 (2027-01-15)`, `## Unreleased`.
VERSION = re.compile(r"## (?P<version>\S+)")


def main(arguments: Sequence[str]) -> int:
    """Change the package of the site in this folder; return the exit code."""
    options = _options(arguments)
    wheels = sorted(Path(FOLDER).glob("*.whl"))
    if len(wheels) != 1:
        return complain(f"{FOLDER}: found {len(wheels)} packages; expected one, of `make new-site`")
    try:
        if options.back:
            return take_back(wheels[0])
        return change(wheels[0], package_of(Path(options.package)))
    except (PackageError, OSError) as error:
        return complain(str(error))


def _options(arguments: Sequence[str]) -> Namespace:
    parser = ArgumentParser(prog="hallway upgrade", description="Move to another Hallway.")
    parser.add_argument(
        "package", nargs="?", default=given("FROM"), help="a clone of Hallway, or a wheel"
    )
    parser.add_argument("--back", action="store_true", help="return to the package before this one")
    return parser.parse_args(arguments)


def change(old: Path, new: Package) -> int:
    """Build the site with the new package and print what changes; return the exit code."""
    if old.read_bytes() == new.wheel.data:
        print(f"{old.name} is what this site is built with already.")
        return 0
    if build():
        return complain("The site has problems: solve them first, so that the two can be compared.")
    added = added_by_hand(package_of(old))
    before, news = digests(OUTPUT), list(news_since(version_of(old), new))
    put_aside(old)
    put_in_place(new, added)
    if code := set_up(Path(new.wheel.path)):
        return code
    print("\n".join(news))
    failed = build()
    print("\n".join(differences(before, digests(OUTPUT))))
    print("`make downgrade` takes it back.")
    return 1 if failed else 0


def take_back(current: Path) -> int:
    """Return to the package before the last upgrade and build the site; return the exit code."""
    kept = sorted(BEFORE.glob("*.whl"))
    if not kept:
        return complain("There is no package to return to: the last upgrade was taken back.")
    current.unlink()
    for file in (*kept, BEFORE / LOCK):
        file.rename(file.parents[1] / file.name if file.suffix == ".whl" else Path(LOCK))
    BEFORE.rmdir()
    return set_up(Path(FOLDER, kept[0].name)) or build()


def build() -> int:
    """Build the site with the installed package; return the exit code."""
    return subprocess.run([HALLWAY, "html"], check=False).returncode


def set_up(wheel: Path) -> int:
    """Install the lock into `.venv`, with the package's own set-up; return the exit code."""
    environment = {**os.environ, "PYTHONPATH": str(wheel)}
    command = [str(Path(sys.executable).resolve()), "-m", "hallway.setup", LOCK]
    return subprocess.run(command, env=environment, check=False).returncode


def put_aside(old: Path) -> None:
    """Move the package and a copy of its lock to the folder from which `downgrade` takes them."""
    BEFORE.mkdir(exist_ok=True)
    for file in BEFORE.iterdir():
        file.unlink()
    (BEFORE / LOCK).write_bytes(Path(LOCK).read_bytes())
    old.rename(BEFORE / old.name)


def added_by_hand(old: Package) -> str:
    """Return the lines that the author wrote below the lock of the package.

    Raises PackageError if the lock itself was changed: those changes would be lost.
    """
    text = Path(LOCK).read_text("utf-8")
    if not text.startswith(old.requirements):
        raise PackageError(f"{LOCK}: found changed lines; expected your own below the others only")
    return text.removeprefix(old.requirements)


def put_in_place(new: Package, added: str) -> None:
    """Write the new package and its lock, with the author's own lines below."""
    _write(new.wheel)
    _write(NewFile(LOCK, f"{new.requirements}{added}".encode()))


def _write(file: NewFile) -> None:
    unfinished = Path(f"{file.path}.new")
    unfinished.write_bytes(file.data)
    unfinished.rename(file.path)


def version_of(wheel: Path) -> str:
    """Return the version in a wheel's name: `0.1.0` of `hallway-0.1.0-py3-none-any.whl`."""
    return wheel.name.split("-")[1]


def news_since(version: str, package: Package) -> Iterator[str]:
    """Yield the lines of the package's changelog above the heading of a version."""
    lines = package.text("CHANGELOG.md").splitlines()
    first = next((n for n, line in enumerate(lines) if VERSION.match(line)), len(lines))
    return takewhile(lambda line: not _is_of(line, version), lines[first:])


def _is_of(line: str, version: str) -> bool:
    heading = VERSION.match(line)
    return heading is not None and heading["version"] == version


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 digest of every file below a folder, by its path."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files
    }


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """Yield lines that count and name the files that were added, removed and changed."""
    changed = {path for path in {*before} & {*after} if before[path] != after[path]}
    sorts = {"added": {*after} - {*before}, "removed": {*before} - {*after}, "changed": changed}
    for sort, paths in sorts.items():
        yield f"Files {sort}: {len(paths)}"
        yield from (f"  {path}" for path in sorted(paths)[:MOST_NAMED])
        if len(paths) > MOST_NAMED:
            yield f"  and {len(paths) - MOST_NAMED} more"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
