"""Writes the lines that an import prints: doubts about the file, changes, clashes, a summary."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from msgspec.structs import replace

from ...source.problem import Place, Problems, Source, sorted_problems
from ...source.text import counted
from ..foreign.model import Doubt
from ..model import Event, EventFacts, TalkFile
from ..parsing.parse import parse_schedule
from .edit import Page
from .importer import SCHEDULE, Folder, Outcome
from .summary import counted_changes, told_changes


def report(outcome: Outcome, options: Namespace, folder: Folder, *, written: int) -> list[str]:
    """Return the lines of an import's report: doubts, changes, clashes, and a summary line."""
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
    """Return the problems of the schedule's own checks, such as rooms or people in two places."""
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
    problems = Problems()
    parse_schedule(source, problems, event=facts)
    return [str(replace(problem, excerpt="", hint="")) for problem in sorted_problems(problems)]


def _talk_file(path: str, text: str) -> TalkFile | None:
    """Return the facts of a talk's file that the schedule has to match; None for other files."""
    if not path.startswith("talks/"):
        return None
    title = Page(Source(path, text)).fields.get("title")
    return TalkFile(id=Path(path).stem, title=str(title or ""), path=path)
