"""`python -m tests.faults.imports [COUNT]`: imports that die or are refused, and what is left.

An import is killed at random moments, or it dies at one of its calls that change the file system,
or the system refuses that call. After each: the next import leaves the very files that one which
nobody disturbed leaves, and what a person wrote meanwhile is there.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from plugins.schedule.imports.__main__ import main as run_import
from plugins.schedule.imports.record import FILE
from tests.faults.forked import KILLED, speak_into
from tests.faults.inject import ERRORS, Fault, Kind
from tests.fork_server import become, preload
from tests.site_folder import ROOT, Finished, Tree, surroundings, tree_of

EVENT = (
    '<event id="{id}"><date>2026-10-20T{hour:02}:{minute:02}:00+02:00</date>'
    "<duration>00:05</duration>"
    "<room>{room}</room><title>{title}</title><description>{text}</description>"
    '<persons><person id="{id}">Speaker {id}</person></persons></event>'
)

TALKS = 16

BY_HAND = "\nWritten by hand.\n"


def programme(version: str) -> str:
    """A programme of many talks, each with a file of its own; a few differ between versions."""
    start = 0 if version == "old" else 4
    events = "".join(
        EVENT.format(
            id=number,
            hour=9 + number // 6,
            minute=number % 6 * 10,
            room="Attic" if number % 2 else "Cellar",
            title=f"Talk {number}" if number % 5 else f"Talk {number}, {version}",
            text=f"Text {number}, {version}.",
        )
        for number in range(start, start + TALKS)
    )
    zone = "<time_zone_name>Europe/Berlin</time_zone_name>"
    head = f"<conference><title>F</title>{zone}</conference>"
    return f'<schedule>{head}<day date="2026-10-20">{events}</day></schedule>'


@dataclass(frozen=True, slots=True)
class ImportTrial:
    """A site's folder with an event, and imports into it."""

    folder: Path
    is_first: bool
    """Whether the event is not there yet."""

    @property
    def event(self) -> Path:
        return self.folder / "site/content/events/fair"

    def prepare(self) -> None:
        """Make the states that every case begins with and has to end with."""
        preload()
        (self.folder / "site/content").mkdir(parents=True)
        for version in ("old", "new"):
            (self.folder / f"site/{version}.xml").write_text(programme(version))
        if not self.is_first:
            assert self.imported("old").code == 0
            with (self.event / "talks/10.md").open("a") as file:
                file.write(BY_HAND)
        shutil.copytree(self.folder / "site", self.folder / "start")

    def begin(self) -> None:
        """Go back to the first state."""
        shutil.rmtree(self.folder / "site")
        shutil.copytree(self.folder / "start", self.folder / "site")

    def wanted(self) -> Tree:
        """The files that an undisturbed import leaves."""
        self.begin()
        self.imported("new")
        return tree_of(self.event)

    def command(self) -> list[str]:
        settings = ["-s", str(ROOT / "pelicanconf.py")]
        module = [sys.executable, "-m", "plugins.schedule.imports"]
        return [*module, "content", "new.xml", "fair", *settings]

    def imported(self, version: str, prepare: Callable[[], None] = lambda: None) -> Finished:
        """Import in a process of its own."""
        report, process = self.folder / "report.txt", os.fork()
        if not process:
            self._import_here(report, version, prepare)
        _, status = os.waitpid(process, 0)
        return Finished(os.waitstatus_to_exitcode(status), report.read_text("utf-8"))

    def _import_here(self, report: Path, version: str, prepare: Callable[[], None]) -> None:
        code = 70
        try:
            arguments = ["content", f"{version}.xml", "fair", *self.command()[-2:]]
            place = {"module": "x", "arguments": arguments, "folder": str(self.folder / "site")}
            become({**place, "environment": surroundings()})
            speak_into(report)
            prepare()
            code = run_import(arguments)
        except SystemExit as end:
            code = int(end.code or 0)
        except BaseException:  # noqa: BLE001  the process ends here, whatever it was
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)

    def steps(self) -> int:
        """How many calls an import has that change the site's folder."""
        self.begin()
        fault = Fault(self.folder / "site")
        assert self.imported("new", fault.install).code in {0, 4}
        return int(fault.steps.value)

    def disturbed(self, kind: Kind, step: int) -> Finished:
        """Import, with a fault at a step."""
        self.begin()
        return self.imported("new", Fault(self.folder / "site", kind, step).install)

    def killed(self, seconds: float) -> Finished:
        """Import, and end that after a time."""
        self.begin()
        process = subprocess.Popen(
            self.command(), cwd=self.folder / "site", env=surroundings(), stderr=subprocess.DEVNULL
        )
        time.sleep(seconds)
        process.kill()
        return Finished(process.wait(), "")

    def edited(self, chance: random.Random) -> dict[str, bytes]:
        """Edit one of the texts that are there; the line that was added to it."""
        texts = sorted(self.event.glob("talks/*.md"))
        if not texts or chance.random() < 0.5:
            return {}
        text = chance.choice(texts)
        line = f"\nEdited {chance.random()}.\n"
        text.write_text(text.read_text() + line)
        return {text.relative_to(self.event).as_posix(): line.encode()}

    def fault(self, finished: Finished, wanted: Tree, kind: str, edits: dict[str, bytes]) -> str:
        """What does not hold after an import, and the next one; empty when all does."""
        before = tree_of(self.event) if self.event.exists() else {}
        if kind in ERRORS and (finished.code not in {0, 1, 4} or not finished.report.strip()):
            return f"{kind}: it ended with {finished.whole}"
        if "Traceback" in finished.report:
            return f"{kind}: {finished.report}"
        again = self.imported("new")
        if again.code not in {0, 4}:
            return f"{kind}: the next import says {again.whole} with {sorted(before)}"
        after = tree_of(self.event)
        for path, line in edits.items():
            if line not in (after.get(path) or b""):
                return f"{kind}: the edit of {path} is lost"
        left = {p: d for p, d in after.items() if p not in edits and p != FILE}
        if left != {p: d for p, d in wanted.items() if p not in edits and p != FILE}:
            odd = [p for p in {*left, *wanted} if left.get(p) != wanted.get(p) and p != FILE]
            return f"{kind}: {sorted(set(odd) - set(edits))} differ; it said {again.report}"
        if not edits and after.get(FILE) != wanted.get(FILE):
            return f"{kind}: the record differs"
        return ""


def cases(
    trial: ImportTrial, count: int, *, seed: int, at_calls: bool
) -> Iterator[tuple[str, str]]:
    """Each disturbed import with what does not hold after it."""
    chance, wanted = random.Random(seed), trial.wanted()
    steps, started = trial.steps(), time.monotonic()
    trial.begin()
    subprocess.run(trial.command(), cwd=trial.folder / "site", env=surroundings(), check=False)
    whole = time.monotonic() - started
    for number in range(count):
        if at_calls:
            kind = list(Kind)[number % len(Kind)]
            step = 1 + number * steps // count
            finished, told = trial.disturbed(kind, step), f"{kind}, step {step} of {steps}"
        else:
            kind, seconds = Kind.KILL_AFTER, chance.random() * whole * 1.1
            finished, told = trial.killed(seconds), f"killed after {seconds:.2f} s"
        was_killed = finished.code == KILLED
        edits = trial.edited(chance)
        fault = trial.fault(finished, wanted, kind, edits)
        yield (f"killed {was_killed}" if kind not in ERRORS else kind), fault and f"{told}: {fault}"


def main(count: int) -> int:
    """Disturb so many imports of each sort; the exit code is 1 when something was lost."""
    wrong = 0
    for is_first in (True, False):
        for at_calls in (True, False):
            with tempfile.TemporaryDirectory() as folder:
                trial = ImportTrial(Path(folder), is_first)
                trial.prepare()
                counted = Counter[str]()
                for sort, fault in cases(trial, count // 2, seed=count, at_calls=at_calls):
                    counted[sort] += 1
                    wrong += bool(fault)
                    print(*filter(None, [fault]), end="\n" if fault else "")
            way = "at calls" if at_calls else "at moments"
            state = "a first import" if is_first else "a second import"
            print(f"{state}, disturbed {way}: {dict(counted)}", flush=True)
    print(f"{wrong} faults")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 200))
