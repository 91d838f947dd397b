"""Stage 1, read: every file of the content folder becomes a document or problems."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from ..ledger.parse import parse_ledger
from ..markdown.document import Document
from ..site.feature import Feature, Section, plain_makers, sections_of
from ..site.ledger import LEDGER, Ledger
from ..source.codec import Digests
from ..source.problem import Place, Problem, Source, shown_path, shown_start
from ..source.settings import SiteSettings
from ..source.sums import Sums, sum_of
from ..source.text import decode_source
from ..source.writer import read_regular
from .answers import Answer, head_sum, written
from .cache import Cache, Memory, document_key, included_in
from .scan import Found
from .standby import Standby, is_possible
from .workers import Overrun, available_processes, run_tasks

if TYPE_CHECKING:
    from ..site.read import DocumentReader

Progress = Callable[[str, int, int], None]

Asked = tuple[str, str]
"""A file of the content folder, by its path, with the name of the section that holds it."""

Entry = tuple[str, str]
"""What the cache keeps of it: a key and the encoded answer."""

Read = tuple[Answer, Entry | None]


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
    keys = _keys(folder, files, cache)
    reader = cache.memory.reader.of(
        (folder, settings, features, cache.fingerprint),
        lambda: FileReader(folder, settings, features, cache.fingerprint),
    )
    reader.begin([(s, files[s].name) for s in files if not cache.has_document(s, keys[s])])
    answers = {s: answer for s in files if (answer := cache.document(s, keys[s]))}
    kept = {source: cache.documents[source] for source in answers}
    unread = [source for source in files if source not in answers]
    for done, (source, answer, entry) in enumerate(_read_files(unread, files, reader), 1):
        progress("reading", done, len(unread))
        answers[source] = answer
        if entry:
            kept[source] = entry
            cache.memory.documents[source] = entry[0], answer
    cache.keep_documents(kept)
    for source, entry in kept.items():
        _know(answers[source][0], entry, cache.memory.digests)
    problems += [problem for answer in answers.values() for problem in answer[1]]
    documents = [document for document, _ in answers.values() if document]
    return tuple(sorted(documents, key=lambda document: document.source))


def stand_by(memory: Memory) -> None:
    """Have a process wait for the next text that somebody saves, with all at hand to read it."""
    reader, known = memory.reader.value, [d for _, (d, _) in memory.documents.values() if d]
    if reader:
        reader.stand_by([(document.source, document.section) for document in known[-1:]])


def _know(document: Document | None, entry: Entry, digests: Digests) -> None:
    """Take the key for a fingerprint of the document, which is made of nothing else."""
    if document:
        key, text = entry
        digests.know(document, key)
        digests.know(document.body, f"{key} body")
        digests.know(document.front_matter, head_sum(text))


def _keys(folder: Path, files: Mapping[str, Section], cache: Cache) -> dict[str, str]:
    """The key of each file that the cache may know, by its source; empty for all others."""
    start = shown_start(folder)  # to ask for each file would cost more than all else
    keys = dict.fromkeys(files, "")
    for source in files.keys() & cache.documents.keys():
        with contextlib.suppress(OSError):  # which is told when it is read
            sum, name = cache.memory.sums.of(f"{folder}/{source}"), files[source].name
            included = _sums(folder, included_in(cache.documents[source][0]), cache.memory.sums)
            keys[source] = document_key(cache.fingerprint, start + source, name, sum, included)
    return keys


def _sums(folder: Path, names: Iterable[str], sums: Sums) -> dict[str, str]:
    """The fingerprints of files by their path below the folder; empty for one that is not there."""
    found = dict.fromkeys(names, "")
    for name in found:
        with contextlib.suppress(OSError):
            found[name] = sums.of(f"{folder}/{name}")
    return found


def _read_files(
    sources: Sequence[str], sections: Mapping[str, Section], reader: FileReader
) -> Iterator[tuple[str, Answer, Entry | None]]:
    """Each file with what it reads as, and the cache's entry for it, as they are done."""
    for source, answer in reader.read_all([(source, sections[source].name) for source in sources]):
        if isinstance(answer, Overrun):
            yield source, (None, [_overrun(reader.folder, source, answer)]), None
        else:
            yield source, *answer


class IncludedFiles:
    """The files that one text includes, with the fingerprints of what was read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sums: dict[str, str] = {}
        """By path below the folder; empty for a file that could not be read."""

    def read(self, name: str) -> bytes:
        """The bytes of a file of the content folder; a link that leads out of it is refused."""
        self.sums[name] = ""
        file = self.folder / name
        if not file.resolve().is_relative_to(self.folder.resolve()):
            raise PermissionError(errno.EACCES, "it lies outside the content folder", name)
        data = file.read_bytes()
        self.sums[name] = sum_of(data)
        return data


class FileReader(Struct, eq=False):
    """Reads the documents of one content folder."""

    folder: Path
    settings: SiteSettings
    features: Sequence[Feature]
    fingerprint: str
    reader: DocumentReader | None = None
    standby: Standby[Asked, Read] | None = None
    begun: Asked | None = None
    """What the other process reads now."""

    def begin(self, asked: Sequence[Asked]) -> None:
        """Begin to read these files, if there is one: in another process, meanwhile."""
        self.begun = asked[0] if len(asked) == 1 else None
        if self.begun and (standby := self.stand_by(())):
            standby.ask(self.begun)

    def read_all(self, asked: Sequence[Asked]) -> Iterator[tuple[str, Read | Overrun]]:
        """Each file with what it reads as, as they are done."""
        limit, begun = self.settings.time_limit, self.begun
        if begun and self.standby and (one := self.standby.answer(time_limit=limit)):
            yield begun[0], one
            asked = [each for each in asked if each != begun]
        if asked:
            self._prepare()
            read, processes = partial(self._read_number, asked), available_processes()
            for number, answer in run_tasks(
                read, len(asked), processes=processes, time_limit=limit
            ):
                yield asked[number][0], answer

    def stand_by(self, rehearsal: Sequence[Asked]) -> Standby[Asked, Read] | None:
        """The process that waits for the next file; one made now has read these files before."""
        if is_possible() and not (self.standby and self.standby.is_alive):
            self.standby = Standby(self.read, rehearsal)
        return self.standby

    def read(self, asked: Asked) -> Read:
        """What a file reads as, and the cache's entry for it."""
        source, name = asked
        section = next(each for each in sections_of(self.features) if each.name == name)
        return _read_file(self._prepare(), self.folder, source, section, self.fingerprint)

    def _read_number(self, asked: Sequence[Asked], number: int) -> Read:
        return self.read(asked[number])

    def _prepare(self) -> DocumentReader:
        if not self.reader:
            # Python-Markdown and what it needs take long to import: not before there is a text.
            from ..markdown.converter import Converter  # noqa: PLC0415
            from ..site.read import DocumentReader  # noqa: PLC0415

            makers = plain_makers(self.features)
            self.reader = DocumentReader(
                Converter(self.features, is_fast=self.settings.fast_markdown),
                self.settings.zone,
                makers,
                language=self.settings.language,
                has_smart_punctuation=self.settings.smart_punctuation,
            )
        return self.reader


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
        return decode_source(path, read_regular(folder / source), problems)
    except OSError as error:
        problems.append(_unreadable(path, error))
        return None


def _read_file(
    reader: DocumentReader, folder: Path, source: str, section: Section, fingerprint: str
) -> Read:
    """What a file reads as, and the cache's entry for it: made here, where there are more of us."""
    path, included = shown_path(folder, source), IncludedFiles(folder)
    try:
        data = (folder / source).read_bytes()
        answer = reader.read(source, path, data, section=section, included=included.read)
    except OSError as error:
        return (None, [_unreadable(path, error)]), None
    except RecursionError:
        found = "lists or quotations nested hundreds deep"
        return (None, [Problem(Place(path), found, "fewer levels")]), None
    text = written(answer) if answer[0] else ""
    key = document_key(fingerprint, path, section.name, sum_of(data), included.sums)
    return answer, (key, text) if text else None


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
