"""Stage 1, read: every file of the content folder becomes a document or problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..core.document import Document
from ..core.feature import Feature, Section, plain_makers
from ..core.ledger import LEDGER, Ledger
from ..core.problem import Place, Problem, Source, shown_path
from ..core.settings import SiteSettings
from ..core.text import decode_source
from ..ledger.parse import parse_ledger
from .cache import Answer, Cache, document_key, written
from .scan import Found
from .workers import Overrun, available_processes, run_tasks

if TYPE_CHECKING:
    from ..core.read import DocumentReader

Progress = Callable[[str, int, int], None]


def read_documents(
    folder: Path,
    found: Found,
    *,
    settings: SiteSettings,
    features: Sequence[Feature],
    cache: Cache,
    problems: list[Problem],
    progress: Progress,
) -> tuple[Document, ...]:
    """The documents by their source's path; those that could not be read are in the problems."""
    files = dict(found.documents)
    answers = {s: answer for s in files if (answer := _remembered(folder, s, files[s], cache))}
    kept = {source: tuple(cache.documents[source]) for source in answers}
    unread = [source for source in files if source not in answers]
    for done, (source, answer, entry) in enumerate(
        _read_files(folder, unread, files, settings, features, cache.fingerprint), 1
    ):
        progress("reading", done, len(unread))
        answers[source] = answer
        if entry:
            kept[source] = entry
            cache.memory.documents[source] = entry[0], answer
    cache.keep_documents(kept)
    problems += [problem for answer in answers.values() for problem in answer[1]]
    documents = [document for document, _ in answers.values() if document]
    return tuple(sorted(documents, key=lambda document: document.source))


def _remembered(folder: Path, source: str, section: Section, cache: Cache) -> Answer | None:
    """What the cache knows of a file, if it has not changed."""
    if source not in cache.documents:
        return None
    try:
        data = (folder / source).read_bytes()
    except OSError:
        return None
    path = shown_path(folder, source)
    return cache.document(source, document_key(cache.fingerprint, path, section.name, data))


def _read_files(
    folder: Path,
    sources: Sequence[str],
    sections: Mapping[str, Section],
    settings: SiteSettings,
    features: Sequence[Feature],
    fingerprint: str,
) -> Iterator[tuple[str, Answer, tuple[str, str] | None]]:
    """Each file with what it reads as, and the cache's entry for it, as they are done."""
    if not sources:
        return
    # Python-Markdown and what it needs take long to import: not before there is text to read.
    from ..core.converter import Converter  # noqa: PLC0415
    from ..core.read import DocumentReader  # noqa: PLC0415

    reader = DocumentReader(Converter(features), settings.zone, plain_makers(features))

    def read(number: int) -> tuple[Answer, tuple[str, str] | None]:
        source = sources[number]
        return _read_file(reader, folder, source, sections[source], fingerprint)

    for number, answer in run_tasks(
        read, len(sources), processes=available_processes(), time_limit=settings.time_limit
    ):
        source = sources[number]
        if isinstance(answer, Overrun):
            yield source, (None, [_overrun(folder, source, answer)]), None
        else:
            yield source, *answer


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


def _read_file(
    reader: DocumentReader, folder: Path, source: str, section: Section, fingerprint: str
) -> tuple[Answer, tuple[str, str] | None]:
    """What a file reads as, and the cache's entry for it: made here, where there are more of us."""
    path = shown_path(folder, source)
    try:
        data = (folder / source).read_bytes()
        answer = reader.read(source, path, data, section=section)
    except OSError as error:
        return (None, [_unreadable(path, error)]), None
    except RecursionError:
        found = "lists or quotations nested hundreds deep"
        return (None, [Problem(Place(path), found, "fewer levels")]), None
    text = written(answer) if answer[0] else ""
    return answer, (document_key(fingerprint, path, section.name, data), text) if text else None


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
