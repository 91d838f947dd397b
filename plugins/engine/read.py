"""Stage 1, read: every file of the content folder becomes a document or problems."""

from __future__ import annotations

import errno
import functools
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Union

from msgspec import NODEFAULT, Struct, defstruct
from msgspec.json import Decoder, encode
from msgspec.structs import replace

from ..ledger.parse import parse_ledger
from ..markdown.document import Document
from ..site.feature import Feature, Section, kinds_of, plain_makers, sections_of
from ..site.ledger import LEDGER, Ledger
from ..source.plain import digest, encoded
from ..source.problem import Place, Problem, Problems, Source, shown_path, shown_start
from ..source.schema import FrontMatter
from ..source.settings import SiteSettings
from ..source.text import decode_source
from ..source.writer import read_regular
from .memo import Memo, settled
from .scan import Found
from .workers import Overrun, available_processes, run_tasks

if TYPE_CHECKING:
    from ..site.read import DocumentReader

Progress = Callable[[str, int, int], None]

FILES_A_TASK = 16
"""The number of files that a worker reads before it answers."""

Answer = tuple[Document | None, tuple[Problem, ...]]
"""The document of a file, or None if it could not be read, and its problems."""

Asked = tuple[str, Section]
"""A file of the content folder, by its path, with the section that holds it."""


class Read(Struct, frozen=True, array_like=True):
    """A worker's answer about one file."""

    source: str
    status: str
    digest: str
    """The digest of its bytes; empty if it could not be read."""
    answer: bytes
    """The encoded `Answer`."""
    texts: tuple[bytes, ...] = ()
    included: Mapping[str, str] = {}
    """The digests of the files that it includes, by their path."""


def read_documents(
    folder: Path,
    found: Found,
    *,
    reader: FileReader,
    memo: Memo,
    problems: Problems,
    progress: Progress,
) -> tuple[Document, ...]:
    """Return the documents in the order of `found`; report the problems of all files."""
    keys = dict(_known_keys(folder, found, reader, memo))
    answers = memo.answers(keys.values(), reader.kind)
    unread = [asked for asked in found.documents if keys.get(asked[0]) not in answers]
    decode = Decoder(reader.kind).decode
    for done, read in enumerate(reader.read_all(unread), 1):
        progress("reading", done, len(unread))
        key = keys[read.source] = _remembered(read, folder, reader, memo)
        answers[key] = memo.values[key] = decode(read.answer)
    memo.commit()
    told = [answers[keys[source]] for source, _ in found.documents]
    problems += [problem for _, found_problems in told for problem in found_problems]
    documents = tuple(document for document, _ in told if document)
    memo.asked.update(body.digest for d in documents for body in (d.body, d.plain))
    return documents


def _known_keys(
    folder: Path, found: Found, reader: FileReader, memo: Memo
) -> Iterator[tuple[str, str]]:
    """Yield the cache key of each file that was read before.

    Files that were never read are left out, since reading their bytes would take time.
    """
    digests: dict[str, str] = {}
    for source, _ in found.documents:
        if f"{folder}/{source}" in memo.files:
            digests[source] = _digest_of(folder, source, memo)
    asked = {source: memo.key("included", source, each) for source, each in digests.items()}
    names = memo.answers(asked.values(), tuple[str, ...])
    for source, section in found.documents:
        if digests.get(source):
            included = names.get(asked[source], ())
            known = {name: _digest_of(folder, name, memo) for name in included}
            yield source, reader.key(source, section.name, digests[source], known)


def _digest_of(folder: Path, name: str, memo: Memo) -> str:
    """Return the digest of a file's bytes; empty if it cannot be read, which is reported later."""
    try:
        return memo.digest_of(f"{folder}/{name}")
    except OSError:
        return ""


def _remembered(read: Read, folder: Path, reader: FileReader, memo: Memo) -> str:
    """Return the cache key of the answer; cache the answer if the file could be read."""
    section = reader.section_of(read.source)
    key = reader.key(read.source, section, read.digest, read.included)
    if read.digest:
        memo.learn(f"{folder}/{read.source}", read.status, read.digest)
        memo.add("answers", key, read.answer)
        if read.included:
            names = encode(tuple(read.included))
            memo.add("answers", memo.key("included", read.source, read.digest), names)
        for text in read.texts:
            memo.add("texts", digest(text), text)
    return key


class IncludedFiles:
    """The files that one text includes, with the digests of their bytes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.digests: dict[str, str] = {}
        """The digests by path below the folder; empty for a file that could not be read."""

    def read(self, name: str) -> bytes:
        """Return the bytes of a file of the content folder.

        Raises PermissionError if it is a link that leads out of the folder, OSError if it is
        unreadable.
        """
        self.digests[name] = ""
        file = self.folder / name
        if not file.resolve().is_relative_to(self.folder.resolve()):
            raise PermissionError(errno.EACCES, "it lies outside the content folder", name)
        data = file.read_bytes()
        self.digests[name] = digest(data)
        return data


class FileReader(Struct, eq=False, dict=True):
    """A reader of the documents of one content folder.

    A process that builds more than once has one for all its builds.
    """

    folder: Path
    settings: SiteSettings
    features: tuple[Feature, ...]
    memo: Memo
    last: Asked | None = None
    """The file that was read last."""

    @functools.cached_property
    def kind(self) -> Any:
        """The type of `Answer` with all front matter and parts that the features define."""
        sections = sections_of(self.features)
        heads = dict.fromkeys(head for section in sections for head in section.heads)
        kinds = [kind.front_matter for kind in kinds_of(self.features)]
        parts = dict.fromkeys(part for feature in self.features for part in feature.leaves)
        fields: list[tuple[str, Any, Any]] = [
            ("front_matter", _any_of([FrontMatter, *heads, *kinds]), NODEFAULT),
            ("parts", tuple[_any_of(parts), ...] if parts else tuple[()], ()),  # type: ignore[misc]
        ]
        document = defstruct("Document", fields, bases=(Document,), frozen=True, kw_only=True)
        return tuple[_any_of([document, None]), tuple[Problem, ...]]  # type: ignore[misc]

    def key(self, source: str, section: str, found: str, included: Mapping[str, str]) -> str:
        """Return the cache key of a file, from digests of its bytes and of what it includes."""
        return self.memo.key("read", self._start + source, section, found, included)

    def section_of(self, source: str) -> str:
        """Return the name of the section that holds a file."""
        return next(s.name for s in sections_of(self.features) if s.holds(source))

    def prepare(self) -> None:
        """Load everything that reading needs by reading the last file again: workers inherit it."""
        if self.last:
            self.read(*self.last)

    def read_all(self, asked: Sequence[Asked]) -> Iterator[Read]:
        """Yield the answers about all files, as workers finish them.

        If a group of files takes too long, each of them is read again by itself.
        """
        limit, late = self.settings.time_limit, list[Asked]()
        tasks = [asked[n : n + FILES_A_TASK] for n in range(0, len(asked), FILES_A_TASK)]
        for number, answer in self._run(tasks, limit):
            if isinstance(answer, Overrun):
                late += tasks[number]
            else:
                yield from answer
        for number, answer in self._run([[each] for each in late], limit):
            if isinstance(answer, Overrun):
                source = late[number][0]
                told = (_overrun(self.folder, source, answer),)
                yield Read(source, "", "", encode((None, told)))
            else:
                yield from answer

    def _run(
        self, tasks: Sequence[Sequence[Asked]], limit: float
    ) -> Iterator[tuple[int, list[Read] | Overrun]]:
        if not tasks:
            return
        self.last = tasks[-1][-1]
        self._reader  # noqa: B018  made before the fork, once for all workers
        decode = Decoder(list[Read]).decode

        def read(number: int) -> bytes:
            return encode([self.read(*each) for each in tasks[number]])

        for number, answer in run_tasks(
            read, len(tasks), processes=available_processes(), time_limit=limit
        ):
            yield number, decode(answer) if isinstance(answer, bytes) else answer

    def read(self, source: str, section: Section) -> Read:
        """Read one file and return its answer; an unreadable file gives a problem."""
        path, file = self._start + source, self.folder / source
        included = IncludedFiles(self.folder)
        try:
            before, status = time.time_ns(), file.stat()
            data = file.read_bytes()
            document, problems = self._reader.read(
                source, path, data, section=section, included=included.read
            )
        except OSError as error:
            return Read(source, "", "", encode((None, (_unreadable(path, error),))))
        except RecursionError:
            found = "lists or quotations nested hundreds deep"
            document, problems = None, [Problem(Place(path), found, "fewer levels")]
        texts: tuple[bytes, ...] = ()
        if document:
            document, texts = _without_texts(document)
        answer = encoded((document, problems))
        state = settled(status, before)
        return Read(source, state, digest(data), answer, texts, included.digests)

    @functools.cached_property
    def _start(self) -> str:
        """The start of every file's path in problems."""
        return shown_start(self.folder)

    @functools.cached_property
    def _reader(self) -> DocumentReader:
        # The converter and its imports take long to load: wait until there is a text.
        from ..markdown.converter import Converter  # noqa: PLC0415
        from ..site.read import DocumentReader  # noqa: PLC0415

        leaves = tuple(kind for feature in self.features for kind in feature.leaves)
        makers = plain_makers(self.features)
        converter = Converter(self.features, is_fast=self.settings.fast_markdown)
        return DocumentReader(
            converter,
            self.settings.zone,
            makers,
            leaves,
            language=self.settings.language,
            has_smart_punctuation=self.settings.smart_punctuation,
        )


def _any_of(kinds: Iterable[Any]) -> Any:
    return Union[tuple(kinds)]  # noqa: UP007  a list


def _without_texts(document: Document) -> tuple[Document, tuple[bytes, ...]]:
    """Return the document with digests in place of its large texts, and the encoded texts."""
    texts = [encode(body.segments) for body in (document.body, document.plain)]
    body, plain = (
        replace(body, segments=(), digest=digest(text))
        for body, text in zip((document.body, document.plain), texts, strict=True)
    )
    return replace(document, body=body, plain=plain), tuple(texts)


def read_data(
    folder: Path, found: Found, features: Sequence[Feature], problems: Problems
) -> dict[str, Source]:
    """Return the text of every other file that a feature wants, by path below the folder."""
    wants = [feature.reads_data for feature in features if feature.reads_data]
    wanted = [source for source in found.others if any(want(source) for want in wants)]
    texts = {source: _read_text(folder, source, problems) for source in wanted}
    return {source: text for source, text in texts.items() if text}


def read_raw(
    folder: Path, found: Found, features: Sequence[Feature], problems: Problems
) -> dict[str, bytes]:
    """Return the bytes of every other file that a feature wants as bytes, by path."""
    wants = [feature.reads_bytes for feature in features if feature.reads_bytes]
    read: dict[str, bytes] = {}
    for source in found.others:
        if any(want(source) for want in wants):
            try:
                read[source] = (folder / source).read_bytes()
            except OSError as error:
                problems.append(_unreadable(shown_path(folder, source), error))
    return read


def read_ledger(folder: Path, problems: Problems) -> Ledger:
    """Return the ledger, which records what was published; an empty one if there is none yet."""
    if not (folder / LEDGER).exists():
        return Ledger()
    source = _read_text(folder, LEDGER, problems)
    return parse_ledger(source, problems) if source else Ledger()


def _read_text(folder: Path, source: str, problems: Problems) -> Source | None:
    path = shown_path(folder, source)
    try:
        return decode_source(path, read_regular(folder / source), problems)
    except OSError as error:
        problems.append(_unreadable(path, error))
        return None


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
