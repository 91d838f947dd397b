"""`python -m plugins.schedule.imports content schedule.xml my-conf-2026`: see `make import`.

Exit codes: 0 imported, 1 refused (nothing is written), 2 the command is wrong, 3 imported, but
something was changed on both sides: it is told, and what a person wrote is kept.
"""

from __future__ import annotations

import gc
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from ...source.problem import Place, Problem, Source, quoted, sorted_problems
from ...source.slug import slugify
from ...source.text import counted, decode_source
from ..foreign.model import Doubt, RefusedError
from ..formats.detect import MOST_BYTES, read_foreign
from ..model import Event, EventFacts, TalkFile
from ..parsing.parse import parse_schedule
from ..parsing.times import is_zone
from .edit import Page
from .importer import SCHEDULE, Folder, Outcome, import_into
from .record import read_record
from .summary import counted_changes, told_changes

EXAMPLE = "make import FROM=schedule.xml EVENT=my-conf-2026"

DONE, REFUSED, WRONG, CLASHES = range(4)


def main(arguments: Sequence[str]) -> int:
    """Imports what the arguments name; the answer is the exit code."""
    options = read_options(arguments)
    if fault := _fault(options):
        return _end([fault], WRONG)
    try:
        folder = _folder(options)
        outcome = import_into(
            folder, read_foreign(_data(options.file)), zone=options.zone, title=options.event
        )
    except RefusedError as refused:
        place = f"{options.file}:{refused.line}" if refused.line else options.file
        return _end(
            [f"{place}: this is {refused.found}; expected a conference's programme"], REFUSED
        )
    except OSError as error:
        return _end([f"{error.filename}: cannot be read or written ({error.strerror})"], REFUSED)
    if outcome.problems:
        return _end([*map(str, outcome.problems), "Nothing is written."], REFUSED)
    try:
        written = _write(_path(options), outcome.files)
    except OSError as error:
        return _end([f"{error.filename}: cannot be written ({error.strerror})"], REFUSED)
    _say(_report(outcome, options, folder, written=written))
    return CLASHES if outcome.clashes else DONE


def read_options(arguments: Sequence[str]) -> Namespace:
    """What was asked for on the command line."""
    parser = ArgumentParser(
        prog="python -m plugins.schedule.imports",
        description="Import a programme into the folder of an event.",
    )
    parser.add_argument("content", help="the content folder")
    parser.add_argument("file", help="frab, pretalx, iCalendar, xCal, Sessionize or CSV")
    parser.add_argument("event", help="the event's folder below content/events")
    parser.add_argument("--zone", default="", help="the place's zone, like Europe/Berlin")
    return parser.parse_args(arguments)


def _fault(options: Namespace) -> str:
    """What is wrong with the command; empty when nothing is."""
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


def _path(options: Namespace) -> Path:
    return Path(options.content) / "events" / str(options.event)


def _data(name: str) -> bytes:
    with Path(name).open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _folder(options: Namespace) -> Folder:
    """The event's folder as it is; links that lead out of it are refused."""
    path = _path(options)
    texts = [*path.glob("talks/*.md"), *path.glob("speakers/*.md")]
    names = [path / "index.md", path / SCHEDULE, *texts]
    shown = f"{os.path.relpath(path)}/"
    files: dict[str, str] = {}
    for name in sorted(each for each in names if each.is_file()):
        problems: list[Problem] = []
        relative = name.relative_to(path).as_posix()
        source = decode_source(f"{shown}{relative}", name.read_bytes(), problems)
        if not source:
            raise RefusedError(f"an event with a file that cannot be read: {problems[0]}")
        files[relative] = source.text
    return Folder(shown, files, read_record(path))


def _write(path: Path, files: Mapping[str, str | None]) -> int:
    """Writes what changes, and nothing outside the event's folder; says how many files that is."""
    path.mkdir(parents=True, exist_ok=True)
    root, count = path.resolve(), 0
    for name, text in sorted(files.items()):
        file = path / name
        if not file.parent.resolve().is_relative_to(root) or file.is_symlink():
            raise OSError(0, "a link that leads out of the event's folder", str(file))
        if text is not None and file.is_file() and file.read_text("utf-8") == text:
            continue
        count += 1
        if text is None:
            file.unlink()
        else:
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, "utf-8", newline="\n")
    return count


def _report(outcome: Outcome, options: Namespace, folder: Folder, *, written: int) -> list[str]:
    """What is told of an import: doubts, changes, clashes, and a last line."""
    programme = outcome.programme
    doubts = [_doubt(doubt, options.file) for doubt in programme.doubts]
    odd = _oddities(outcome, options, folder)
    sessions = counted(len(programme.sessions), "session")
    days = counted(len({session.day for session in programme.sessions}), "day")
    rooms = counted(len(programme.rooms), "room")
    ends = [
        counted(len(doubts) + len(odd), "warning") if doubts or odd else "",
        counted_changes(outcome.changes),
        f"{len(outcome.clashes)} changed by hand and in the file, kept" if outcome.clashes else "",
        "" if written or outcome.clashes else "nothing changed",
    ]
    last = (
        f"{options.event}: {sessions} on {days} in {rooms}, "
        f"zone {programme.zone}, from {programme.foreign.format}"
    )
    told = told_changes(outcome.changes, (str(session.day) for session in programme.sessions))
    told += map(str, outcome.clashes)
    return [*doubts, *odd, *told, "; ".join([last, *filter(None, ends)]) + "."]


def _doubt(doubt: Doubt, file: str) -> str:
    place = Place(file, doubt.line)
    return f"{place}: warning: found {doubt.found}; {doubt.done}"


def _oddities(outcome: Outcome, options: Namespace, folder: Folder) -> list[str]:
    """What the schedule's own checks find: rooms and people in two places, faults by hand."""
    programme, files = outcome.programme, {**folder.files, **outcome.files}
    event = Event(
        slug=options.event,
        title=options.event,
        first_day=programme.first_day,
        last_day=programme.last_day,
        zone=programme.zone,
    )
    talks = (_talk_file(path, text) for path, text in files.items() if text is not None)
    facts = EventFacts(event=event, talks=tuple(filter(None, talks)), shown=folder.shown)
    source = Source(f"{folder.shown}{SCHEDULE}", files.get(SCHEDULE) or "")
    _, problems = parse_schedule(source, event=facts)
    return [str(replace(problem, excerpt="", hint="")) for problem in sorted_problems(problems)]


def _talk_file(path: str, text: str) -> TalkFile | None:
    """A talk's file as far as the schedule has to agree with it."""
    if not path.startswith("talks/"):
        return None
    title = Page(Source(path, text)).fields.get("title")
    return TalkFile(id=Path(path).stem, title=str(title or ""), path=path)


def _end(lines: Iterable[str], code: int) -> int:
    _say(lines)
    return code


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    gc.disable()  # What is read stays until the end; looking for what could go takes a tenth.
    sys.exit(main(sys.argv[1:]))
