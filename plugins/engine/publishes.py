"""Copies of the last publishes, with their hashes and ledgers.

    .output.publishes/
        3/site/         the files of the third publish, as hard links to the same files
        3/SHA256SUMS    their hashes, in the form that `sha256sum --check` reads
        3/ledger.json   the ledger that it wrote
        live            the number of the publish that the output holds

Everything is prepared before the exchange, so that failures happen while nothing has changed; after
it there are only renames. If a publish is killed between them, the next one repairs it by making
the same ledger: whatever is new in the ledger depends on the content alone.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from ..ledger.changes import Sums
from ..site.ledger import LEDGER
from ..source.errors import ConfigurationError, ContentError
from ..source.problem import Place, Problem
from .stage import MARK, Stage, linked, writing

KEPT = 3
"""The number of publishes that are stored."""


class Publish(Struct, frozen=True):
    """The copy of one publish."""

    folder: Path

    @property
    def number(self) -> int:
        """The number of the publish; the first has 1."""
        return int(self.folder.name)

    @property
    def site(self) -> Path:
        """The folder with its files."""
        return self.folder / "site"

    @property
    def ledger(self) -> Path:
        """The ledger that it wrote."""
        return self.folder / LEDGER

    def sums(self) -> Sums:
        """Return the SHA-256 digests of its files, by path."""
        lines = (self.folder / "SHA256SUMS").read_text("utf-8").splitlines()
        return {path: digest for digest, _, path in (line.partition("  ") for line in lines)}


class Publishes:
    """The last publishes into one output."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self.folder = output.with_name(f".{output.name}.publishes")
        self.fresh = self.folder / "fresh"
        self.mark = self.folder / "live"

    def kept(self) -> list[Publish]:
        """Return the stored publishes, oldest first."""
        folders = self.folder.glob("[0-9]*") if self.folder.is_dir() else ()
        return sorted((Publish(folder) for folder in folders), key=lambda kept: kept.number)

    def newest(self) -> Publish | None:
        """Return the last publish; None if there is none."""
        return next(reversed(self.kept()), None)

    def live(self) -> Publish | None:
        """Return the publish that the output holds; None if another build has replaced it."""
        number = self.mark.read_text("utf-8") if self.mark.is_file() else ""
        return next((kept for kept in self.kept() if str(kept.number) == number), None)

    def prepare(self, site: Path, ledger: bytes) -> None:
        """Copy a finished stage and its ledger; the copy does not count until `keep`."""
        with writing():
            shutil.rmtree(self.fresh, ignore_errors=True)
            sums = sums_of(site)
            for path in sums:
                _link(site / path, self.fresh / "site" / path)
            text = "".join(f"{digest}  {path}\n" for path, digest in sums.items())
            (self.fresh / "site").mkdir(parents=True, exist_ok=True)
            (self.fresh / "SHA256SUMS").write_text(text, "utf-8")
            (self.fresh / LEDGER).write_bytes(ledger)

    def keep(self) -> None:
        """Make what was prepared the newest publish, and note that the output holds it.

        If its files are the same as those of the newest, only the ledger is replaced. All but the
        last KEPT publishes are removed.
        """
        newest, fresh = self.newest(), Publish(self.fresh)
        with writing():
            if newest and fresh.sums() == newest.sums():
                number = newest.number
                fresh.ledger.replace(newest.ledger)
                shutil.rmtree(self.fresh)
            else:
                number = newest.number + 1 if newest else 1
                self.fresh.rename(self.folder / str(number))
            self.note_live(number)
        for old in self.kept()[:-KEPT]:
            shutil.rmtree(old.folder, ignore_errors=True)

    def note_live(self, number: int | None) -> None:
        """Note which publish the output holds from now on; None for no publish."""
        with writing():
            if number is None:
                self.mark.unlink(missing_ok=True)
            else:
                self.mark.write_text(str(number), "utf-8")


def sums_of(site: Path) -> dict[str, str]:
    """Return the SHA-256 digest of each file of a folder, sorted by path; skip the build's mark."""
    return {path: _digest(site / path) for path in _files(site)}


def differences(output: Path, sums: Sums, *, shown: str) -> list[Problem]:
    """Return a problem for each file of the output that was changed, removed or added.

    `shown` is the output's name in problems.
    """
    there = set(_files(output))
    problems = []
    for path in sorted(there | set(sums)):
        if path not in there:
            problems.append(_difference(shown, path, "no file", "the one that was published"))
        elif path not in sums:
            problems.append(_difference(shown, path, "a file", "none: no publish put it there"))
        elif _digest(output / path) != sums[path]:
            problems.append(_difference(shown, path, "other bytes", "those that were published"))
    return problems


def roll_back(output: Path) -> Publish:
    """Bring back the publish before the live one, or else the newest, in one step.

    The ledger does not change. Raises ConfigurationError if there is no such publish, ContentError
    if its copy was changed.
    """
    publishes = Publishes(output)
    live = publishes.live()
    older = [kept for kept in publishes.kept() if not live or kept.number < live.number]
    if not older:
        raise ConfigurationError(f"{publishes.folder.name}: holds no publish to go back to")
    target = older[-1]
    shown = target.site.relative_to(output.parent).as_posix()
    if changed := differences(target.site, target.sums(), shown=shown):
        raise ContentError(changed)
    stage = Stage(output)
    with stage.opened():
        for path in target.sums():
            stage.write(path, (target.site / path).read_bytes())
        publishes.note_live(None)
        stage.publish()
    publishes.note_live(target.number)
    return target


def _files(folder: Path) -> Iterator[str]:
    found = (Path(root) / name for root, _, names in os.walk(folder) for name in names)
    paths = (file.relative_to(folder).as_posix() for file in found)
    return iter(sorted(path for path in paths if path != MARK))


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _difference(shown: str, path: str, found: str, expected: str) -> Problem:
    return Problem(Place(f"{shown}/{path}"), found, expected)


def _link(file: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if not linked(file, target):
        shutil.copyfile(file, target)
