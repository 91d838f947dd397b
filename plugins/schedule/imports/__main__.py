"""`python -m plugins.schedule.imports content schedule.xml my-conf-2026`: see `make import`.

Exit codes: 0 imported; 1 refused (nothing is written); 2 the command or the settings are wrong; 3 a
fault of Hallway's own; 4 imported, but both sides changed something: the change by hand stays, and
the clash is reported; 75 another import is writing there; 130 stopped by Ctrl+C.
"""

from __future__ import annotations

import gc
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Sequence
from pathlib import Path

from ...engine import Engine
from ...engine.build import Job
from ...engine.command import settings_from
from ...engine.engine import ExitCodes
from ...engine.report import Reporter
from ...engine.trial import faults_of
from ...source.errors import refusal_of
from ...source.problem import quoted, shown_path, sorted_problems
from ...source.slug import slugify
from ...source.text import counted
from ...source.writer import EditedError, Writer, Written, alone_in
from ..foreign.model import RefusedError
from ..formats.detect import MOST_BYTES, read_foreign
from ..parsing.times import is_zone
from .files import EventFiles, read_files, writer_of
from .importer import Outcome, import_into
from .report import report

EXAMPLE = "make import FROM=schedule.xml EVENT=my-conf-2026"

DONE, REFUSED, WRONG, _, CLASHES = range(5)

INTERRUPTED = 130

NOTHING = "Nothing is written."
BEGUN = "What was begun, the next `make import` finishes."


def main(arguments: Sequence[str]) -> int:
    """Import what the arguments name; return the exit code."""
    options = read_options(arguments)
    if fault := _fault(options):
        return _end([fault], WRONG)
    with ExitCodes(Reporter(settings=options.settings)):
        job = Engine(settings_from([options.content, "-s", options.settings])).job()
        path = job.content / "events" / str(options.event)
        return _import(options, job, path)
    raise AssertionError


def read_options(arguments: Sequence[str]) -> Namespace:
    """Parse the command line; its defaults come from the environment.

    `make import` passes its values in the environment, where no shell reads them.
    """
    parser = ArgumentParser(
        prog="python -m plugins.schedule.imports",
        description="Import a programme into the folder of an event.",
    )
    said = os.environ
    parser.add_argument("content", help="the content folder")
    parser.add_argument(
        "file",
        nargs="?",
        default=said.get("HALLWAY_FROM", ""),
        help="frab, pretalx, iCalendar, xCal, Sessionize or CSV",
    )
    parser.add_argument(
        "event",
        nargs="?",
        default=said.get("HALLWAY_EVENT", ""),
        help="the event's folder below content/events",
    )
    zone = said.get("HALLWAY_ZONE", "")
    parser.add_argument("--zone", default=zone, help="the place's zone, like Europe/Berlin")
    parser.add_argument("-s", "--settings", default="pelicanconf.py", metavar="FILE")
    return parser.parse_args(arguments)


def _fault(options: Namespace) -> str:
    """Return the fault of the command; an empty text when there is none."""
    if not options.file or not options.event:
        missing = "EVENT" if options.file else "FROM"
        return f"{missing}: found nothing; expected it, as in `{EXAMPLE}`"
    if not Path(options.file).is_file():
        return f"FROM: found {quoted(options.file)}, which is no file; expected one, saved here"
    if slugify(options.event) != options.event:
        expected = "letters, digits and “-”, like my-conf-2026"
        return f"EVENT: found {quoted(options.event)}; expected {expected}"
    if options.zone and not is_zone(options.zone):
        return (
            f"ZONE={options.zone}: found {quoted(options.zone)}; expected a zone like Europe/Berlin"
        )
    return ""


def _import(options: Namespace, job: Job, path: Path) -> int:
    """Import into the folder at a path, with a lock against other imports into it."""
    writer = writer_of(path)
    try:
        with alone_in(path):
            _tell_recovered(writer.recover(), path)
            return _import_alone(options, job, writer)
    except RefusedError as refused:
        place = f"{options.file}:{refused.line}" if refused.line else options.file
        found = f"{place}: this is {refused.found}; expected a conference's programme"
        return _end([found, NOTHING], REFUSED)
    except EditedError as edited:
        told = f"{shown_path(path, edited.path)}: edited while it was imported; import it again"
        return _end([told, NOTHING], REFUSED)
    except OSError as error:
        return _end([refusal_of(error, path), _state(writer)], REFUSED)
    except KeyboardInterrupt:
        return _end([f"Interrupted. {_state(writer)}"], INTERRUPTED)


def _state(writer: Writer) -> str:
    return BEGUN if writer.is_begun else NOTHING


def _import_alone(options: Namespace, job: Job, writer: Writer) -> int:
    here = read_files(writer.folder)
    folder, foreign = here.folder, read_foreign(_data(options.file))
    outcome = import_into(folder, foreign, zone=options.zone, title=options.event)
    if outcome.problems:
        return _end([*map(str, outcome.problems), NOTHING], REFUSED)
    if faults := _faults(job, here, outcome):
        return _end([*faults, NOTHING], REFUSED)
    written = writer.write(here.changes(outcome.files))
    _say(report(outcome, options, folder, written=written.count))
    return CLASHES if outcome.clashes else DONE


def _data(name: str) -> bytes:
    with Path(name).open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _faults(job: Job, here: EventFiles, outcome: Outcome) -> list[str]:
    """Return the reasons why the event would not build with the new files; none if it would."""
    after = here.after(outcome.files)
    faults = faults_of(job, here.path, after, before=here.data)
    found = counted(len(faults), "problem")
    last = f"The event would not build with what this file says: {found}."
    return [*map(str, sorted_problems(faults)), last] if faults else []


def _tell_recovered(written: Written | None, path: Path) -> None:
    """Report the outcome of recovering an interrupted import."""
    if written is None:
        return
    if not written.count:
        _say(["An import that was interrupted had changed nothing yet: it is undone."])
        return
    files = counted(written.count, "file")
    _say([f"An import that was interrupted is finished first: {files} written."])
    _say(f"{shown_path(path, kept)}: edited by hand since; it stays" for kept in written.kept)


def _end(lines: Iterable[str], code: int) -> int:
    _say(lines)
    return code


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    gc.disable()  # Everything read stays to the end; collection would take a tenth of the time.
    sys.exit(main(sys.argv[1:]))
