"""Every step of a build with every kind of fault, and what has to hold after each.

- What readers see is wholly the old site or wholly the new one.
- A refusal of the system is told in words, with an exit code that is not our own fault's.
- The next build makes the new site, and leaves nothing beside it.
- A publish's ledger is the old one or the new one, and after the next publish the new one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from plugins.engine import stage
from tests.faults.forked import KILLED, build_forked
from tests.faults.inject import ERRORS, Fault, Kind
from tests.fork_server import preload
from tests.site_folder import Finished, SiteFolder, Tree, copied_site

OUR_FAULT = 3
"""The exit code of a fault of Hallway's own."""

POST = "---\ntitle: Another\nkind: news\ndate: 2012-05-30\n---\n\nWith a [link](first.md).\n"

PUBLISHING = """\
from pelicanconf import *

PUBLISH = True
REDIRECTS = {"/posts/third/": None}
"""

NOT_REMEMBERED = "the new site is in the output, but not all of it is remembered"

KEPT = (".output.publishes", ".output.stage")
"""What builds mean to leave beside the output."""


@dataclass(frozen=True, slots=True)
class Case:
    """One disturbed build."""

    kind: Kind
    step: int
    has_exchange: bool
    """Whether the system can exchange two folders; else the output becomes a link."""

    def __str__(self) -> str:
        way = "exchange" if self.has_exchange else "link"
        return f"{self.kind}, step {self.step}, {way}"


class Trial:
    """A site that has been built, and edited since; each case begins with a copy of it."""

    def __init__(self, folder: Path, *, has_exchange: bool, is_publish: bool = False) -> None:
        preload()
        self.has_exchange = has_exchange
        self.start, self.site = folder / "start", SiteFolder(folder / "site")
        site = copied_site("minimal", self.start)
        if is_publish:
            site.write("settings.py", PUBLISHING)
        self._undisturbed(site)
        # A link replaces a folder at first, which leaves a moment without, and a link after that;
        # a build that changes nothing replaces nothing.
        site.write("content/posts/third.md", POST)
        self.old = self._undisturbed(site)
        _edit(site)
        self._begin()
        self.ledgers = [_ledger(self.site)]
        self.new = self._undisturbed(self.site)
        self.ledgers.append(_ledger(self.site))
        self._begin()
        self.steps = self._count()

    def cases(self, kinds: tuple[Kind, ...] = tuple(Kind)) -> Iterator[Case]:
        """Each kind of fault at each step."""
        for kind in kinds:
            for step in range(1, self.steps + 1):
                yield Case(kind, step, self.has_exchange)

    def failure(self, case: Case) -> str:
        """What does not hold after a case; empty when all does."""
        self._begin()
        finished = self._disturbed(Fault(self.site.folder, case.kind, case.step))
        live = self.site.tree() if self.site.output.exists() else None
        if live not in (self.old, self.new):
            return f"{case}: the site is neither the old nor the new one"
        if _ledger(self.site) not in self.ledgers:
            return f"{case}: the ledger is neither the old nor the new one"
        if fault := _untold(case, finished, is_new=live == self.new):
            return f"{case}: {fault}"
        return self._unhealed(case)

    def _unhealed(self, case: Case) -> str:
        again = build_forked(self.site, prepare=self._way)
        if again.code or self.site.tree() != self.new:
            return f"{case}: the next build does not heal it: {again.whole}"
        if _ledger(self.site) != self.ledgers[-1]:
            return f"{case}: the next build does not heal the ledger"
        left = [n for n in self.site.beside() if "version" not in n and n not in KEPT]
        left += [file.name for file in self.site.folder.glob("content/.*")]
        if left:
            return f"{case}: the next build leaves {left}"
        return ""

    def _begin(self) -> None:
        shutil.rmtree(self.site.folder, ignore_errors=True)
        shutil.copytree(self.start, self.site.folder, symlinks=True)

    def _undisturbed(self, site: SiteFolder) -> Tree:
        finished = build_forked(site, prepare=self._way)
        assert finished.code == 0, finished.report
        return site.tree()

    def _disturbed(self, fault: Fault) -> Finished:
        def prepare() -> None:
            self._way()
            fault.install()

        return build_forked(self.site, prepare=prepare)

    def _count(self) -> int:
        fault = Fault(self.site.folder)
        assert self._disturbed(fault).code == 0
        return int(fault.steps.value)

    def _way(self) -> None:
        """Take the exchange away from a system that is to have none."""
        if not self.has_exchange:
            stage.exchange_folders = lambda one, other: False


def _ledger(site: SiteFolder) -> bytes:
    """The bytes of the ledger; none before the first publish."""
    file = site.folder / "content/ledger.json"
    return file.read_bytes() if file.is_file() else b""


def _edit(site: SiteFolder) -> None:
    """A post more, a post less, a text changed."""
    site.write("content/posts/fourth.md", POST)
    (site.folder / "content/posts/third.md").unlink()
    site.write("content/pages/about.md", "---\ntitle: About\nmenu: 1\n---\n\nChanged.\n")


def _untold(case: Case, finished: Finished, *, is_new: bool) -> str:
    """What is wrong with how the build ended."""
    if case.kind not in ERRORS:
        return "" if finished.code in {0, KILLED} else f"it ended with {finished.whole}"
    if finished.code == 0:
        return "" if is_new else "it says that it succeeded, and the site is the old one"
    if is_new and NOT_REMEMBERED not in finished.report:
        return f"the site is the new one, and it says {finished.whole}"
    reason = finished.report.partition("(")[2].partition(")")[0]
    if finished.code == OUR_FAULT or reason != _reason(case.kind):
        return f"it does not say what the system refused: {finished.whole}"
    return ""


def _reason(kind: Kind) -> str:
    return os.strerror(ERRORS[kind])
