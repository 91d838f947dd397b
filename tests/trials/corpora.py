"""`python -m tests.trials.corpora FOLDER`: every real file is imported, or refused, as expected.

One line a file: its format, sessions, days, rooms and warnings, or why it is refused. What differs
from corpora.txt fails, and so does an error in what is written, a second import of the same
file that changes anything, or ten seconds for one file.
"""

from __future__ import annotations

import sys
import tarfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from plugins.schedule.foreign.model import RefusedError, SettledProgramme
from plugins.schedule.formats.detect import read_foreign
from plugins.schedule.imports.importer import SCHEDULE, Folder, Outcome, import_into
from plugins.schedule.imports.record import FILE
from plugins.schedule.imports.summary import counted_changes
from plugins.schedule.model import Event, EventFacts
from plugins.schedule.parsing.parse import parse_schedule
from plugins.source.problem import Problem, Severity, Source

MOST_SECONDS = 10

ARCHIVE = "collective-icalendar-tests.tar.gz"

EXPECTED = Path(__file__).with_name("corpora.txt")
"""The lines that are printed when all is well."""

REVISIONS = tuple(f"fosdem-2010-pentabarf-rev{number}.xml" for number in (1, 2, 3))


def main(folder: Path) -> int:
    """Tries all files of a folder; the answer is 1 when a line is another one than expected."""
    expected = EXPECTED.read_text("utf-8").splitlines()
    wrong = 0
    for line in tried(folder):
        wrong += line not in expected
        print(line if line in expected else f"UNEXPECTED {line}", flush=True)
    return min(wrong, 1)


def tried(folder: Path) -> Iterator[str]:
    """The line of each file, of the archive's members, and of the revisions."""
    for file in sorted(folder.iterdir()):
        if file.suffix != ".md":
            yield f"{file.name}: {said_of(file.read_bytes())}"
    yield f"{ARCHIVE}: members: {said_of_archive(folder / ARCHIVE)}"
    for before, after, said in revisions(folder):
        yield f"{before} then {after}: {said}"


def said_of(data: bytes) -> str:
    """What comes of a file, in a line."""
    begun = time.process_time()
    try:
        outcome = import_into(Folder("", {}), read_foreign(data), zone="", title="Trial")
    except RefusedError as refused:
        return f"refused: {refused.found}"
    seconds = time.process_time() - begun
    programme = outcome.programme
    days = len({session.day for session in programme.sessions})
    problems = schedule_problems(programme, outcome.files[SCHEDULE] or "")
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    warnings = len(programme.doubts) + len(problems) - len(errors)
    parts = [
        programme.foreign.format,
        f"{len(programme.sessions)} sessions",
        f"{days} days",
        f"{len(programme.rooms)} rooms",
        f"zone {programme.zone}",
        f"{warnings} warnings",
        *(str(error) for error in errors),
        *(["CHANGES when imported again"] if changes_again(outcome, data) else []),
        *(["TOO SLOW"] if seconds > MOST_SECONDS else []),
    ]
    return ", ".join(parts)


def schedule_problems(programme: SettledProgramme, text: str) -> list[Problem]:
    """What the build would say of the schedule.yaml."""
    first, last, zone = programme.first_day, programme.last_day, programme.zone
    event = Event(slug="trial", title="Trial", first_day=first, last_day=last, zone=zone)
    return parse_schedule(Source(SCHEDULE, text), event=EventFacts(event=event))[1]


def again(outcome: Outcome, data: bytes) -> Outcome:
    """What comes of a file in the folder that an import has left."""
    files = {name: text for name, text in outcome.files.items() if text is not None}
    folder = Folder("", {k: v for k, v in files.items() if k != FILE}, outcome.record)
    return import_into(folder, read_foreign(data), zone="", title="Trial")


def changes_again(outcome: Outcome, data: bytes) -> bool:
    """Whether importing the same file again would change anything."""
    second = again(outcome, data)
    differs = any(outcome.files.get(name) != text for name, text in second.files.items())
    return differs or bool(second.changes or second.clashes)


def said_of_archive(file: Path) -> str:
    """How many members of the archive are read, and how many are refused."""
    counted = Counter[str]()
    with tarfile.open(file) as archive:
        for member in archive:
            data = archive.extractfile(member) if member.isfile() else None
            if data:
                said = said_of(data.read())
                is_wrong = "error" in said or "CHANGES" in said or "SLOW" in said
                counted["wrong" if is_wrong else said.partition(",")[0].partition(":")[0]] += 1
    return ", ".join(f"{count} {what}" for what, count in sorted(counted.items()))


def revisions(folder: Path) -> Iterator[tuple[str, str, str]]:
    """What each revision of a programme changes in the one before."""
    before, *others = REVISIONS
    data = (folder / before).read_bytes()
    outcome = import_into(Folder("", {}), read_foreign(data), zone="", title="Trial")
    for after in others:
        outcome = again(outcome, (folder / after).read_bytes())
        yield before, after, counted_changes(outcome.changes)
        before = after


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
