"""Stage 1, read: every file of the content folder becomes a document or problems."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from ..core.document import Document
from ..core.extension import Converter
from ..core.feature import Feature, Section, plain_makers
from ..core.ledger import LEDGER, Ledger
from ..core.problem import Place, Problem, Source
from ..core.read import DocumentReader
from ..core.settings import SiteSettings
from ..core.text import decode_source
from ..ledger.parse import parse_ledger
from .scan import Found, shown_path
from .workers import Overrun, available_processes, run_tasks

Progress = Callable[[str, int, int], None]
Answer = tuple[Document | None, list[Problem]]


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
    tasks = found.documents
    reader = DocumentReader(Converter(features), settings.zone, plain_makers(features))

    def read(number: int) -> Answer:
        return _read_file(reader, folder, *tasks[number])

    documents = []
    running = run_tasks(
        read, len(tasks), processes=available_processes(), time_limit=settings.time_limit
    )
    for done, (number, answer) in enumerate(running, 1):
        progress("reading", done, len(tasks))
        if isinstance(answer, Overrun):
            problems.append(_overrun(folder, tasks[number][0], answer))
            continue
        document, found_problems = answer
        problems.extend(found_problems)
        if document:
            documents.append(document)
    return tuple(sorted(documents, key=lambda document: document.source))


def read_data(
    folder: Path, found: Found, features: Sequence[Feature], problems: list[Problem]
) -> dict[str, Source]:
    """The text of every other file that a feature wants, by its path below the content folder."""
    wants = [feature.reads_data for feature in features if feature.reads_data]
    wanted = [source for source in found.others if any(want(source) for want in wants)]
    texts = {source: _read_text(folder, source, problems) for source in wanted}
    return {source: text for source, text in texts.items() if text}


def read_raw(
    folder: Path, found: Found, features: Sequence[Feature], problems: list[Problem]
) -> dict[str, bytes]:
    """The bytes of every other file that a feature wants as it is."""
    wants = [feature.reads_bytes for feature in features if feature.reads_bytes]
    read: dict[str, bytes] = {}
    for source in found.others:
        if any(want(source) for want in wants):
            try:
                read[source] = (folder / source).read_bytes()
            except OSError as error:
                problems.append(_unreadable(shown_path(folder, source), error))
    return read


def read_ledger(folder: Path, problems: list[Problem]) -> Ledger:
    """What was published before: nothing, if there is no ledger yet."""
    if not (folder / LEDGER).exists():
        return Ledger()
    source = _read_text(folder, LEDGER, problems)
    return parse_ledger(source, problems) if source else Ledger()


def _read_text(folder: Path, source: str, problems: list[Problem]) -> Source | None:
    path = shown_path(folder, source)
    try:
        return decode_source(path, (folder / source).read_bytes(), problems)
    except OSError as error:
        problems.append(_unreadable(path, error))
        return None


def _read_file(reader: DocumentReader, folder: Path, source: str, section: Section) -> Answer:
    path = shown_path(folder, source)
    try:
        data = (folder / source).read_bytes()
        return reader.read(source, path, data, section=section)
    except OSError as error:
        return None, [_unreadable(path, error)]
    except RecursionError:
        found = "lists or quotations nested hundreds deep"
        return None, [Problem(Place(path), found, "fewer levels")]


def _unreadable(path: str, error: OSError) -> Problem:
    found = f"a file that cannot be read ({error.strerror})"
    return Problem(Place(path), found, "a readable file")


def _overrun(folder: Path, source: str, overrun: Overrun) -> Problem:
    return Problem(
        Place(shown_path(folder, source)),
        found=f"a text that took more than {overrun.seconds:g} seconds to read",
        expected="one that is read at once",
        hint="look for thousands of brackets, or other signs, one after the other",
    )
