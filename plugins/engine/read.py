"""Stage 1, read: every file of the content folder becomes a document or problems."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..core.document import Document
from ..core.extension import Converter
from ..core.feature import Feature, plain_makers
from ..core.problem import Place, Problem
from ..core.read import DocumentReader
from ..core.settings import SiteSettings
from .scan import Found, shown_path
from .workers import Overrun, available_processes, run_tasks

Progress = Callable[[str, int, int], None]
Answer = tuple[Document | None, list[Problem]]


@dataclass(frozen=True, slots=True)
class _Task:
    source: str
    is_page: bool


def read_documents(
    folder: Path,
    found: Found,
    *,
    settings: SiteSettings,
    features: Sequence[Feature],
    problems: list[Problem],
    progress: Progress,
) -> tuple[Document, ...]:
    """The documents by their source's path; those that could not be read are in the problems."""
    tasks = [_Task(s, False) for s in found.posts] + [_Task(s, True) for s in found.pages]
    reader = DocumentReader(Converter(features), settings.zone, plain_makers(features))

    def read(number: int) -> Answer:
        return _read_file(reader, folder, tasks[number])

    documents = []
    running = run_tasks(
        read, len(tasks), processes=available_processes(), time_limit=settings.time_limit
    )
    for done, (number, answer) in enumerate(running, 1):
        progress("reading", done, len(tasks))
        if isinstance(answer, Overrun):
            problems.append(_overrun(folder, tasks[number], answer))
            continue
        document, found_problems = answer
        problems.extend(found_problems)
        if document:
            documents.append(document)
    return tuple(sorted(documents, key=lambda document: document.source))


def _read_file(reader: DocumentReader, folder: Path, task: _Task) -> Answer:
    path = shown_path(folder, task.source)
    try:
        data = (folder / task.source).read_bytes()
        return reader.read(task.source, path, data, is_page=task.is_page)
    except OSError as error:
        found = f"a file that cannot be read ({error.strerror})"
        return None, [Problem(Place(path), found, "a readable file")]
    except RecursionError:
        found = "lists or quotations nested hundreds deep"
        return None, [Problem(Place(path), found, "fewer levels")]


def _overrun(folder: Path, task: _Task, overrun: Overrun) -> Problem:
    return Problem(
        Place(shown_path(folder, task.source)),
        found=f"a text that took more than {overrun.seconds:g} seconds to read",
        expected="one that is read at once",
        hint="look for thousands of brackets, or other signs, one after the other",
    )
